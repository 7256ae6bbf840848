/// An IPv6 address, without a zone.
public struct IPv6Address: Sendable, Hashable, CustomStringConvertible {
  /// The address as a number, first octet highest.
  public let value: UInt128

  /// An address by its number.
  public init(_ value: UInt128) { self.value = value }

  /// An address from its text (RFC 4291, 2.2), without brackets; `nil` if the text is not an address, or names a zone.
  public init?(_ text: String) {
    let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
    guard (1...2).contains(halves.count) else { return nil }
    guard let head = Self.groups(halves[0], mayEndInIPv4: halves.count == 1) else { return nil }
    guard halves.count == 2 else {
      guard head.count == 8 else { return nil }
      self.init(groups: head)
      return
    }
    guard let tail = Self.groups(halves[1], mayEndInIPv4: true), head.count + tail.count < 8 else {
      return nil
    }
    self.init(groups: head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
  }

  private init(groups: [UInt16]) {
    value = groups.reduce(0) { $0 << 16 | UInt128($1) }
  }

  private static func groups(_ text: Substring, mayEndInIPv4: Bool) -> [UInt16]? {
    if text.isEmpty { return [] }
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    guard fields.count <= 8 else { return nil }
    var groups: [UInt16] = []
    for (index, field) in fields.enumerated() {
      if index == fields.count - 1, mayEndInIPv4, field.contains(".") {
        guard let tail = dotted(field) else { return nil }
        groups += [UInt16(truncatingIfNeeded: tail >> 16), UInt16(truncatingIfNeeded: tail)]
        continue
      }
      guard (1...4).contains(field.utf8.count), field.utf8.allSatisfy({ $0.hexadecimalValue != nil }),
        let group = UInt16(field, radix: 16)
      else { return nil }
      groups.append(group)
    }
    return groups
  }

  /// Four decimal octets without leading zeros, the only form that RFC 4291 allows here.
  private static func dotted(_ text: Substring) -> UInt32? {
    let octets = text.split(separator: ".", omittingEmptySubsequences: false)
    guard octets.count == 4 else { return nil }
    var value: UInt32 = 0
    for octet in octets {
      guard let number = UInt8(octet), String(number) == octet else { return nil }
      value = value << 8 | UInt32(number)
    }
    return value
  }

  /// The canonical text of RFC 5952: lower case, the longest run of zeros as `::`.
  public var description: String {
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: value >> UInt128(112 - 16 * $0)) }
    if value >> 32 == 0xFFFF {
      return "::ffff:\(IPv4Address(UInt32(truncatingIfNeeded: value)))"
    }
    var longest = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(longest.count, 1) { longest = start..<end }
      start = end + 1
    }
    func text(_ part: ArraySlice<UInt16>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    if longest.isEmpty { return text(groups[...]) }
    return text(groups[..<longest.lowerBound]) + "::" + text(groups[longest.upperBound...])
  }
}
