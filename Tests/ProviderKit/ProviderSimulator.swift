import ServerKit

/// The provider's API for WAN 2.7 on loopback, with every fault that it could have.
///
/// It answers `POST` and `GET` at `/v1/ai/image-to-video/wan-2-7` and `GET` below that, and serves files at every path
/// that does not begin with `/v1/`. A client that is killed does not disturb other clients.
public final class ProviderSimulator: Sendable {
  /// Where the API is, without a slash at the end: `http://127.0.0.1:PORT`.
  public let baseURL: String
  /// The header field of the key.
  public let keyHeader: String
  private let results: @Sendable (String) -> [String]
  private let journal: CallJournal
  private let media: MediaShelf
  private let listener: LoopbackListener

  private init(_ options: Options, _ service: ProviderService, _ listener: LoopbackListener) {
    baseURL = "http://\(listener.port)"
    keyHeader = options.keyHeader
    results = options.results
    journal = service.journal
    media = service.media
    self.listener = listener
    journal.baseURL = baseURL
  }

  /// A simulator that listens on a free port of 127.0.0.1 when this returns.
  ///
  /// - Throws: where no socket can be had.
  public static func start(_ options: Options = Options()) async throws -> ProviderSimulator {
    let service = ProviderService(options: options, journal: CallJournal(options), media: MediaShelf())
    let listener = try await LoopbackListener.start { try await service.serve($0) }
    return ProviderSimulator(options, service, listener)
  }

  /// Stops listening, ends every connection, hanging answers too, and returns when all is over.
  public func shutdown() async { await listener.shutdown() }

  /// Every request to the API so far, in the order in which their heads came.
  public var calls: [ProviderCall] { journal.calls }

  /// Every job that made a (billed) task, whatever the client got to see, in the order in which they were taken.
  public var accepted: [AcceptedJob] { journal.accepted }

  /// How many connections clients have open now.
  public var openConnections: Int { listener.openConnections }

  /// Waits until a condition holds of the calls, such as that there are three of them.
  ///
  /// The condition is looked at after every change and must be quick; it may not ask the simulator.
  /// - Returns: the calls at that moment.
  /// - Throws: `CancellationError` if the task is cancelled first.
  @discardableResult
  public func calls(
    when condition: @escaping @Sendable ([ProviderCall]) -> Bool
  ) async throws -> [ProviderCall] {
    try await journal.calls(when: condition)
  }

  /// Sets the answer about a task from now on. A task that does not exist is created without a submission.
  ///
  /// - Parameters:
  ///   - status: the provider's word, or one that it does not have.
  ///   - generated: URLs, or paths of the simulator's own files.
  public func setTaskStatus(_ task: String, _ status: String, generated: [String] = []) {
    journal.set(task, status: status, generated: generated)
  }

  /// Makes a task `COMPLETED`.
  ///
  /// - Parameter generated: what it has made; `nil` is what `Options.results` has for it.
  public func finish(task: String, generated: [String]? = nil) {
    setTaskStatus(task, "COMPLETED", generated: generated ?? results(task))
  }

  /// The file at `path`, which begins with a slash and has no query.
  public subscript(media path: String) -> MediaFile? {
    get { media[path] }
    set { media[path] = newValue }
  }

  /// The URL of the file at `path`.
  public func url(_ path: String) -> String { baseURL + path }

  /// Every request for files so far, whether or not they are there.
  public var mediaRequests: [MediaRequest] { media.requests }

  /// Every request so far for the file at `path`.
  public func mediaRequests(of path: String) -> [MediaRequest] { mediaRequests.filter { $0.path == path } }
}

/// Runs `body` with a simulator, which is shut down when it returns or throws.
public func withProvider<Value>(
  _ options: ProviderSimulator.Options = ProviderSimulator.Options(),
  isolation: isolated (any Actor)? = #isolation, _ body: (ProviderSimulator) async throws -> sending Value
) async throws -> sending Value {
  let provider = try await ProviderSimulator.start(options)
  do {
    let value = try await body(provider)
    await provider.shutdown()
    return value
  } catch {
    await provider.shutdown()
    throw error
  }
}
