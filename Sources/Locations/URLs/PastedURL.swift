/// A URL that was pasted with what was around it: quotation marks, brackets, Markdown, or HTML's `&amp;`.
struct PastedURL {
  /// The URL without it.
  let url: AssetURL
  /// What is around the URL, or in it, as a clause for people.
  let message: String
  /// The characters next to the URL, on both sides.
  let marks: (before: String, after: String)

  /// Longer texts are not pasted URLs.
  private static let longest = 2 * AssetURL.maximumLength

  /// The URL in `text`; `nil` if there is none, or nothing around it and nothing to replace in it.
  init?(_ text: String) {
    guard text.utf8.count <= Self.longest, let start = Self.schemeStart(text) else { return nil }
    let head = text[..<start]
    var body = text[start...]
    if let end = Self.end(of: body, after: head) {
      body = body[..<end]
    } else if head.contains(where: { !$0.isWhitespace && !Self.isInvisible($0) }) {
      return nil
    }
    body = Self.trimmed(body)
    let cleaned = Self.decoded(String(body))
    guard cleaned != text, case let reading = AssetURL.read(cleaned), let url = reading.url,
      reading.problems.allSatisfy({ $0.code == .credentials })
    else { return nil }
    self.url = url
    let tail = text[body.endIndex...]
    marks = (
      head.last.map { displayText(String($0)) } ?? "", tail.first.map { displayText(String($0)) } ?? ""
    )
    message = Self.message(head: head, tail: tail, body: body, cleaned: cleaned)
  }

  /// Where `http://` or `https://` begins, the slashes as they are or after backslashes.
  private static func schemeStart(_ text: String) -> String.Index? {
    let bytes = text.utf8
    var index = bytes.startIndex
    while let start = bytes[index...].firstIndex(where: { $0 | 0x20 == UInt8(ascii: "h") }) {
      let rest = bytes[start...].prefix(12).map { $0 | 0x20 }
      let scheme = ["https:", "http:"].first { rest.starts(with: $0.utf8) }
      // With 0x20 set, a backslash is `|`.
      if let scheme, case let slashes = rest.dropFirst(scheme.utf8.count),
        slashes.starts(with: "//".utf8) || slashes.starts(with: "|/|/".utf8)
      {
        return start
      }
      index = bytes.index(after: start)
    }
    return nil
  }

  private static let pairs: [Character: Character] = [
    "\"": "\"", "'": "'", "`": "`", "<": ">", "[": "]", "{": "}", "\u{201C}": "\u{201D}",
    "\u{201D}": "\u{201D}",
    "\u{201E}": "\u{201C}", "\u{2018}": "\u{2019}", "\u{2019}": "\u{2019}", "\u{AB}": "\u{BB}",
    "\u{2039}": "\u{203A}",
    // An element of HTML, a tag of a forum.
    ">": "<", "]": "[",
  ]

  /// Words before a URL that name it.
  private static let labels: Set<String> = ["url:", "link:", "src:", "href:", "image:", "view-source:"]

  /// Where the URL ends by what is before it; `nil` if that says nothing.
  private static func end(of body: Substring, after head: Substring) -> String.Index? {
    let visible = head.reversed().drop { $0.isWhitespace || isInvisible($0) }
    guard let mark = visible.first else { return nil }
    let space = body.firstIndex(where: \.isWhitespace) ?? body.endIndex
    if mark == "(" {
      // `[text](URL "title")`; a URL may hold parentheses of its own.
      let inner = body[..<space]
      let isClosed = inner.count { $0 == ")" } > inner.count { $0 == "(" }
      return isClosed ? inner.lastIndex(of: ")") : inner.endIndex
    }
    if let close = pairs[mark] { return body.firstIndex(of: close) ?? body.endIndex }
    let label = String(visible.reversed()).lowercased()
    return labels.contains(label) || (mark == ":" && head.last?.isWhitespace == true) ? space : nil
  }

  /// Marks that are copied along with the end of a text.
  private static let trailing: Set<Character> = [
    "\"", "'", "`", "<", ">", ")", "]", "}", ",", ";", ".", "\u{201D}", "\u{201C}", "\u{2019}", "\u{BB}",
    "\u{203A}",
  ]

  /// Without marks at its end, if one of them cannot be part of a URL.
  private static func trimmed(_ body: Substring) -> Substring {
    let run = body.reversed().prefix { trailing.contains($0) || $0.isWhitespace || isInvisible($0) }
    let isForeign = run.contains { !"'),;.".contains($0) }
    return isForeign ? body.dropLast(run.count) : body
  }

  private static func isInvisible(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { $0.properties.generalCategory == .format }
  }

  /// Escapes of HTML and JSON undone, invisible characters left out.
  private static func decoded(_ text: String) -> String {
    var text = text
    if text.contains("\\") {
      text.replace("\\/", with: "/")
      for escape in ["\\u0026", "\\U0026"] { text.replace(escape, with: "&") }
    }
    if text.contains("&"), let mark = text.firstIndex(of: "?") {
      var query = String(text[mark...])
      for _ in 0..<3 where query.contains("&") {
        for entity in ["&amp;", "&AMP;", "&#38;", "&#x26;", "&#038;"] { query.replace(entity, with: "&") }
      }
      text = text[..<mark] + query
    }
    guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
    text.removeAll(where: isInvisible)
    return text
  }

  private static func message(head: Substring, tail: Substring, body: Substring, cleaned: String) -> String {
    guard head.isEmpty, tail.isEmpty else {
      let around = head + tail
      let place = head.isEmpty ? "after" : tail.isEmpty ? "before" : "around"
      let visible = around.filter { !$0.isWhitespace && !isInvisible($0) }
      let what =
        around.contains("](")
        ? "Markdown"
        : visible.isEmpty
          ? "white space"
          : visible.count <= 4 ? displayText(visible.map { "`\($0)`" }.joined(separator: " ")) : "other text"
      return "the URL has \(what) \(place) it"
    }
    if body.contains("\\") { return "the URL has the backslashes of an escaped JSON text" }
    return cleaned.contains("&") && body.contains("&") && body.count > cleaned.count && body.contains(";")
      ? "the query contains &amp;, HTML's form of &" : "the URL has invisible characters in it"
  }
}
