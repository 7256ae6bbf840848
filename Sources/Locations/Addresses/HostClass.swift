/// The class of a host or an address, by its number or name alone; no network is used.
public struct HostClass: Sendable, Hashable {
  /// The class; new ones may be added.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the class.
    public var rawValue: String

    /// A class by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Reachable from anywhere, as far as the number or name says.
    public static let `public` = Code(rawValue: "public")
    /// This machine, `localhost` and the unspecified address included.
    public static let loopback = Code(rawValue: "loopback")
    /// A private network: RFC 1918, ULA, site-local, or a NAT64 prefix for local use.
    public static let privateNetwork = Code(rawValue: "private-network")
    /// One network segment only.
    public static let linkLocal = Code(rawValue: "link-local")
    /// Inside a carrier's NAT (100.64.0.0/10).
    public static let carrierNAT = Code(rawValue: "carrier-nat")
    /// A group of machines, or all of them.
    public static let multicast = Code(rawValue: "multicast")
    /// Reserved, benchmarking, documentation, discard, broadcast.
    public static let reserved = Code(rawValue: "reserved")
    /// A deprecated way to carry IPv4 in IPv6, which public servers do not use.
    public static let transition = Code(rawValue: "transition")
    /// A name that the public DNS does not answer: one label, `.local`, `.internal`.
    public static let localName = Code(rawValue: "local-name")
    /// A cloud's metadata service, which returns credentials. It is never contacted.
    public static let metadata = Code(rawValue: "metadata")
  }

  /// The class.
  public var code: Code
  /// What the host is, as words for people: `loopback address 127.0.0.1`, `name without a dot: intranet`.
  public var reason: String

  /// A class with the words that explain it.
  public init(_ code: Code, reason: String) {
    self.code = code
    self.reason = reason
  }

  /// Whether every machine on the internet could reach the host, as far as the number or name says.
  public var isPublic: Bool { code == .public }

  /// The class of an address, by IANA's special-purpose registries.
  ///
  /// An address that contains an IPv4 address is judged by that address, or refused.
  public init(_ address: IPAddress) { self = SpecialPurposeAddresses.classify(address) }

  /// The class of a URL's host: of its name, or of its address. If programs disagree about the address, the least public
  /// reading counts.
  public init(_ host: URLHost) {
    switch host.kind {
    case .address(let readings):
      let classes = readings.map { HostClass($0) }
      self =
        classes.first { $0.code == .metadata } ?? classes.first { !$0.isPublic } ?? classes.first
        ?? HostClass(.reserved, reason: "unreadable address \(host.text)")
    case .name:
      self = SpecialPurposeNames.classify(host.text)
    }
  }
}

/// Which hosts and addresses may be contacted.
public struct AddressPolicy: Sendable, Hashable {
  /// Whether hosts that are not public may be contacted, such as servers under test.
  public var allowsPrivateHosts: Bool

  /// A policy; public hosts only by default.
  public init(allowsPrivateHosts: Bool = false) {
    self.allowsPrivateHosts = allowsPrivateHosts
  }

  /// Whether a host or an address of that class may be contacted. Metadata services are never admitted.
  ///
  /// For a name, every address that it resolves to must be admitted as well.
  public func admits(_ host: HostClass) -> Bool {
    host.isPublic || (allowsPrivateHosts && host.code != .metadata)
  }
}
