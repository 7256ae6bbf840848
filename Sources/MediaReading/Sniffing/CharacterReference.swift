/// The common character references of HTML (`&amp;`, `&#8211;`).
enum CharacterReference {
  /// `text` with its references decoded once. Unknown references stay unchanged.
  static func decoded(_ text: String) -> String {
    var result = ""
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "&", let (value, length) = reference(rest) {
        result.unicodeScalars.append(value)
        rest = rest.dropFirst(length)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The reference at the start of `text`, which follows an ampersand, and its length with the semicolon.
  private static func reference(_ text: Substring.UnicodeScalarView) -> (Unicode.Scalar, Int)? {
    let name = text.prefix(longest).prefix { $0 != ";" }
    guard name.endIndex != text.endIndex, text[name.endIndex] == ";" else { return nil }
    let value = name.first == "#" ? numeric(name.dropFirst()) : named[String(name)]
    return value.map { ($0, name.count + 1) }
  }

  private static func numeric(_ digits: Substring.UnicodeScalarView) -> Unicode.Scalar? {
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    let text = String(isHexadecimal ? digits.dropFirst() : digits)
    // A sign is not a digit, but Swift's parser accepts it.
    guard text.utf8.allSatisfy({ hexadecimalDigits.contains($0) }),
      let number = UInt32(text, radix: isHexadecimal ? 16 : 10)
    else { return nil }
    if let byte = UInt8(exactly: number), byte >= 0x80 { return PageEncoding.windows1252(byte) }
    return number == 0 ? "\u{FFFD}" : Unicode.Scalar(number) ?? "\u{FFFD}"
  }

  private static let longest = 10

  private static let hexadecimalDigits = Set("0123456789abcdefABCDEF".utf8)

  private static let named: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ndash": "–", "mdash": "—",
    "hellip": "…", "middot": "·", "bull": "•", "laquo": "«", "raquo": "»", "lsquo": "‘", "rsquo": "’",
    "ldquo": "“", "rdquo": "”", "copy": "©", "reg": "®", "trade": "™",
  ]
}
