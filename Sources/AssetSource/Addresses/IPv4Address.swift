/// An IPv4 address.
public struct IPv4Address: Sendable, Hashable, CustomStringConvertible {
  /// The address as a number, first octet highest.
  public let value: UInt32

  /// An address by its number.
  public init(_ value: UInt32) { self.value = value }

  /// An address from four octets.
  public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
    value = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  /// The dotted form.
  public var description: String {
    [24, 16, 8, 0].map { String(value >> UInt32($0) & 0xFF) }.joined(separator: ".")
  }

  /// Whether the last label of a host is a number, so that the host is an IPv4 address or nothing at all.
  ///
  /// Resolvers read such hosts as numbers before they ask the DNS (`inet_aton`, WHATWG URL 3.5).
  static func claims(_ host: String) -> Bool {
    guard let last = host.split(separator: ".", omittingEmptySubsequences: false).last, !last.isEmpty else {
      return false
    }
    if last.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) { return true }
    return last.hasPrefix("0x") && last.dropFirst(2).utf8.allSatisfy { hexadecimalValue($0) != nil }
  }

  /// Every address that `host` could mean: one to four numbers, each decimal, octal or hexadecimal.
  ///
  /// First as `inet_aton` reads it, where a leading zero means octal; then, if that differs, as programs read
  /// it that take every digit as decimal. Empty if no program could read an address.
  static func readings(of host: String) -> [IPv4Address] {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...4).contains(parts.count) else { return [] }
    let classic = address(parts.map { number($0, leadingZeroIsOctal: true) })
    let decimal = address(parts.map { number($0, leadingZeroIsOctal: false) })
    return [classic, decimal == classic ? nil : decimal].compactMap { $0 }
  }

  /// The last number fills all octets that the numbers before it leave.
  private static func address(_ numbers: [UInt64?]) -> IPv4Address? {
    var value: UInt64 = 0
    for (index, number) in numbers.enumerated() {
      guard let number else { return nil }
      let isLast = index == numbers.count - 1
      let octets = isLast ? 4 - index : 1
      guard number < 1 << UInt64(8 * octets) else { return nil }
      value |= isLast ? number : number << UInt64(24 - 8 * index)
    }
    return IPv4Address(UInt32(truncatingIfNeeded: value))
  }

  private static func number(_ text: Substring, leadingZeroIsOctal: Bool) -> UInt64? {
    // A sign would be taken by the standard library's parser.
    guard !text.isEmpty, text.utf8.allSatisfy({ hexadecimalValue($0) != nil || $0 == UInt8(ascii: "x") })
    else {
      return nil
    }
    if text.hasPrefix("0x") {
      return text.count == 2 ? 0 : UInt64(text.dropFirst(2), radix: 16)
    }
    if leadingZeroIsOctal, text.hasPrefix("0"), text.count > 1 { return UInt64(text, radix: 8) }
    return UInt64(text, radix: 10)
  }
}

/// The value of an ASCII hexadecimal digit.
func hexadecimalValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
