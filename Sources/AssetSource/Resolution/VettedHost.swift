import AssetOpening
import Locations

/// The addresses of a host, all of which the policy admits.
struct VettedHost: Sendable, Hashable {
  /// The addresses to connect to, in the order of the tries.
  let addresses: [IPAddress]
  /// The class of the host or of an address of it that is not public; `nil` if all are.
  let exception: HostClass?

  /// Vets the addresses of a resolver. A single address that may not be contacted is enough to refuse the host, since other
  /// clients could connect to it.
  init(_ url: AssetURL, resolved: [IPAddress], policy: AddressPolicy) throws(AssetError) {
    var exception = try Self.vetName(of: url, policy)
    for address in resolved {
      let found = HostClass(address)
      guard policy.admits(found) else {
        throw AssetError(.notPublic, message: "\(url.host) resolves to \(found.reason)", hostClass: found)
      }
      if exception == nil, !found.isPublic { exception = found }
    }
    addresses = resolved
    self.exception = exception
  }

  /// Vets the host by its name or number alone, and returns its class if it is not public.
  @discardableResult
  static func vetName(of url: AssetURL, _ policy: AddressPolicy) throws(AssetError) -> HostClass? {
    let found = HostClass(url.host)
    guard policy.admits(found) else { throw AssetError(.notPublic, message: found.reason, hostClass: found) }
    return found.isPublic ? nil : found
  }
}
