import AssetOpening
import AsyncHTTPClient
import Foundation
import Locations
import NIOCore
import NIOHTTP1
import Synchronization

/// The requests for one asset. Each follows the URL policy and the redirects, and is retried if that could help.
final class FetchSession: Sendable {
  let meter: DeliveryMeter
  let options: HTTPOptions

  private let environment: FetchEnvironment
  /// The URL of the asset after redirects. Later requests go there directly.
  private let place: Mutex<AssetURL>

  init(_ location: AssetLocation, _ url: AssetURL, _ environment: FetchEnvironment, _ monitor: FetchMonitor?)
  {
    place = Mutex(url)
    meter = DeliveryMeter(location, url, monitor)
    self.environment = environment
    options = environment.options
  }

  /// Sends the request until there is an answer, or until another try could not help or would be too late.
  ///
  /// If the server fails on a range, the next request has no range.
  func get(
    _ range: ByteRange?, ifRange: Validator? = nil, decompressing: Bool = false,
    until deadline: ContinuousClock.Instant, failures: Int = 0
  ) async throws(AssetError) -> Answer {
    var range = range
    var failures = failures
    while true {
      do throws(FetchFailure) {
        return try await follow(range, ifRange, decompressing)
      } catch {
        switch error.remedy {
        case .none: throw error.error
        case .plainly where range != nil: range = nil
        case .plainly: throw error.error
        case .again(let wish):
          failures += 1
          try await pause(failures, error.error, wish, until: deadline)
        }
      }
    }
  }

  /// Waits before the next try, or throws `error` if there is none.
  func pause(
    _ failures: Int, _ error: AssetError, _ wish: Duration?, until deadline: ContinuousClock.Instant
  ) async throws(AssetError) {
    let pause = RetryPolicy(attempts: options.attempts).pause(
      afterFailures: failures, retryAfter: wish, remaining: ContinuousClock.now.duration(to: deadline),
      jitter: .random(in: 0...1))
    guard let pause else {
      var error = error
      if let wish { error.message += "; the server says to come back in \(wish.inSeconds)" }
      throw error
    }
    do {
      try await Task.sleep(for: pause)
    } catch {
      throw AssetError(.cancelled, message: "the check was cancelled")
    }
  }

  private func follow(
    _ range: ByteRange?, _ ifRange: Validator?, _ decompressing: Bool
  ) async throws(FetchFailure) -> Answer {
    var trail = RedirectTrail(place.withLock { $0 })
    while true {
      let (response, lease) = try await send(
        trail.url, fields(range, ifRange, decompressing), decompressing, hop: trail.count)
      // The body of a refusal is read here.
      defer { withExtendedLifetime(lease) {} }
      let url = trail.url
      meter.update { facts in
        facts.finalURL = url
        facts.status = Int(response.status.code)
        facts.redirects = max(facts.redirects, trail.count)
        facts.contentType = response.headers.first(name: "Content-Type")
        facts.etag = response.headers.first(name: "ETag")
      }
      let kind = AnswerKind(
        status: Int(response.status.code), headers: response.headers, asked: range, now: environment.now())
      let content: Answer.Content
      switch kind {
      case .whole(let length): content = .whole(length: length)
      case .part(let bytes, let total): content = .part(bytes, total: total)
      case .empty: content = .empty
      case .redirect(let location):
        do throws(AssetError) { try trail.follow(location) } catch { throw FetchFailure(error) }
        continue
      case .plainly:
        throw FetchFailure(
          AssetError(.unreachable, message: "the server did not answer with the requested bytes"),
          .plainly)
      case .refused(let why):
        throw FetchFailure(await explained(AssetError(.refused, message: why), by: response))
      case .later(let why, let pause):
        throw FetchFailure(
          await explained(AssetError(.unreachable, message: why), by: response), .again(after: pause))
      }
      place.withLock { $0 = url }
      if let encoding = response.headers.first(name: "Content-Encoding") {
        meter.update { $0.contentEncoding = encoding }
      }
      return Answer(
        content: content, validator: Validator(response.headers),
        encoding: Self.encoding(response.headers), body: response.body, lease: lease)
    }
  }

  /// The failure with the reason in the answer's body, if its first bytes arrive soon.
  private func explained(_ error: AssetError, by response: HTTPClientResponse) async -> AssetError {
    let body = response.body
    let head = await RefusalReason.head(of: body)
    guard let reason = RefusalReason(headers: response.headers, body: head) else { return error }
    var error = error
    error.message += ": \(reason.text)"
    error.isBotChallenge = reason.isBotChallenge
    return error
  }

  /// Asks the server once whether the asset still has this entity tag.
  ///
  /// An answer of 304 proves it (RFC 9110, 15.4.5). A server may also send bytes with the same strong tag, so at most one
  /// byte is requested.
  func hasEntityTag(_ tag: String) async throws(FetchFailure) -> Bool {
    var trail = RedirectTrail(place.withLock { $0 })
    var fields = fields(ByteRange(first: 0, last: 0), nil, false)
    fields.add(name: "If-None-Match", value: tag)
    while true {
      let (response, _) = try await send(trail.url, fields, false, hop: trail.count)
      switch response.status.code {
      case 304: return true
      case 200, 206: return response.headers.first(name: "ETag") == tag
      case 301, 302, 303, 307, 308:
        do throws(AssetError) { try trail.follow(response.headers.first(name: "Location")) } catch {
          throw FetchFailure(error)
        }
      default: return false
      }
    }
  }

