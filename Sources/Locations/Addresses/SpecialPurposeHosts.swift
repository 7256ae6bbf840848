/// Addresses that are not the public internet (IANA IPv4 and IPv6 Special-Purpose Address Registries).
enum SpecialPurposeAddresses {
  /// The class of an address, by the first row that contains it.
  static func classify(_ address: IPAddress) -> HostClass {
    let text = address.description
    if let service = metadataServices[text] {
      return HostClass(.metadata, reason: "cloud metadata address \(text) (\(service))")
    }
    guard let row = rows.first(where: { $0.contains(address) }) else {
      return HostClass(.reserved, reason: "reserved address \(text)")
    }
    let words = "\(row.words) \(text)"
    // An address is not public if the IPv4 address in it is not.
    for carried in row.carries.compactMap({ $0.address(in: address) }).map({ classify(.v4($0)) })
    where !carried.isPublic {
      return HostClass(carried.code, reason: "\(words), which carries \(carried.reason)")
    }
    return HostClass(row.code, reason: words)
  }

  /// Addresses of services that clouds provide to their own machines. Some are in ranges that are otherwise public.
  static let metadataServices: [String: String] = [
    "169.254.169.254": "AWS, Google Cloud, Azure and others",
    "169.254.170.2": "AWS container credentials",
    "169.254.170.23": "AWS pod credentials",
    "169.254.0.23": "Tencent Cloud",
    "100.100.100.200": "Alibaba Cloud",
    "192.0.0.192": "Oracle Cloud",
    "168.63.129.16": "Azure platform",
    "fd00:ec2::254": "AWS",
    "fd00:ec2::23": "AWS pod credentials",
    "fd20:ce::254": "Google Cloud",
    "fe80::a9fe:a9fe": "OpenStack",
  ]

  static let rows: [Row] = [
    Row("0.0.0.0/32", .loopback, "unspecified address"),
    Row("0.0.0.0/8", .reserved, "address of \"this network\""),
    Row("10.0.0.0/8", .privateNetwork, "private address"),
    Row("100.64.0.0/10", .carrierNAT, "carrier NAT address"),
    Row("127.0.0.0/8", .loopback, "loopback address"),
    Row("169.254.0.0/16", .linkLocal, "link-local address"),
    Row("172.16.0.0/12", .privateNetwork, "private address"),
    Row("192.0.0.0/24", .reserved, "IETF protocol address"),
    Row("192.0.2.0/24", .reserved, "documentation address"),
    Row("192.88.99.0/24", .reserved, "former 6to4 relay address"),
    Row("192.168.0.0/16", .privateNetwork, "private address"),
    Row("198.18.0.0/15", .reserved, "benchmarking address"),
    Row("198.51.100.0/24", .reserved, "documentation address"),
    Row("203.0.113.0/24", .reserved, "documentation address"),
    Row("224.0.0.0/4", .multicast, "multicast address"),
    Row("255.255.255.255/32", .multicast, "broadcast address"),
    Row("240.0.0.0/4", .reserved, "reserved address"),
    Row("0.0.0.0/0", .public, "public address"),

    Row("::/128", .loopback, "unspecified address"),
    Row("::1/128", .loopback, "loopback address"),
    // Of the forms that contain an IPv4 address, only two are in use: IPv4-mapped, on dual-stack sockets, and NAT64.
    Row("::/96", .transition, "IPv4-compatible address", carries: [.init(shift: 0)]),
    Row("::ffff:0:0/96", .public, "IPv4-mapped address", carries: [.init(shift: 0)]),
    Row("::ffff:0:0:0/96", .transition, "IPv4-translated address", carries: [.init(shift: 0)]),
    Row("64:ff9b::/96", .public, "NAT64 address", carries: [.init(shift: 0)]),
    Row("64:ff9b:1::/48", .privateNetwork, "local NAT64 address", carries: [.init(shift: 0)]),
    Row(
      "2001::/32", .transition, "Teredo address",
      carries: [.init(shift: 64), .init(shift: 0, isInverted: true)]),
    Row("2002::/16", .transition, "6to4 address", carries: [.init(shift: 80)]),
    Row("100::/64", .reserved, "discard address"),
    Row("2001:2::/48", .reserved, "benchmarking address"),
    Row("2001:db8::/32", .reserved, "documentation address"),
    Row("2001::/23", .reserved, "IETF protocol address"),
    Row("3fff::/20", .reserved, "documentation address"),
    Row("fc00::/7", .privateNetwork, "unique local address"),
    Row("fe80::/10", .linkLocal, "link-local address"),
    Row("fec0::/10", .privateNetwork, "site-local address"),
    Row("ff00::/8", .multicast, "multicast address"),
    // The only part of the address space that was ever assigned to the internet (RFC 4291, 2.4).
    Row("2000::/3", .public, "public address"),
  ]

