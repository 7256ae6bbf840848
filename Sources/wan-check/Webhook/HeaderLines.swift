/// Reads headers in the forms in which people capture them.
enum HeaderLines {
  /// Why a text is not a list of headers.
  struct Problem: Error, Equatable {
    var line: Int
    var message: String
  }

  /// The headers of a request: lines `Name: value` up to an empty one, after an
  /// optional request or status line.
  ///
  /// In the output of `curl -v`, the marks before sent and received lines are removed, and curl's
  /// own remarks are skipped.
  static func fields(in bytes: [UInt8]) throws(Problem) -> [(name: String, value: String)] {
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
    var fields: [(name: String, value: String)] = []
    var isFirst = true
    for (index, raw) in lines.enumerated() {
      if raw.hasPrefix("* ") || raw.hasPrefix("{ ") || raw.hasPrefix("} ") { continue }
      let line = unmarked(raw)
      if line.allSatisfy(\.isWhitespace) { break }
      defer { isFirst = false }
      if isFirst, isStartLine(line) { continue }
      guard let field = field(String(line)) else {
        throw Problem(line: index + 1, message: "a header must be `NAME: VALUE`")
      }
      fields.append(field)
    }
    return fields
  }

  /// The name and the value of one header; `nil` if `text` is not a header.
  static func field(_ text: String) -> (name: String, value: String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let name = text[..<colon]
    // White space before the colon, or a folded line, could hide a name that other programs read.
    guard !name.isEmpty, name.utf8.allSatisfy(isTokenCharacter) else { return nil }
    return (String(name), String(text[text.index(after: colon)...]))
  }

  /// Whether the byte may be in a header name (RFC 9110, 5.6.2).
  private static func isTokenCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  private static func unmarked(_ line: Substring) -> Substring {
    for mark in ["> ", "< "] where line.hasPrefix(mark) { return line.dropFirst(mark.count) }
    return line == ">" || line == "<" ? "" : line
  }

  private static func isStartLine(_ line: Substring) -> Bool {
    if line.hasPrefix("HTTP/") { return true }
    let words = line.split(separator: " ")
    return words.count == 3 && words[2].hasPrefix("HTTP/")
  }
}