  private func fields(_ range: ByteRange?, _ ifRange: Validator?, _ decompressing: Bool) -> HTTPHeaders {
    var fields: HTTPHeaders = [
      "User-Agent": options.userAgent, "Accept": "*/*",
      "Accept-Encoding": decompressing ? "gzip" : "identity",
    ]
    if let range {
      fields.add(name: "Range", value: range.header)
      if let value = ifRange?.ifRange { fields.add(name: "If-Range", value: value) }
    }
    return fields
  }

  private static func encoding(_ headers: HTTPHeaders) -> String? {
    guard let value = headers.first(name: "Content-Encoding")?.lowercased(), !value.isEmpty,
      value != "identity"
    else { return nil }
    return value
  }

  /// Sends one request to one URL. The host is vetted, resolved, and pinned to an address; its addresses are tried in turn.
  private func send(
    _ url: AssetURL, _ fields: HTTPHeaders, _ decompressing: Bool, hop: Int
  ) async throws(FetchFailure) -> (HTTPClientResponse, ClientLease) {
    guard let text = RequestURL.text(of: url) else {
      throw FetchFailure(
        AssetError(
          .unreachable,
          message: "the URL's path contains escapes that are not UTF-8, which cannot be requested here"))
    }
    var request = HTTPClientRequest(url: text)
    request.headers = fields
    var last: FetchFailure?
    for key in try await keys(url, decompressing, hop: hop) {
      do {
        let lease = try environment.pool.lease(key)
        meter.update { $0.requests += 1 }
        let response = try await lease.client.execute(request, deadline: .distantFuture)
        return (response, lease)
      } catch {
        let failure = await explained(FetchFailure(error, limits: options), url, key)
        guard case .again = failure.remedy, !Task.isCancelled else { throw failure }
        last = failure
      }
    }
    throw last ?? FetchFailure(AssetError(.refused, message: "the host has no addresses"))
  }

  /// The failure, with details from the refused certificate.
  private func explained(_ failure: FetchFailure, _ url: AssetURL, _ key: ClientKey) async -> FetchFailure {
    guard let fault = failure.certificate, let address = key.address else { return failure }
    let chain = await CertificateInspection.chain(
      at: address, port: key.port, host: url.host, within: options.connectLimit)
    let words =
      switch fault {
      case .unverified: CertificateComplaint.unverified(chain, now: environment.now())
      case .otherHost: CertificateComplaint.otherHost(chain)
      }
    var failure = failure
    if let words { failure.error.message = words }
    return failure
  }

  /// The targets to connect to.
  private func keys(_ url: AssetURL, _ decompressing: Bool, hop: Int) async throws(FetchFailure)
    -> [ClientKey]
  {
    var key = ClientKey(
      host: url.host.text, port: url.effectivePort, isSecure: url.isSecure, decompresses: decompressing)
    do throws(AssetError) { key.proxy = try environment.proxies.server(for: url) } catch {
      throw FetchFailure(error)
    }
    do throws(AssetError) {
      let exception = try VettedHost.vetName(of: url, options.policy)
      if key.proxy != nil {
        meter.update { facts in
          facts.isProxied = true
          facts.exception = facts.exception ?? exception
        }
        return [key]
      }
      let host = try await resolve(url)
      meter.update { $0.exception = $0.exception ?? host.exception }
      return host.addresses.prefix(4).map { address in
        var pinned = key
        pinned.address = address
        return pinned
      }
    } catch {
      var error = error
      if hop > 0 { error.message = "the URL redirects to \(url.displayText): \(error.message)" }
      throw FetchFailure(error, error.code == .unreachable ? .again(after: nil) : .none)
    }
  }

  private func resolve(_ url: AssetURL) async throws(AssetError) -> VettedHost {
    if let address = url.host.literal {
      return try VettedHost(url, resolved: [address], policy: options.policy)
    }
    let addresses: [IPAddress]
    do throws(ResolutionError) {
      addresses = try await environment.resolver.addresses(of: url.host.text)
    } catch {
      switch error.code {
      case .noSuchName: throw AssetError(.refused, message: "\(url.host): \(error.message)")
      case .cancelled: throw AssetError(.cancelled, message: error.message)
      default: throw AssetError(.unreachable, message: "\(url.host): \(error.message)")
      }
    }
    return try VettedHost(url, resolved: addresses, policy: options.policy)
  }
}

/// Shared by all fetches of one opener.
struct FetchEnvironment: Sendable {
  var options: HTTPOptions
  var pool: ClientPool
  var resolver: ResolutionCache
  var proxies: ProxyRules
  /// The clock, in seconds since 1970, for dates that servers write.
  var now: @Sendable () -> Double
  /// The folder for temporary files.
  var temporaryFolder: String
}

/// The URL of a request for the HTTP client, which parses it with Foundation.
enum RequestURL {
  /// The URL to give to the client; `nil` if the client would request another target. It requests `/` in place of a path
  /// whose escapes are not UTF-8.
  static func text(of url: AssetURL) -> String? {
    let text = "\(url.scheme)://\(url.authority)\(url.requestTarget)"
    guard let read = URL(string: text), !read.path.isEmpty, read.query == url.query,
      let path = URLComponents(url: read, resolvingAgainstBaseURL: false)?.percentEncodedPath,
      path == (url.path.isEmpty ? "/" : url.path)
    else { return nil }
    return text
  }
}
