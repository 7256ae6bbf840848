import MediaFacts

/// Recognises texts: web pages, XML, SVG, JSON, scripts, and plain text.
enum TextSniffer {
  /// The kind of text at the start of `head`; `nil` if it is not text. `isEnd` means that `head` is the whole
  /// file.
  static func identify(_ head: ArraySlice<UInt8>, isEnd: Bool) -> Identity? {
    guard let text = decoded(head, isEnd: isEnd) else { return legacyMarkup(head) }
    let body = text.drop { $0.isSpace }
    guard !body.isEmpty else { return text.isEmpty ? nil : Identity(.text, "white space only") }
    return identity(body)
  }

  private static func identity(_ body: ArraySlice<UInt8>) -> Identity {
    let format = format(body)
    let words = opening(body)
    if format == .xml, let error = ErrorDocument.summary(words) { return Identity(.xml, error) }
    // Servers state in JSON and XML why they refuse a file, so a longer excerpt is useful.
    let limit = format == .json || format == .xml ? 80 : 40
    return Identity(format, "begins with \"\(words.printable(limit: limit))\"")
  }

  /// Markup in a legacy encoding, or with bytes that text cannot contain. If a file begins like a page for
  /// more bytes than chance explains, every browser treats it as a page, whatever follows.
  private static func legacyMarkup(_ head: ArraySlice<UInt8>) -> Identity? {
    let body = withoutMark(head).drop { $0.isSpace }
    guard body.first == UInt8(ascii: "<"), !body.prefix(16).contains(where: \.isControl) else { return nil }
    let identity = identity(body)
    switch identity.format {
    case .html: return identity
    case .xml, .svg: return body.contains(where: \.isControl) ? nil : identity
    default: return nil
    }
  }

  /// `head` without any UTF-8 byte order marks at its start.
  private static func withoutMark(_ head: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = head
    while rest.bigEndian(0, 3) == 0xEFBBBF { rest = rest.dropFirst(3) }
    return rest
  }

  private static func format(_ body: ArraySlice<UInt8>) -> MediaFormat {
    if body.spells("#!") { return .script }
    if body.spells("%PDF-") { return .pdf }
    if body.first == UInt8(ascii: "<") { return markup(body) }
    return isJSON(body) ? .json : .text
  }

  private static func markup(_ body: ArraySlice<UInt8>) -> MediaFormat {
    let isXML = body.beginsIgnoringCase("<?xml")
    let element = skippingProlog(body)
    if element.beginsIgnoringCase("<svg") { return .svg }
    if element.beginsIgnoringCase("<!doctype") {
      let name = element.dropFirst(9).drop { $0.isSpace }
      return name.beginsIgnoringCase("html") ? .html : name.beginsIgnoringCase("svg") ? .svg : .xml
    }
    let pageElements: [StaticString] = [
      "<html", "<head", "<body", "<script", "<title", "<meta", "<style", "<iframe", "<link", "<div", "<table",
      "<h1", "<h2", "<p", "<br", "<a", "<b", "<font", "<center", "<noscript",
    ]
    if pageElements.contains(where: element.beginsTag) { return .html }
    // Markup that begins with a comment is most often a page.
    if !isXML, body.spells("<!--") { return .html }
    return isXML || element.dropFirst().first.map(\.isLetter) == true ? .xml : .text
  }

  /// `body` after its XML declaration, processing instructions and comments.
  private static func skippingProlog(_ body: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = body
    while true {
      let end: ArraySlice<UInt8>.Index?
      if rest.spells("<!--") {
        end = rest.dropFirst(4).firstRange(of: Array("-->".utf8))?.upperBound
      } else if rest.spells("<?") {
        end = rest.firstRange(of: Array("?>".utf8))?.upperBound
      } else {
        return rest
      }
      guard let end else { return rest }
      rest = rest[end...].drop { $0.isSpace }
    }
  }

  /// The most informative words: those after an XML declaration, which all such files share.
  private static func opening(_ body: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard body.beginsIgnoringCase("<?xml") else { return body }
    let rest = skippingProlog(body)
    return rest.isEmpty ? body : rest
  }