  /// A range of addresses and what it is.
  struct Row: Sendable {
    /// The position of an IPv4 address in an IPv6 address: bits from the low end, and whether its bits are inverted.
    struct Position: Sendable {
      let shift: UInt128
      var isInverted = false

      func address(in address: IPAddress) -> IPv4Address? {
        guard case .v6(let whole) = address else { return nil }
        let bits = UInt32(truncatingIfNeeded: whole.value >> shift)
        return IPv4Address(isInverted ? ~bits : bits)
      }
    }

    /// The first address of the range; `nil` if the row is misspelled, which a test finds.
    let base: IPAddress?
    let bits: Int
    let code: HostClass.Code
    let words: String
    let carries: [Position]

    init(_ range: String, _ code: HostClass.Code, _ words: String, carries: [Position] = []) {
      let parts = range.split(separator: "/")
      base = parts.first.flatMap { IPAddress(String($0)) }
      bits = parts.dropFirst().first.flatMap { Int($0) } ?? 0
      (self.code, self.words, self.carries) = (code, words, carries)
    }

    func contains(_ address: IPAddress) -> Bool {
      switch (base, address) {
      case (.v4(let base), .v4(let address)): (base.value ^ address.value) >> (32 - bits) == 0
      case (.v6(let base), .v6(let address)): (base.value ^ address.value) >> (128 - bits) == 0
      // A row that cannot be read must not admit an address.
      case (nil, _): code != .public
      default: false
      }
    }
  }
}

/// Host names that the public DNS does not answer, or that mean the machine or its local network.
enum SpecialPurposeNames {
  /// The class of a normalised name: lower case, no trailing dot.
  static func classify(_ name: String) -> HostClass {
    if metadataServices.contains(name) {
      return HostClass(.metadata, reason: "cloud metadata name \(name)")
    }
    let labels = name.split(separator: ".")
    guard let last = labels.last.map(String.init) else {
      return HostClass(.localName, reason: "empty name")
    }
    if last == "localhost" { return HostClass(.loopback, reason: "loopback name \(name)") }
    if labels.count == 1 { return HostClass(.localName, reason: "name without a dot: \(name)") }
    if localDomains.contains(last) || name == "home.arpa" || name.hasSuffix(".home.arpa") {
      return HostClass(.localName, reason: "name that the public DNS does not answer: \(name)")
    }
    return HostClass(.public, reason: "public name \(name)")
  }

  private static let metadataServices: Set<String> = [
    "metadata", "metadata.google.internal", "metadata.goog", "metadata.azure.internal",
    "metadata.tencentyun.com", "instance-data", "instance-data.ec2.internal",
  ]

  /// Top-level domains that are reserved (RFC 6761, 6762, 7686, 9476, ICANN's `internal`), or that so many private
  /// networks use that they are never delegated.
  private static let localDomains: Set<String> = [
    "alt", "corp", "example", "home", "internal", "intranet", "invalid", "lan", "local",
    "localdomain", "mail", "onion", "private", "test", "workgroup",
  ]
}
