import AssetOpening
import AsyncHTTPClient
import Locations
import NIOCore
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import Synchronization

/// The target of a client's connections. A DNS override applies to a whole client, so each vetted address has its own.
struct ClientKey: Sendable, Hashable {
  /// The host as written in the URL. The certificate must be for this name.
  var host: String
  var port: UInt16
  var isSecure: Bool
  /// The address to connect to; `nil` with a proxy, which resolves names itself.
  var address: IPAddress?
  var proxy: ProxyServer?
  /// Whether gzip and deflate are decompressed.
  var decompresses = false
}

/// HTTP clients, one for each vetted address, on one shared group of event loops; connections are kept and used again.
final class ClientPool: Sendable {
  private struct Entry {
    var client: HTTPClient
    var users = 0
    var lastUse: UInt64
  }

  private struct State {
    var entries: [ClientKey: Entry] = [:]
    var uses: UInt64 = 0
  }

  /// Idle clients beyond this many are shut down.
  private static let capacity = 64

  /// The most bytes of a decompressed body. A transfer stops long before, at its own limit.
  private static let decompressedLimit = 512 << 20

  private let options: HTTPOptions
  private let trust: TrustRoots
  private let state = Mutex(State())

  init(_ options: HTTPOptions, trust: TrustRoots) {
    self.options = options
    self.trust = trust
  }

  deinit {
    let clients = state.withLock { $0.entries.values.map(\.client) }
    guard !clients.isEmpty else { return }
    Task { for client in clients { try? await client.shutdown() } }
  }

  /// A client for `key`, which stays open as long as the lease is held.
  func lease(_ key: ClientKey) throws(AssetError) -> ClientLease {
    let roots = key.isSecure ? try trust.roots() : nil
    let (client, surplus) = state.withLock { state in
      state.uses += 1
      let surplus = Self.evict(&state, sparing: key)
      var entry = state.entries[key] ?? Entry(client: make(key, roots), lastUse: 0)
      entry.users += 1
      entry.lastUse = state.uses
      state.entries[key] = entry
      return (entry.client, surplus)
    }
    Self.shutDown(surplus)
    return ClientLease(client) { [weak self] in self?.giveBack(key) }
  }

  /// Closes every connection; requests under way fail.
  func shutdown() async {
    let clients = state.withLock { state in
      defer { state.entries = [:] }
      return state.entries.values.map(\.client)
    }
    for client in clients { try? await client.shutdown() }
  }

  private func giveBack(_ key: ClientKey) {
    state.withLock { state in
      if let users = state.entries[key]?.users { state.entries[key]?.users = users - 1 }
    }
  }

  private static func evict(_ state: inout State, sparing key: ClientKey) -> [HTTPClient] {
    var surplus: [HTTPClient] = []
    while state.entries.count >= capacity, state.entries[key] == nil {
      let idle = state.entries.filter { $0.value.users <= 0 }.min { $0.value.lastUse < $1.value.lastUse }
      guard let idle, let entry = state.entries.removeValue(forKey: idle.key) else { break }
      surplus.append(entry.client)
    }
    return surplus
  }

  private static func shutDown(_ clients: [HTTPClient]) {
    guard !clients.isEmpty else { return }
    Task { for client in clients { try? await client.shutdown() } }
  }

  private func make(_ key: ClientKey, _ roots: NIOSSLTrustRoots?) -> HTTPClient {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    if let roots { tls.trustRoots = roots }
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls, redirectConfiguration: .disallow,
      timeout: .init(connect: .init(options.connectLimit), read: .init(options.idleLimit)),
      decompression: key.decompresses ? .enabled(limit: .size(Self.decompressedLimit)) : .disabled)
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = options.connectionsPerHost
    configuration.connectionPool.idleTimeout = .seconds(15)
    if let proxy = key.proxy {
      configuration.proxy = .server(
        host: proxy.host, port: Int(proxy.port),
        authorization: proxy.credentials.map { .basic(username: $0.user, password: $0.password) })
    }
    if let address = key.address, key.host != address.description {
      configuration.dnsOverride = [key.host: address.description]
    }
    configuration.guardAnswers { [address = key.address] channel in
      // The requested address does not prove which address was connected to.
      guard let address else { return }
      guard channel.remoteAddress.flatMap(IPAddress.init) == address else { throw UnvettedPeer() }
    }
    return HTTPClient(
      eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), configuration: configuration)
  }
}

/// A connection leads to another address than the one that was vetted.
struct UnvettedPeer: Error {}

/// A client in use.
final class ClientLease: Sendable {
  let client: HTTPClient
  private let giveBack: @Sendable () -> Void

  init(_ client: HTTPClient, giveBack: @escaping @Sendable () -> Void) {
    self.client = client
    self.giveBack = giveBack
  }

  deinit { giveBack() }
}

extension IPAddress {
  /// The address of a socket; `nil` if it is of another family.
  init?(_ socket: SocketAddress) {
    guard let text = socket.ipAddress else { return nil }
    self.init(text)
  }
}
