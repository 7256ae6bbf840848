/// Which hosts and addresses may be contacted.
public struct AddressPolicy: Sendable, Hashable {
  /// Whether hosts that are not public may be contacted: for servers under test.
  public var allowsPrivateHosts: Bool

  /// A policy; public hosts only, unless told otherwise.
  public init(allowsPrivateHosts: Bool = false) {
    self.allowsPrivateHosts = allowsPrivateHosts
  }

  /// Whether a host or an address of that class may be contacted; metadata services never.
  ///
  /// A name that passes is only half of the answer: every address that it resolves to must pass as well.
  public func admits(_ host: HostClass) -> Bool {
    host.isPublic || (allowsPrivateHosts && host.code != .metadata)
  }
}