  private static func isJSON(_ body: ArraySlice<UInt8>) -> Bool {
    guard let open = body.first else { return false }
    let next = body.dropFirst().first { !$0.isSpace }
    switch open {
    case UInt8(ascii: "{"):
      return next == UInt8(ascii: "\"") || next == UInt8(ascii: "}")
    case UInt8(ascii: "["):
      return next.map { Array("{[\"]-0123456789tfn".utf8).contains($0) } ?? false
    default:
      return false
    }
  }

  /// `head` as UTF-8 without its byte order mark; `nil` if it holds bytes that text cannot contain.
  private static func decoded(_ head: ArraySlice<UInt8>, isEnd: Bool) -> ArraySlice<UInt8>? {
    for (mark, high) in [(UInt64(0xFFFE), 1), (0xFEFF, 0)] where head.bigEndian(0, 2) == mark {
      // Only Latin text can be distinguished from chance. That is sufficient for the markup that is searched
      // for.
      let units = stride(from: 2, to: head.count - 1, by: 2).map { head.startIndex + $0 }
      guard units.count >= 2, units.prefix(4).allSatisfy({ head[$0 + high] == 0 }) else { return nil }
      return units.map { head[$0 + high] == 0 ? head[$0 + 1 - high] : UInt8(ascii: "?") }[...]
    }
    let head = withoutMark(head)
    guard !head.contains(where: \.isControl) else { return nil }
    // The end of the head may be inside a character.
    let cuts = isEnd ? 0...0 : 0...3
    let isUTF8 = cuts.contains { String(validating: head.dropLast($0), as: UTF8.self) != nil }
    return isUTF8 ? head : nil
  }
}

/// The XML with which object stores (S3 and compatible ones, Azure, OSS) state why they refuse a file.
enum ErrorDocument {
  /// The error in `body`, as a clause for people; `nil` if `body` is not such a document.
  static func summary(_ body: ArraySlice<UInt8>) -> String? {
    guard body.beginsTag("<error") else { return nil }
    // The fields after code and message can contain keys.
    let said = ["<code>", "<message>"].compactMap { text(of: $0, in: body.prefix(4096)) }
    return said.isEmpty ? nil : "an error: \(said.joined(separator: ", "))"
  }

  private static func text(of tag: StaticString, in body: ArraySlice<UInt8>) -> String? {
    guard let open = body.indices.first(where: { body[$0...].beginsIgnoringCase(tag) }) else { return nil }
    let content = body[open...].dropFirst(tag.utf8CodeUnitCount).prefix { $0 != UInt8(ascii: "<") }
    let text = content.printable(limit: 80)
    return text.isEmpty ? nil : text
  }
}

extension Sequence<UInt8> {
  /// Up to `limit` characters of printable ASCII. Each run of other bytes becomes one space.
  func printable(limit: Int = 40) -> String {
    var text: [UInt8] = []
    for byte in self {
      if (0x21...0x7E).contains(byte) {
        text.append(byte)
      } else if let last = text.last, last != 0x20 {
        text.append(0x20)
      }
      if text.count == limit { break }
    }
    if text.last == 0x20 { text.removeLast() }
    return String(decoding: text, as: UTF8.self)
  }
}

extension UInt8 {
  /// White space as markup defines it.
  var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  fileprivate var isLetter: Bool { (0x41...0x5A).contains(self & 0xDF) }
  /// Control characters that text does not contain. Terminals' escape sequences are allowed.
  fileprivate var isControl: Bool { (self < 0x20 && !isSpace && self != 0x1B) || self == 0x7F }
}

extension ArraySlice<UInt8> {
  /// Whether these bytes begin with `text`, which is in lower case, in upper or lower case.
  func beginsIgnoringCase(_ text: StaticString) -> Bool {
    guard count >= text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { expected in
      expected.indices.allSatisfy { index in
        let byte = self[startIndex + index]
        return ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == expected[index]
      }
    }
  }

  /// Whether these bytes begin with `tag` (`<title`, `</title`; lower case) as a whole word, in upper or
  /// lower case.
  func beginsTag(_ tag: StaticString) -> Bool {
    guard beginsIgnoringCase(tag) else { return false }
    let next = dropFirst(tag.utf8CodeUnitCount).first
    return next.map { $0.isSpace || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "/") } ?? true
  }
}
