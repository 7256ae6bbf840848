public import AssetOpening
import Foundation
public import Locations
import MediaFacts
import NIOCore

/// Fetches remote assets as the provider does: with plain GET requests, without credentials, from public hosts only.
///
/// If a digest is requested, the opener transfers the whole asset once, and the asset is readable while it arrives.
/// Otherwise it fetches only the ranges that are read. Another opener handles locations that are not URLs.
///
/// ```swift
/// var options = HTTPOptions()
/// options.userAgent = "studio-pipeline/2"
/// let opener = HTTPAssetOpener(options)
/// let preflight = Preflight(prober: .inProcess, opener: opener)
/// …
/// await opener.shutdown()
/// ```
///
/// Without a call of `shutdown()`, connections close when the opener and the assets that it opened are deallocated.
public final class HTTPAssetOpener: AssetOpener {
  private let environment: FetchEnvironment
  private let gate: FetchGate
  private let local: any AssetOpener
  private let monitor: FetchMonitor?

  /// An opener with connections of its own; `shutdown()` closes them.
  ///
  /// - Parameters:
  ///   - options: How to fetch.
  ///   - monitor: Receives a report on every fetch.
  ///   - local: Opens locations that are not URLs.
  ///   - resolver: Resolves host names; `nil`: the system's resolver, within `options.resolveLimit`.
  ///   - variables: The environment. Only `TMPDIR`, `SSL_CERT_FILE` and the proxy variables are used.
  public init(
    _ options: HTTPOptions = HTTPOptions(), monitor: FetchMonitor? = nil,
    local: any AssetOpener = LocalAssetOpener(), resolver: (any HostResolver)? = nil,
    environment variables: [String: String]? = nil
  ) {
    let variables = variables ?? ProcessInfo.processInfo.environment
    let resolver =
      resolver
      ?? SystemResolver(
        limit: options.resolveLimit, asksDNSAlone: !options.policy.allowsPrivateHosts)
    let trust = TrustRoots(path: options.trustRoots, environment: variables)
    environment = FetchEnvironment(
      options: options, pool: ClientPool(options, trust: trust), resolver: ResolutionCache(resolver),
      proxies: ProxyRules(options.proxy, environment: variables),
      now: { Date.now.timeIntervalSince1970 },
      temporaryFolder: variables["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp")
    gate = FetchGate(most: options.connections, perHost: options.connectionsPerHost)
    self.local = local
    self.monitor = monitor
  }

  /// Closes all connections; assets that are still being fetched fail.
  public func shutdown() async { await environment.pool.shutdown() }

  /// Fetches a URL. The other opener opens locations that are not URLs.
  ///
  /// The call returns when the first bytes arrive; the rest arrives while the asset is read. The time limit of the request,
  /// or else of the options, begins when this fetch begins, without the wait for its turn.
  /// - Throws: `AssetError` with the delivery so far: `refused`, `tls`, `notPublic` and `schemeUnsupported` where no client
  ///   would get the asset; `unreachable` and `timedOut` where that is not known after every try; `changed`; `cancelled`.
  public func open(
    _ location: AssetLocation, _ request: OpenRequest
  ) async throws(AssetError) -> OpenedAsset {
    guard let url = location.url else { return try await local.open(location, request) }
    let ticket = try await gate.enter(url.authority)
    let deadline = ContinuousClock.now.advanced(by: request.timeLimit ?? environment.options.timeLimit)
    let session = FetchSession(location, url, environment, monitor)
    do throws(AssetError) {
      return try await Deadline.race(until: deadline) { [environment] () async throws(AssetError) in
        guard request.digestLimit == nil else {
          let answer = try await session.get(.from(0), until: deadline)
          return try await Self.whole(answer, session, request, environment, ticket, deadline)
        }
        return try await Self.parts(session, request, environment, ticket, deadline)
      }
    } catch {
      var error = error
      error.delivery = session.meter.facts
      throw error
    }
  }

  /// Sends one request with `If-None-Match`. Only a strong entity tag proves that the bytes are the same.
  public func isUnchanged(_ location: AssetLocation, entityTag: String, timeLimit: Duration?) async -> Bool {
    guard let url = location.url, entityTag.hasPrefix("\""), entityTag.utf8.count > 2,
      entityTag.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { return false }
    let limit = timeLimit ?? environment.options.timeLimit
    do throws(AssetError) {
      let ticket = try await gate.enter(url.authority)
      defer { ticket.release() }
      let session = FetchSession(location, url, environment, monitor)
      return try await Deadline.race(until: .now.advanced(by: limit)) { () async throws(AssetError) in
        do throws(FetchFailure) { return try await session.hasEntityTag(entityTag) } catch {
          throw error.error
        }
      }
    } catch {
      return false
    }
  }

  /// The asset in ranges, if the server supports that.
  private static func parts(
    _ session: FetchSession, _ request: OpenRequest, _ environment: FetchEnvironment, _ ticket: FetchTicket,
    _ deadline: ContinuousClock.Instant
  ) async throws(AssetError) -> OpenedAsset {
    var failures = 0
    while true {
      let answer = try await session.get(
        ByteRange(first: 0, last: ReadAhead.least - 1), until: deadline, failures: failures)
      guard case .part(let part, let total?) = answer.content, answer.encoding == nil else {
        return try await whole(answer, session, request, environment, ticket, deadline)
      }
      do throws(FetchFailure) {
        let first = try await session.read(answer, expecting: part.count)
        let source = RangedSource(
          session, first: first, total: total, validator: answer.validator, until: deadline)
        return OpenedAsset(source: source, delivery: session.meter.facts) {
          session.meter.end()
          ticket.release()
          // Bytes that a cancelled reader left unread are not a failure of the asset.
          return AssetConclusion(
            failure: source.failure.map { AssetError($0) }, delivery: session.meter.facts)
        }
      } catch {
        guard case .again(let wish) = error.remedy else { throw error.error }
        failures += 1
        try await session.pause(failures, error.error, wish, until: deadline)
      }
    }
  }

  /// The whole asset. Its bytes continue to arrive after this returns.
  private static func whole(
    _ answer: Answer, _ session: FetchSession, _ request: OpenRequest, _ environment: FetchEnvironment,
    _ ticket: FetchTicket, _ deadline: ContinuousClock.Instant
  ) async throws(AssetError) -> OpenedAsset {
    var answer = answer
    if case .part(_, nil) = answer.content { answer = try await session.get(nil, until: deadline) }
    let first = answer
    if let length = first.statedLength { session.meter.stated(length) }
    let source = ArrivingSource(stated: first.statedLength, folder: environment.temporaryFolder)
    let digests = request.digestLimit != nil
    let handle = TransferHandle(
      Task {
        let result: Result<String?, AssetError>
        do throws(AssetError) {
          result = .success(
            try await Deadline.race(until: deadline) { () async throws(AssetError) in
              var transfer = WholeTransfer(
                session, into: source, limit: request.transferLimit, digests: digests, until: deadline)
              return try await transfer.run(first)
            })
        } catch {
          source.fail(ByteSourceError(error))
          result = .failure(error)
        }
        session.meter.end()
        ticket.release()
        return result
      })
    source.whenCancelled { [weak handle] in handle?.cancel() }
    return OpenedAsset(source: source, delivery: session.meter.facts) {
      guard digests else {
        handle.cancel()
        return AssetConclusion(delivery: session.meter.facts, arrived: source.count)
      }
      return await conclusion(handle, source, session)
    } abandon: {
      handle.cancel()
      return AssetConclusion(delivery: session.meter.facts, arrived: source.count)
    }
  }

  private static func conclusion(
    _ handle: TransferHandle, _ source: ArrivingSource, _ session: FetchSession
  ) async -> AssetConclusion {
    let result = await withTaskCancellationHandler {
      await handle.task.value
    } onCancel: {
      source.cancel()
    }
    var conclusion = AssetConclusion(delivery: session.meter.facts, arrived: source.count)
    switch result {
    case .success(let digest): conclusion.sha256 = digest
    case .failure(let error): conclusion.failure = error
    }
    return conclusion
  }
}

extension Answer {
  /// The length of the whole asset, if the server states it.
  fileprivate var statedLength: Int64? {
    guard encoding == nil else { return nil }
    return switch content {
    case .whole(let length): length
    case .part(_, let total): total
    case .empty: 0
    }
  }
}

/// A transfer that ends when its handle is deallocated.
private final class TransferHandle: Sendable {
  let task: Task<Result<String?, AssetError>, Never>

