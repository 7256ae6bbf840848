import AssetOpening
import AssetSource
import Foundation
import JobDocuments
import Locations
import Synchronization
public import WanCheck

/// A client that sends validated jobs to the provider, and never sends a job twice.
///
/// ```swift
/// let client = WanClient(configuration, ledger: try Ledger(at: path), recheck: preflight)
/// switch try await preflight.check(job) {
/// case .submittable(let validated, _): let task = try await client.submit(validated)
/// case .notSubmittable(let result): …
/// }
/// ```
///
/// Each request is written to the ledger before it is sent, and its row is settled after the answer. If
/// the answer is lost, the job is `unknown`: it is not sent again until a person has recorded the
/// outcome (`Ledger.resolve`).
public final class WanClient: Sendable {
  /// The settings for requests to the provider.
  public let configuration: ProviderConfiguration
  /// The record of sent jobs.
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
  ///   - configuration: the provider, the account's key, and time limits.
  ///   - ledger: the record of sent jobs; several processes may share its file.
  ///   - recheck: repeats checks that are older than `configuration.freshness`, as `Preflight` does. Without
  ///     it, jobs with such checks are not sent.
  ///   - variables: replaces the process's environment, of which `SSL_CERT_FILE` and the
  ///     proxy variables are used.
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

  /// The number of job requests under way: their answers decide whether there is a task.
  public var jobsUnderWay: Int { requests.load(ordering: .relaxed) }

  /// Sends a request for a job, and counts it as under way.
  func post(_ request: ProviderRequest) async -> Exchange {
    requests.add(1, ordering: .relaxed)
    defer { requests.subtract(1, ordering: .relaxed) }
    return await transport.exchange(request)
  }

  /// Sends a job that was not sent before, and returns its task.
  ///
  /// A job that is submitted in the ledger is not sent again. Its task is returned with the status `CREATED`.
  /// Use `send(_:force:)` to distinguish both cases.
  /// - Throws: `SubmissionError` with the outcome: refused, unknown, or not sent.
  public func submit(_ job: ValidatedJob) async throws(SubmissionError) -> WanTask {
    let submission = await send(job)
    if let task = submission.task { return task }
    guard submission.state == .alreadySubmitted, let id = submission.taskID else {
      throw SubmissionError(submission)
    }
    return WanTask(id: id, status: .created)
  }

  /// The current state of the task with this id.
  /// - Throws: `ClientError`.
  public func task(id: String) async throws(ClientError) -> WanTask {
    guard let path = Self.path(ofTask: id) else {
      throw ClientError(.refused, message: "\(displayText(id)) cannot be a task's id")
    }
    guard let task = WanTask(json: try await get(path)) else {
      throw ClientError(.unreadable, message: "the answer describes no task")
    }
    // Another task may belong to another account, whose results must not be fetched.
    guard task.id == id else { throw ClientError(.unreadable, message: "the answer describes another task") }
    return task
  }

  /// The account's tasks, in the provider's order. Elements that do not describe a task are left out.
  /// - Throws: `ClientError`.
  public func tasks() async throws(ClientError) -> [WanTask] {
    let json = try await get(ProviderBase.endpoint)
    guard let list = json["data"]?.elements ?? json["data"]?["tasks"]?.elements ?? json.elements else {
      throw ClientError(.unreadable, message: "the answer is not a list of tasks")
    }
    return list.compactMap { WanTask(json: $0) }
  }

  /// The URLs of a task's results. They expire, so fetch the results at once.
  /// - Throws: `ClientError`, with the code `refused` if the task failed, is not
  ///   completed, or has no results.
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

  /// Whether `id` can be a task id of the provider: any text of 1 to 4096 bytes.
  ///
  /// An id that the provider once returned must be stored and followed, whatever characters it has.
  package static func isTaskID(_ id: String) -> Bool { (1...longestTaskID).contains(id.utf8.count) }

  /// The largest length of a task id, in bytes.
  package static let longestTaskID = 4096

  /// The path of the task. The id is escaped to be one segment, so that it cannot lead elsewhere.
  private static func path(ofTask id: String) -> String? {
    isTaskID(id) ? "\(ProviderBase.endpoint)/\(URLPathForm.segment(id))" : nil
  }

  private func get(_ path: String) async throws(ClientError) -> DocumentValue {
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

/// The outcome of a job that has no task.
public struct SubmissionError: Error, Sendable, CustomStringConvertible {
  /// The state of the job, and why.
  public let submission: Submission

  init(_ submission: Submission) { self.submission = submission }

  /// The state, and why.
  public var description: String {
    [submission.state.rawValue, submission.message].compactMap(\.self).joined(separator: ": ")
  }
}
