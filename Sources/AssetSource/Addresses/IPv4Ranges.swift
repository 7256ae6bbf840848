/// IPv4 ranges that are not the public internet (IANA IPv4 Special-Purpose Address Registry).
enum IPv4Ranges {
  static func classify(_ address: IPv4Address) -> HostClass {
    if let service = metadataServices[address] {
      return HostClass(.metadata, reason: "cloud metadata address \(address) (\(service))")
    }
    for range in ranges where range.contains(address) {
      return HostClass(range.code, reason: "\(range.words) \(address)")
    }
    return HostClass(.public, reason: "public address \(address)")
  }

  /// Addresses at which clouds answer their machines; some lie in ranges that are otherwise public.
  private static let metadataServices: [IPv4Address: String] = [
    IPv4Address(169, 254, 169, 254): "AWS, Google Cloud, Azure and others",
    IPv4Address(169, 254, 170, 2): "AWS container credentials",
    IPv4Address(169, 254, 170, 23): "AWS pod credentials",
    IPv4Address(169, 254, 0, 23): "Tencent Cloud",
    IPv4Address(100, 100, 100, 200): "Alibaba Cloud",
    IPv4Address(192, 0, 0, 192): "Oracle Cloud",
    IPv4Address(168, 63, 129, 16): "Azure platform",
  ]

  private struct Range: Sendable {
    let base: IPv4Address
    let bits: UInt32
    let code: HostClass.Code
    let words: String

    init(_ base: IPv4Address, _ bits: UInt32, _ code: HostClass.Code, _ words: String) {
      (self.base, self.bits, self.code, self.words) = (base, bits, code, words)
    }

    func contains(_ address: IPv4Address) -> Bool {
      address.value >> (32 - bits) == base.value >> (32 - bits)
    }
  }

  /// The first range that holds the address counts.
  private static let ranges: [Range] = [
    Range(IPv4Address(0, 0, 0, 0), 32, .loopback, "unspecified address"),
    Range(IPv4Address(0, 0, 0, 0), 8, .reserved, "address of \"this network\""),
    Range(IPv4Address(10, 0, 0, 0), 8, .privateNetwork, "private address"),
    Range(IPv4Address(100, 64, 0, 0), 10, .carrierNAT, "carrier NAT address"),
    Range(IPv4Address(127, 0, 0, 0), 8, .loopback, "loopback address"),
    Range(IPv4Address(169, 254, 0, 0), 16, .linkLocal, "link-local address"),
    Range(IPv4Address(172, 16, 0, 0), 12, .privateNetwork, "private address"),
    Range(IPv4Address(192, 0, 0, 0), 24, .reserved, "IETF protocol address"),
    Range(IPv4Address(192, 0, 2, 0), 24, .reserved, "documentation address"),
    Range(IPv4Address(192, 88, 99, 0), 24, .reserved, "former 6to4 relay address"),
    Range(IPv4Address(192, 168, 0, 0), 16, .privateNetwork, "private address"),
    Range(IPv4Address(198, 18, 0, 0), 15, .reserved, "benchmarking address"),
    Range(IPv4Address(198, 51, 100, 0), 24, .reserved, "documentation address"),
    Range(IPv4Address(203, 0, 113, 0), 24, .reserved, "documentation address"),
    Range(IPv4Address(224, 0, 0, 0), 4, .multicast, "multicast address"),
    Range(IPv4Address(255, 255, 255, 255), 32, .multicast, "broadcast address"),
    Range(IPv4Address(240, 0, 0, 0), 4, .reserved, "reserved address"),
  ]
}
