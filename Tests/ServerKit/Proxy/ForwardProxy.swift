import Foundation
import Synchronization

/// An HTTP proxy on loopback: absolute URLs for http, `CONNECT` for https.
///
/// It leads to loopback only. It finds other hosts only in `hosts`, so a test can use any name
/// without a look-up in the network. It serves one request per connection.
public final class ForwardProxy: Sendable {
  private let listener: LoopbackListener
  private let service: ProxyService

  private init(listener: LoopbackListener, service: ProxyService) {
    self.listener = listener
    self.service = service
  }

  /// A proxy that listens when this returns.
  ///
  /// - Parameters:
  ///   - hosts: where it finds hosts that are not `127.0.0.1` or `localhost`, whatever port is requested.
  ///   - credentials: the `user:password` without which it answers 407; `nil` lets everyone in.
  /// - Throws: where no socket can be had.
  public static func start(
    hosts: [String: LoopbackPort] = [:], credentials: String? = nil
  ) async throws -> ForwardProxy {
    let service = ProxyService(hosts: hosts, credentials: credentials)
    let listener = try await LoopbackListener.start { try await service.serve($0) }
    return ForwardProxy(listener: listener, service: service)
  }

  /// Where it listens.
  public var port: LoopbackPort { listener.port }

  /// The URL of the proxy, with `credentials` if they are given.
  public func url(credentials: String? = nil) -> String {
    "http://\(credentials.map { "\($0)@" } ?? "")\(port)"
  }

  /// What it was asked so far, in the order in which it was decided.
  public var log: [ProxiedRequest] { service.log }

  /// Stops listening, ends every connection, tunnels too, and returns when all is over.
  public func shutdown() async { await listener.shutdown() }
}

/// Runs `body` with a forward proxy, which is shut down when it returns or throws.
///
/// The parameters are those of `ForwardProxy.start`.
public func withForwardProxy<Value>(
  hosts: [String: LoopbackPort] = [:], credentials: String? = nil,
  isolation: isolated (any Actor)? = #isolation, _ body: (ForwardProxy) async throws -> sending Value
) async throws -> sending Value {
  let proxy = try await ForwardProxy.start(hosts: hosts, credentials: credentials)
  do {
    let value = try await body(proxy)
    await proxy.shutdown()
    return value
  } catch {
    await proxy.shutdown()
    throw error
  }
}
