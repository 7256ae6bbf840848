/// Private-use characters that a text does not hold, neither as they are nor escaped, so that they can stand
/// for other characters while the text is parsed.
struct StandIns {
  private var used: Set<UInt32> = []
  private var next: UInt32 = 0xE000

  private static let privateUse: ClosedRange<UInt32> = 0xE000...0xF8FF

  /// The stand-ins that are free in `text`, valid UTF-8.
  init(for text: [UInt8]) {
    text.withUnsafeBufferPointer { bytes in
      for index in bytes.indices.dropLast(2) {
        switch bytes[index] {
        case 0xEE, 0xEF:
          let low = UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
          used.insert(UInt32(bytes[index] & 0xF) << 12 | low)
        case UInt8(ascii: "\\"):
          let digits =
            bytes[index + 1] == UInt8(ascii: "u") ? 4 : bytes[index + 1] == UInt8(ascii: "U") ? 8 : 0
          let value = bytes[(index + 2)...].prefix(digits).reduce(UInt32(0)) { value, digit in
            value << 4 | UInt32(digit.hexadecimalValue ?? 0)
          }
          used.insert(value)
        default: break
        }
      }
    }
  }

  /// Takes a free one; `nil` if the text holds them all.
  mutating func take() -> Unicode.Scalar? {
    while Self.privateUse.contains(next) {
      defer { next += 1 }
      if !used.contains(next) { return Unicode.Scalar(next) }
    }
    return nil
  }
}
