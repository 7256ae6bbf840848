import Locations
public import WanCheck

/// Sends many jobs, a few at a time, and stops when sending more would be useless or harmful.
public struct SubmissionBatch: Sendable {
  /// The largest number of jobs that are sent; `nil` for all.
  public var most: Int?
  /// Whether jobs that were submitted before are sent again.
  public var force: Bool

  private let client: WanClient

  /// A batch that `client` sends.
  public init(_ client: WanClient, most: Int? = nil, force: Bool = false) {
    self.client = client
    self.most = most
    self.force = force
  }

  /// Sends `jobs` in their order, and reports each with its index as soon as its outcome is known.
  ///
  /// No further job is sent, and the rest is `notSent`, after one of these: an answer of 401, 402 or 403, or
  /// a redirect; a ledger that cannot be written; a job that had no connection, or only 429, until its time
  /// was up; several unknown outcomes in a row; cancellation of the task.
  ///
  /// `force` sends jobs again that were submitted before this batch. It does not send a job of the batch
  /// twice: a second copy in the batch is not forced.
  public func send(
    _ jobs: [ValidatedJob], isolation: isolated (any Actor)? = #isolation,
    report: (Int, Submission) async throws -> Void
  ) async rethrows {
    var policy = BatchPolicy(most: most)
    try await withThrowingTaskGroup(of: (Int, Submission).self) { group in
      var next = 0
      // The fingerprints of the jobs under way, by index. `begun` has all fingerprints that were started.
      var running: [Int: String?] = [:]
      var begun: Set<String> = []
      while next < jobs.count || !running.isEmpty {
        if next < jobs.count, running.count < max(1, client.configuration.concurrency) {
          let (index, job) = (next, jobs[next])
          let fingerprint = client.fingerprint(of: job)
          var decision = Task.isCancelled ? .hold("interrupted") : policy.decision(running: running.count)
          // A second copy of a job in the batch waits until the first one is in the ledger.
          if decision == .send, let fingerprint, running.values.contains(fingerprint) { decision = .wait }
          switch decision {
          case .send:
            next += 1
            running[index] = fingerprint
            let isForced = force && fingerprint.map { begun.insert($0).inserted } ?? true
            group.addTask { (index, await client.send(job, force: isForced)) }
            continue
          case .hold(let why):
            next += 1
            try await report(index, await held(job, why))
            continue
          case .wait: break
          }
        }
        guard let (index, submission) = try await group.next() else { break }
        running[index] = nil
        policy.note(submission)
        try await report(index, submission)
      }
    }
  }

  /// The likely outcome of each of `jobs`, as far as it is known before a request leaves. Nothing is sent or
  /// written.
  ///
  /// The state is `notSent` for a job that would be sent, and `refused` for one whose id belongs to an
  /// earlier job of the batch with other content. Jobs that other processes send meanwhile are not
  /// considered. After the first failure to read the ledger, it is not read again.
  public func foresee(_ jobs: [ValidatedJob]) async -> [Submission] {
    var foreseen: [Submission] = []
    // By bytes: texts that Swift treats as equal are different ids.
    var holders: [[UInt8]: String] = [:]
    var isReadable = true
    for job in jobs {
      var submission = Submission(.notSent, fingerprint: client.fingerprint(of: job))
      do throws(LedgerError) {
        if isReadable { submission = try await client.lookUp(job, force: force) }
      } catch {
        isReadable = false
        submission.ledgerFailure = error.message
      }
      if submission.state == .notSent, let id = job.id, let fingerprint = submission.fingerprint {
        if holders[Array(id.utf8), default: fingerprint] == fingerprint {
          holders[Array(id.utf8)] = fingerprint
        } else {
          submission.state = .refused
          submission.message = "the id \(displayText(id)) belongs to another job earlier in this run"
        }
      }
      foreseen.append(submission)
    }
    return foreseen
  }

  /// A job that is not sent; if it is in the ledger, its state there counts.
  private func held(_ job: ValidatedJob, _ why: String) async -> Submission {
    guard var known = try? await client.lookUp(job, force: force) else {
      return Submission(.notSent, message: why)
    }
    if known.state == .notSent { known.message = why }
    return known
  }
}

/// Decides whether another job of a batch may be sent, without I/O.
struct BatchPolicy: Sendable {
  enum Decision: Sendable, Hashable {
    case send
    /// Wait until one of the jobs under way ends.
    case wait
    /// Do not send any more jobs, and why.
    case hold(String)
  }

  /// The number of unknown outcomes in a row that stops the batch: something is wrong, and more requests
  /// would make it worse.
  static let mostUnknown = 5

  private let most: Int?
  private var sent = 0
  private var unknownInARow = 0
  private var reason: String?

  init(most: Int?) { self.most = most }

  /// What to do with the next job while `running` jobs are under way.
  func decision(running: Int) -> Decision {
    if let reason { return .hold(reason) }
    guard let most else { return .send }
    if sent >= most { return .hold("the limit of \(most) jobs was reached") }
    // A job under way may turn out to have been submitted before, so that it does not count.
    return sent + running < most ? .send : .wait
  }

  /// Records the outcome of a job.
  mutating func note(_ submission: Submission) {
    if submission.wasSent {
      sent += submission.state == .notSent ? 0 : 1
      unknownInARow = submission.state == .unknown ? unknownInARow + 1 : 0
    }
    if let failure = submission.ledgerFailure {
      reason = reason ?? "the ledger cannot be written: \(failure)"
    } else if let error = submission.error, [401, 402, 403].contains(error.status) {
      reason = reason ?? "the provider answered \(error) before"
    } else if let error = submission.error, (300..<400).contains(error.status) {
      reason = reason ?? "the API base redirects (\(error.status)); correct it"
    } else if submission.wasSent, submission.state == .notSent {
      // This job used all of its time. Each further job would wait as long, for the same reason.
      reason =
        reason
        ?? "an earlier job could not be sent: \(submission.message ?? "the provider did not accept it")"
    } else if unknownInARow >= Self.mostUnknown {
      reason = reason ?? "\(Self.mostUnknown) outcomes in a row are unknown; resolve them in the ledger first"
    }
  }
}