  init(_ task: Task<Result<String?, AssetError>, Never>) { self.task = task }

  deinit { task.cancel() }

  func cancel() { task.cancel() }
}

/// How remote assets are fetched.
public struct HTTPOptions: Sendable {
  /// The value of the `User-Agent` header; the program's name by default.
  public var userAgent = "wan-check"
  /// Whether requests go through a proxy.
  public var proxy: ProxyChoice = .environment
  /// Which hosts and addresses may be contacted.
  public var policy = AddressPolicy()
  /// Assets that are fetched at a time.
  public var connections = 16
  /// Assets that are fetched from one host at a time.
  public var connectionsPerHost = 16
  /// Tries for one asset without any progress, the first included.
  public var attempts = 4
  /// Longest time for one asset from its first request to its last byte, if the caller sets none.
  public var timeLimit: Duration = .seconds(120)
  /// Longest time to open a connection to one address.
  public var connectLimit: Duration = .seconds(10)
  /// Longest time for a name to be resolved.
  public var resolveLimit: Duration = .seconds(10)
  /// Longest time in which nothing arrives.
  public var idleLimit: Duration = .seconds(20)
  /// The path of a PEM file with the certificate authorities to trust; `nil`: `SSL_CERT_FILE`, else the system's.
  public var trustRoots: String?

  /// The defaults.
  public init() {}
}
