import AssetOpening
import AssetSource
import AsyncHTTPClient
import Foundation
import Locations
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// Sends requests to the provider over HTTP.
///
/// Each request opens its own connection. On a reused one, a request that the server never read could not be
/// distinguished from one whose answer was lost.
struct HTTPTransport: ProviderTransport {
  private let configuration: ProviderConfiguration
  private let trust: TrustRoots
  private let proxies: ProxyRules

  init(_ configuration: ProviderConfiguration, environment: [String: String]) {
    self.configuration = configuration
    trust = TrustRoots(path: configuration.trustRoots, environment: environment)
    proxies = ProxyRules(configuration.proxy, environment: environment)
  }

  func exchange(_ request: ProviderRequest) async -> Exchange {
    // A separate task, because the request must not be cancelled together with the caller.
    await Task { await send(request) }.value
  }

  private func send(_ request: ProviderRequest) async -> Exchange {
    let connection = Connected()
    let client: HTTPClient
    do throws(AssetError) {
      client = try makeClient(connection)
    } catch {
      return .notEstablished(error.message)
    }
    let exchange = await exchange(request, by: client, connection)
    try? await client.shutdown()
    return exchange
  }

  private func exchange(
    _ request: ProviderRequest, by client: HTTPClient, _ connection: Connected
  ) async -> Exchange {
    let outgoing = httpRequest(request)
    let limit = configuration.connectLimit + configuration.answerLimit
    do throws(AssetError) {
      return try await Deadline.race(until: .now.advanced(by: limit)) { () async throws(AssetError) in
        do {
          let response = try await client.execute(outgoing, deadline: .distantFuture)
          return try await read(response)
        } catch {
          let words = words(for: error)
          return connection.isMade ? .lost(words) : .notEstablished(words)
        }
      }
    } catch {
      let words = "no answer within \(limit.components.seconds) s"
      return connection.isMade ? .lost(words) : .notEstablished("no connection in time")
    }
  }

  private func read(_ response: HTTPClientResponse) async throws -> Exchange {
    var answer = ProviderAnswer(status: Int(response.status.code))
    answer.fields = response.headers.map { ($0.name, $0.value) }
    for try await chunk in response.body {
      guard answer.body.count + chunk.readableBytes <= ProviderAnswer.limit else {
        return .lost("the answer (\(answer.status)) is longer than \(ProviderAnswer.limit >> 20) MiB")
      }
      answer.body += chunk.readableBytesView
    }
    return .answered(answer)
  }

  private func httpRequest(_ request: ProviderRequest) -> HTTPClientRequest {
    var outgoing = HTTPClientRequest(url: configuration.base.text + request.path)
    outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
    outgoing.headers = [
      "User-Agent": configuration.userAgent, "Accept": "application/json", "Connection": "close",
      configuration.keyHeader: configuration.key.text,
    ]
    if let body = request.body {
      outgoing.headers.add(name: "Content-Type", value: "application/json")
      outgoing.body = .bytes(ByteBuffer(string: body))
    }
    return outgoing
  }

  private func words(for error: any Error) -> String {
    var options = HTTPOptions()
    options.connectLimit = configuration.connectLimit
    options.idleLimit = configuration.answerLimit
    return FetchFailure(error, limits: options).error.message
  }

  private func makeClient(_ connection: Connected) throws(AssetError) -> HTTPClient {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    guard let url = AssetURL.read(configuration.base.text).url else {
      throw AssetError(.badLocation, message: "the base is not a URL")
    }
    if url.isSecure { tls.trustRoots = try trust.roots() }
    var settings = HTTPClient.Configuration(
      tlsConfiguration: tls, redirectConfiguration: .disallow,
      timeout: .init(connect: .init(configuration.connectLimit), read: .init(configuration.answerLimit)),
      decompression: .disabled)
    settings.httpVersion = .http1Only
    settings.connectionPool.retryConnectionEstablishment = false
    // A proxy can read an http request, including the key, so only https goes through a proxy. An http base
    // is always on this machine.
    if url.isSecure, let proxy = try proxies.server(for: url) {
      settings.proxy = .server(
        host: proxy.host, port: Int(proxy.port),
        authorization: proxy.credentials.map { .basic(username: $0.user, password: $0.password) })
    }
    // From here on, a request can leave.
    settings.guardAnswers { _ in connection.make() }
    return HTTPClient(
      eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), configuration: settings)
  }
}

/// Whether a connection was made. From that moment on, a request may have left.
private final class Connected: Sendable {
  private let state = Atomic(false)

  var isMade: Bool { state.load(ordering: .acquiring) }

  func make() { state.store(true, ordering: .releasing) }
}
