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

  /// The canonical text, without brackets.
  public var description: String {
    switch self {
    case .v4(let address): address.description
    case .v6(let address): address.description
    }
  }
}
