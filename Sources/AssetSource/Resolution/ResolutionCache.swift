import AssetOpening
import Locations
import Synchronization

/// Caches the addresses of a name for a short time, so that many assets of one host need one look-up.
final class ResolutionCache: Sendable {
  private struct Entry {
    var addresses: [IPAddress]
    var until: ContinuousClock.Instant
  }

  private static let capacity = 256

  private let resolver: any HostResolver
  private let lifetime: Duration
  private let entries = Mutex<[String: Entry]>([:])

  init(_ resolver: any HostResolver, lifetime: Duration = .seconds(30)) {
    self.resolver = resolver
    self.lifetime = lifetime
  }

  func addresses(of name: String) async throws(ResolutionError) -> [IPAddress] {
    let now = ContinuousClock.now
    if let entry = entries.withLock({ $0[name] }), entry.until > now { return entry.addresses }
    let addresses = try await resolver.addresses(of: name)
    entries.withLock { entries in
      if entries.count >= Self.capacity { entries = entries.filter { $0.value.until > now } }
      if entries.count >= Self.capacity { entries.removeAll() }
      entries[name] = Entry(addresses: addresses, until: now + lifetime)
    }
    return addresses
  }
}
