/// Texts that are taken for paths, and may be meant as URLs: their scheme was left out, or they were pasted with brackets or
/// quotation marks around them.
extension LocationRedaction {
  /// The text without what would be a secret in a URL; `nil` if there is nothing of that kind.
  static func redact(likePath text: String) -> String? {
    let inner = text.drop { $0.isWhitespace || opening.contains($0) }
    if inner.startIndex != text.startIndex {
      let shown = AssetLocation(String(inner)).displayText
      return shown == displayText(String(inner))
        ? nil : displayText(String(text[..<inner.startIndex])) + shown
    }
    if text.contains("://") { return redact(unreadable: text) }
    // Nothing that begins like this is a host, or somebody's name.
    let isPath = "/.~".contains(text.first ?? "/")
    guard isPath || !hasUserInfo(text) else { return redactUserInfo(text) }
    guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
    let query = text[mark...].utf8.dropFirst()
    guard holdsValue(query) || (!isPath && isHost(text[..<mark]) && query.first != UInt8(ascii: ".")) else {
      return nil
    }
    return "\(displayText(String(text[..<mark])))?…"
  }

  private static let opening: Set<Character> = [
    "<", "(", "[", "{", "\"", "'", "`", "\u{2018}", "\u{201C}", "\u{201E}", "\u{AB}", "\u{2039}",
  ]

  /// Whether a user's name or password stands before a host: `user:password@host`, `user@host.net/a.png`. In `me@2x.png`
  /// and `icons@2x/a.png` there is none.
  private static func hasUserInfo(_ text: String) -> Bool {
    let start = text.prefix(upToAny: "/?#@")
    guard let at = text.utf8.firstIndex(of: UInt8(ascii: "@")) else { return false }
    // A password may hold any character.
    if start.contains(":") { return true }
    let rest = text[text.utf8.index(after: at)...]
    let host = rest.prefix(upToAny: "/?#")
    return start.endIndex == at && host.endIndex != rest.endIndex
      && (isHost(host) || host.contains { ".:".contains($0) })
  }

  private static func redactUserInfo(_ text: String) -> String {
    let head = text.prefix(upToAny: "?#")
    guard let at = head.utf8.lastIndex(of: UInt8(ascii: "@")) else { return "…@…" }
    let tail = head.endIndex == text.endIndex ? "" : "?…"
    return "…@\(displayText(String(head[head.utf8.index(after: at)...])))\(tail)"
  }

  /// Whether a text begins with the name or the address of a host: `cdn.example.net/a.png`, `10.0.0.1:80/a.png`.
  private static func isHost(_ text: Substring) -> Bool {
    let authority = text.prefix(upToAny: "/")
    let host = authority.prefix(upToAny: ":")
    if host.lowercased() == "localhost" { return true }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), let last = labels.last else { return false }
    if labels.count == 4, labels.allSatisfy({ UInt8($0) != nil }) { return true }
    // A single dot and no slash make a file's name: `what.now?`.
    let isLong =
      authority.endIndex != text.endIndex || host.endIndex != authority.endIndex || labels.count > 2
    return isLong && last.count > 1 && last.allSatisfy(\.isLetter)
  }

  /// Whether a query has a `key=value`; question marks in other names are what they are.
  private static func holdsValue(_ query: Substring.UTF8View.SubSequence) -> Bool {
    query.split(separator: UInt8(ascii: "&")).contains { pair in
      let key = pair.prefix { $0 != UInt8(ascii: "=") }
      return !key.isEmpty && key.endIndex != pair.endIndex && key.allSatisfy(isOfKey)
    }
  }

  /// Whether keys of queries are made of such bytes.
  private static func isOfKey(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-_~%[]+".utf8.contains(byte)
    }
  }
}
