/// An IP address of either family, as written in a URL or as a resolver answered.
public enum IPAddress: Sendable, Hashable, CustomStringConvertible {
  /// A version 4 address.
  case v4(IPv4Address)
  /// A version 6 address.
  case v6(IPv6Address)

  /// An address from its bytes in network order, 4 or 16 of them; `nil` for any other count.
  public init?(bytes: some Collection<UInt8>) {
    switch bytes.count {
    case 4: self = .v4(IPv4Address(bytes.reduce(0) { $0 << 8 | UInt32($1) }))
    case 16: self = .v6(IPv6Address(bytes.reduce(0) { $0 << 8 | UInt128($1) }))
    default: return nil
    }
  }

  /// An address from its text, without brackets.
  package init?(_ text: String) {
    if let address = IPv6Address(text) {
      self = .v6(address)
    } else if let address = IPv4Address.readings(of: text).first {
      self = .v4(address)
    } else {
      return nil
    }
  }

  /// The canonical text, without brackets.
  public var description: String {
    switch self {
    case .v4(let address): address.description
    case .v6(let address): address.description
    }
  }
}

/// An IPv4 address.
public struct IPv4Address: Sendable, Hashable, CustomStringConvertible {
  /// The address as a number, first octet highest.
  public let value: UInt32

  /// An address by its number.
  public init(_ value: UInt32) { self.value = value }

  /// The dotted form.
  public var description: String {
    [24, 16, 8, 0].map { String(value >> UInt32($0) & 0xFF) }.joined(separator: ".")
  }

  /// Whether the last label of a host is a number, so that the host is an IPv4 address or is not valid.
  ///
  /// Resolvers read such hosts as numbers before they ask the DNS (`inet_aton`, WHATWG URL 3.5).
  static func claims(_ host: String) -> Bool {
    guard let last = host.split(separator: ".", omittingEmptySubsequences: false).last, !last.isEmpty else {
      return false
    }
    if last.utf8.allSatisfy(\.isDigit) { return true }
    return last.hasPrefix("0x") && last.utf8.dropFirst(2).allSatisfy { $0.hexadecimalValue != nil }
  }

  /// Every address that `host` could mean: one to four numbers, each decimal, octal or hexadecimal.
  ///
  /// The first reading is that of `inet_aton`, where a leading zero means octal. If it differs, the second is that of
  /// programs that read every digit as decimal. The array is empty if no program could read an address.
  static func readings(of host: String) -> [IPv4Address] {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...4).contains(parts.count) else { return [] }
    let classic = address(parts.map { number($0, leadingZeroIsOctal: true) })
    let decimal = address(parts.map { number($0, leadingZeroIsOctal: false) })
    return [classic, decimal == classic ? nil : decimal].compactMap { $0 }
  }

  /// The last number fills all remaining octets.
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
    // The standard library's parser would accept a sign.
    guard !text.isEmpty, text.utf8.allSatisfy({ $0.hexadecimalValue != nil || $0 == UInt8(ascii: "x") })
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
