/// An HTTP/1.1 server on loopback that does what its routes say, right or wrong, and keeps a log.
///
/// It answers requests without a body. A path without a route gets 404, bytes that are not a request get 400, and a
/// head of more than 64 KiB gets 431.
public final class MisbehavingServer: Sendable {
  private let listener: LoopbackListener
  private let scheme: String
  private let service: RouteService

  private init(listener: LoopbackListener, scheme: String, service: RouteService) {
    self.listener = listener
    self.scheme = scheme
    self.service = service
  }

  /// A server that listens when this returns.
  ///
  /// - Parameters:
  ///   - routes: what it does with the requests for each path (without query).
  ///   - certificate: what it presents in TLS; `nil` for plain HTTP.
  ///   - readsRequests: if not, connections are accepted and never read, not even for TLS.
  /// - Throws: where the socket or the certificate's files cannot be used.
  public static func start(
    _ routes: [String: Route] = [:], certificate: ServerCertificate? = nil, readsRequests: Bool = true
  ) async throws -> MisbehavingServer {
    let service = RouteService(routes)
    let listener = try await LoopbackListener.start(certificate: certificate, reads: readsRequests) {
      try await service.serve($0, reads: readsRequests)
    }
    return MisbehavingServer(
      listener: listener, scheme: certificate == nil ? "http" : "https", service: service)
  }

  /// Where it listens.
  public var port: LoopbackPort { listener.port }

  /// The URL of `target`, a path with or without a query, at `host`, which must lead to 127.0.0.1.
  public func url(_ target: String, host: String = "127.0.0.1") -> String {
    "\(scheme)://\(host):\(port.number)\(target)"
  }

  /// The route of the requests for `path` from the next one on. Its answers start again. `nil` means 404.
  public subscript(path: String) -> Route? {
    get { service[path] }
    set { service[path] = newValue }
  }

  /// Every request so far, in the order in which they came.
  ///
  /// A client can have its answer a moment before the count of bytes is here: see `settledLog()`.
  public var log: [RecordedRequest] { activity.requests }

  /// Every request so far, once all their answers are over; the bytes that were sent are all counted then.
  ///
  /// - Throws: `CancellationError` if the task is cancelled first, as it must be where an answer never ends.
  public func settledLog() async throws -> [RecordedRequest] {
    try await activity(when: \.isSettled).requests
  }

  /// Every request so far for `path`, whatever its query.
  public func log(of path: String) -> [RecordedRequest] { log.filter { $0.head.path == path } }

  /// What has happened so far.
  public var activity: Activity { service.log.activity }

  /// Waits until `condition` holds, such as that a request has come or that no connection is open any more.
  ///
  /// The condition is looked at after every change and must be quick.
  /// - Returns: what had happened at that moment.
  /// - Throws: `CancellationError` if the task is cancelled first.
  @discardableResult
  public func activity(when condition: @escaping @Sendable (Activity) -> Bool) async throws -> Activity {
    try await service.log.activity(when: condition)
  }

  /// Stops listening, ends every connection, stalled ones too, and returns when all is over.
  public func shutdown() async { await listener.shutdown() }
}

/// Runs `body` with a server of these routes, which is shut down when it returns or throws.
///
/// The parameters are those of `MisbehavingServer.start`.
public func withServer<Value>(
  _ routes: [String: Route] = [:], certificate: ServerCertificate? = nil, readsRequests: Bool = true,
  isolation: isolated (any Actor)? = #isolation, _ body: (MisbehavingServer) async throws -> sending Value
) async throws -> sending Value {
  let server = try await MisbehavingServer.start(
    routes, certificate: certificate, readsRequests: readsRequests)
  do {
    let value = try await body(server)
    await server.shutdown()
    return value
  } catch {
    await server.shutdown()
    throw error
  }
}
