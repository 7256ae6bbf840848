import AssetOpening
import AssetSource
import Foundation
import Locations
import Synchronization
public import WanCheck

/// The client that everybody who sends jobs shares: it takes only what was proved valid, and never sends a job twice.
///
/// ```swift
/// let client = WanClient(configuration, ledger: try Ledger(at: path), recheck: preflight)
/// switch try await preflight.check(job) {
/// case .submittable(let validated, _): let task = try await client.submit(validated)
/// case .notSubmittable(let result): …
/// }
/// ```
///
/// What is sent is written to the ledger first, and settled there once there is an answer. An answer that is lost makes
/// the job `unknown`: it is not sent again until a person has said what became of it (`Ledger.resolve`).
public final class WanClient: Sendable {
  /// How the provider is asked.
  public let configuration: ProviderConfiguration
  /// What was sent.
  public let ledger: Ledger

  let transport: any ProviderTransport
  let recheck: (any JobRechecking)?
  let pace = RateLimiter()
  let gate: FetchGate
  private let requests = Atomic(0)
  let now: @Sendable () -> Double

  /// A client of one account.
  ///
  /// - Parameters:
  ///   - configuration: where and as whom to send.
  ///   - ledger: remembers what was sent; processes may share its file.
  ///   - recheck: looks again at jobs whose check is older than `configuration.freshness`; without one, such jobs are not
  ///     sent. A `Preflight` does it.
  ///   - variables: stands for the process's environment, of which `SSL_CERT_FILE` and the variables of proxies count.
  public convenience init(
    _ configuration: ProviderConfiguration, ledger: Ledger, recheck: (any JobRechecking)? = nil,
    environment variables: [String: String]? = nil
  ) {
    let variables = variables ?? ProcessInfo.processInfo.environment
    self.init(
      configuration, ledger: ledger, recheck: recheck,
      transport: HTTPTransport(configuration, environment: variables))
  }

  init(
    _ configuration: ProviderConfiguration, ledger: Ledger, recheck: (any JobRechecking)?,
    transport: any ProviderTransport,
    now: @escaping @Sendable () -> Double = { Date.now.timeIntervalSince1970 }
  ) {
    self.configuration = configuration
    self.ledger = ledger
    self.recheck = recheck
    self.transport = transport
    self.now = now
    gate = FetchGate(most: configuration.concurrency, perHost: configuration.concurrency)
  }

  /// How many requests are under way whose answers say whether there is a task.
  public var jobsUnderWay: Int { requests.load(ordering: .relaxed) }

  /// Sends a request for a job, counted among those under way.
  func post(_ request: ProviderRequest) async -> Exchange {
    requests.add(1, ordering: .relaxed)
    defer { requests.subtract(1, ordering: .relaxed) }
    return await transport.exchange(request)
  }

  /// Sends a job, if it was not sent before, and returns its task.
  ///
  /// A job that the ledger knows as submitted is not sent again: its task is returned, with the status that it had when
  /// it was accepted. `send(_:force:)` tells both apart.
  /// - Throws: `SubmissionError` with what became of it: refused, unknown, or not sent.
  public func submit(_ job: ValidatedJob) async throws(SubmissionError) -> WanTask {
    let submission = await send(job)
    if let task = submission.task { return task }
    guard submission.state == .alreadySubmitted, let id = submission.taskID else {
      throw SubmissionError(submission)
    }
    return WanTask(id: id, status: .created)
  }

  /// The task called `id`, as it is now.
  /// - Throws: `ClientError`.
  public func task(id: String) async throws(ClientError) -> WanTask {
    guard let path = Self.path(ofTask: id) else {
      throw ClientError(.refused, message: "\(displayText(id)) cannot be a task's id")
    }
    guard let task = WanTask(json: try await get(path)) else {
      throw ClientError(.unreadable, message: "the answer describes no task")
    }
    // Following somebody else's task would fetch somebody else's results.
    guard task.id == id else { throw ClientError(.unreadable, message: "the answer describes another task") }
    return task
  }

  /// The account's tasks, as the provider lists them; elements that describe no task are left out.
  /// - Throws: `ClientError`.
  public func tasks() async throws(ClientError) -> [WanTask] {
    let json = try await get(ProviderBase.endpoint)
    guard let list = json["data"]?.elements ?? json["data"]?["tasks"]?.elements ?? json.elements else {
      throw ClientError(.unreadable, message: "the answer is no list of tasks")
    }
    return list.compactMap { WanTask(json: $0) }
  }

  /// The URLs of what a task made; they expire, so fetch them at once.
  /// - Throws: `ClientError`; of code `refused` if the task failed, is not done, or is done and made nothing.
  public func results(of id: String) async throws(ClientError) -> [String] {
    let task = try await task(id: id)
    guard task.status == .completed else {
      throw ClientError(.refused, message: "the task is \(displayText(task.status.rawValue)), not COMPLETED")
    }
    guard !task.generated.isEmpty else {
      throw ClientError(.refused, message: "the task is COMPLETED, but nothing was generated")
    }
    return task.generated
  }

  /// Whether `id` can be the provider's name of a task: any text that is not empty or absurdly long.
  ///
  /// What the provider once answered must be stored and followed, whatever it is.
  package static func isTaskID(_ id: String) -> Bool { (1...longestTaskID).contains(id.utf8.count) }

  /// Bytes that a task's name may have.
  package static let longestTaskID = 4096

  /// The task's path: its name is one segment, and cannot lead elsewhere.
  private static func path(ofTask id: String) -> String? {
    isTaskID(id) ? "\(ProviderBase.endpoint)/\(URLPathForm.segment(id))" : nil
  }

  private func get(_ path: String) async throws(ClientError) -> JSONValue {
    let pause = pace.pause
    guard pause < configuration.sendingLimit else {
      throw ClientError(
        .unavailable,
        message: "the requests are rate-limited (429); \(RetryAdvice.words(after: pause, now: now()))")
    }
    do { try await Task.sleep(for: pause) } catch {
      throw ClientError(.cancelled, message: "cancelled")
    }
    switch await transport.exchange(ProviderRequest(method: .get, path: path)) {
    case .notEstablished(let why), .lost(let why):
      if Task.isCancelled { throw ClientError(.cancelled, message: "cancelled") }
      throw ClientError(.unreachable, message: why)
    case .answered(let answer):
      pace.mind(RateLimit(headers: { answer[$0] }, now: now()))
      switch AnswerReading(answer, now: now(), secrets: [configuration.key.text]) {
      case .success(let json): return json
      case .unreadable(let why): throw ClientError(.unreadable, message: why)
      case .failure(let error):
        let isPassing = error.status == 429 || error.status == 408 || error.status >= 500
        throw ClientError(
          isPassing ? .unavailable : .refused,
          message: "the provider answered \(error)"
            + (error.rateLimit.retryAfter.map { "; \(RetryAdvice.words(after: $0, now: now()))" } ?? ""),
          error: error)
      }
    }
  }
}

/// What became of a job that has no task.
public struct SubmissionError: Error, Sendable, CustomStringConvertible {
  /// Its state, and why.
  public let submission: Submission

  init(_ submission: Submission) { self.submission = submission }

  /// The state, and why.
  public var description: String {
    [submission.state.rawValue, submission.message].compactMap(\.self).joined(separator: ": ")
  }
}
