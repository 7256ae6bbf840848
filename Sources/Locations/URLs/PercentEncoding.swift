/// Percent-encoding (RFC 3986, 2.1), for reading parts of a URL. A URL itself is never encoded again.
package enum PercentEncoding {
  /// The decoded text, or `nil` if an escape is broken or the bytes are not UTF-8. A plus sign is not changed.
  package static func decode(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst()?.hexadecimalValue, let low = rest.popFirst()?.hexadecimalValue
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// The escape of a byte: `%C3`.
  static func escape(_ byte: UInt8) -> String {
    "%" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }

  /// Whether `bytes` is `%` and two hexadecimal digits.
  static func isEscape(_ bytes: Substring.UTF8View) -> Bool {
    bytes.count == 3 && bytes.dropFirst().allSatisfy { $0.hexadecimalValue != nil }
  }
}
