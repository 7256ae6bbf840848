extension AssetLocation {
  /// Whether a path looks like a URL whose scheme was left out: `cdn.example.net/a.png`.
  package var looksLikeHost: Bool {
    guard path != nil, let slash = text.firstIndex(of: "/"), slash != text.startIndex else { return false }
    let labels = text[..<slash].split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 1, let last = labels.last, last.count > 1 else { return false }
    return last.allSatisfy(\.isLetter) && labels.allSatisfy { !$0.isEmpty }
  }

  /// What stands before a URL's query in a text that is taken for a path; `nil` if nothing behind a question mark looks
  /// like one.
  ///
  /// A query has a `key=value`, or stands behind a host. Question marks in other names are what they are.
  var beforeQuery: Substring? {
    guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
    let query = text.utf8[mark...].dropFirst()
    let hasValue = query.split(separator: UInt8(ascii: "&")).contains { pair in
      let key = pair.prefix { $0 != UInt8(ascii: "=") }
      return !key.isEmpty && key.endIndex != pair.endIndex && key.allSatisfy(Self.isOfKey)
    }
    guard hasValue || (looksLikeHost && query.first.map(Self.isOfKey) ?? false) else { return nil }
    return text[..<mark]
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
