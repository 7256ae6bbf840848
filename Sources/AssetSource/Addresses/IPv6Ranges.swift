/// IPv6 ranges that are not the public internet (IANA IPv6 Special-Purpose Address Registry).
enum IPv6Ranges {
  static func classify(_ address: IPv6Address) -> HostClass {
    if let service = metadataServices[address.value] {
      return HostClass(.metadata, reason: "cloud metadata address \(address) (\(service))")
    }
    // These two lie inside the range of IPv4-compatible addresses.
    if address.value <= 1 {
      return HostClass(
        .loopback, reason: "\(address.value == 0 ? "unspecified" : "loopback") address \(address)")
    }
    if let carried = classifyCarrier(address) { return carried }
    for range in ranges where range.contains(address) {
      return HostClass(range.code, reason: "\(range.words) \(address)")
    }
    // Only 2000::/3 has ever been handed out for the internet (RFC 4291, 2.4).
    guard address.value >> 125 == 1 else {
      return HostClass(.reserved, reason: "reserved address \(address)")
    }
    return HostClass(.public, reason: "public address \(address)")
  }

  /// The class of an address that carries an IPv4 address; `nil` if it carries none.
  ///
  /// What is metadata, or not public, inside is so outside. What is public inside is public only in the two
  /// forms that hosts really get to see: mapped by a dual-stack socket, and NAT64 of the known prefix.
  private static func classifyCarrier(_ address: IPv6Address) -> HostClass? {
    for form in carriers where form.range.contains(address) {
      let words = "\(form.range.words) \(address)"
      for position in form.positions {
        let bits = UInt32(truncatingIfNeeded: address.value >> UInt128(position.shift))
        let inside = IPv4Ranges.classify(IPv4Address(position.isInverted ? ~bits : bits))
        if inside.isPublic { continue }
        return HostClass(inside.code, reason: "\(words), which carries \(inside.reason)")
      }
      return HostClass(form.range.code, reason: words)
    }
    return nil
  }

  private struct Range: Sendable {
    let base: UInt128
    let bits: Int
    let code: HostClass.Code
    let words: String

    init(_ base: UInt128, _ bits: Int, _ code: HostClass.Code, _ words: String) {
      (self.base, self.bits, self.code, self.words) = (base, bits, code, words)
    }

    func contains(_ address: IPv6Address) -> Bool {
      address.value >> UInt128(128 - bits) == base >> UInt128(128 - bits)
    }
  }

  private struct Carrier: Sendable {
    /// Where an IPv4 address lies: how far from the low end, and whether its bits are inverted.
    struct Position: Sendable {
      let shift: Int
      var isInverted = false
    }

    let range: Range
    let positions: [Position]
  }

  private static let metadataServices: [UInt128: String] = [
    0xFD00_0EC2_0000_0000_0000_0000_0000_0254: "AWS",
    0xFD00_0EC2_0000_0000_0000_0000_0000_0023: "AWS pod credentials",
    0xFD20_00CE_0000_0000_0000_0000_0000_0254: "Google Cloud",
    0xFE80_0000_0000_0000_0000_0000_A9FE_A9FE: "OpenStack",
  ]

  private static let carriers: [Carrier] = [
    Carrier(range: Range(0, 96, .transition, "IPv4-compatible address"), positions: [.init(shift: 0)]),
    Carrier(
      range: Range(0xFFFF_0000_0000, 96, .public, "IPv4-mapped address"), positions: [.init(shift: 0)]),
    Carrier(
      range: Range(0xFFFF_0000_0000_0000, 96, .transition, "IPv4-translated address"),
      positions: [.init(shift: 0)]),
    Carrier(
      range: Range(0x0064_FF9B << 96, 96, .public, "NAT64 address"), positions: [.init(shift: 0)]),
    Carrier(
      range: Range(0x0064_FF9B_0001 << 80, 48, .privateNetwork, "local NAT64 address"),
      positions: [.init(shift: 0)]),
    Carrier(
      range: Range(0x2001_0000 << 96, 32, .transition, "Teredo address"),
      positions: [.init(shift: 64), .init(shift: 0, isInverted: true)]),
    Carrier(range: Range(0x2002 << 112, 16, .transition, "6to4 address"), positions: [.init(shift: 80)]),
  ]

  /// The first range that holds the address counts.
  private static let ranges: [Range] = [
    Range(0x0100 << 112, 64, .reserved, "discard address"),
    Range(0x2001_0002 << 96, 48, .reserved, "benchmarking address"),
    Range(0x2001_0DB8 << 96, 32, .reserved, "documentation address"),
    Range(0x2001 << 112, 23, .reserved, "IETF protocol address"),
    Range(0x3FFF << 112, 20, .reserved, "documentation address"),
    Range(0xFC00 << 112, 7, .privateNetwork, "unique local address"),
    Range(0xFE80 << 112, 10, .linkLocal, "link-local address"),
    Range(0xFEC0 << 112, 10, .privateNetwork, "site-local address"),
    Range(0xFF00 << 112, 8, .multicast, "multicast address"),
  ]
}
