import Locations
public import WanCheck

/// Sends many jobs, a few at a time, and stops where going on would be useless or harmful.
public struct SubmissionBatch: Sendable {
  /// The most jobs that are sent; `nil`: all.
  public var most: Int?
  /// Whether to send again what was submitted before.
  public var force: Bool

  private let client: WanClient

  /// A batch that `client` sends.
  public init(_ client: WanClient, most: Int? = nil, force: Bool = false) {
    self.client = client
    self.most = most
    self.force = force
  }

  /// Sends `jobs` in their order, and reports each, with its index, as soon as it is known what became of it.
  ///
  /// After 401, 402, 403 or a redirect, after a ledger that cannot be written, after a job for which there was no
  /// connection or only 429 until its time was up, after several unknown outcomes in a row, and when the task is cancelled,
  /// no further job leaves: the rest is `notSent`.
  ///
  /// To send again what was submitted before does not mean to send one job of the batch twice: where it stands there a
  /// second time, it is not forced.
  public func send(
    _ jobs: [ValidatedJob], isolation: isolated (any Actor)? = #isolation,
    report: (Int, Submission) async throws -> Void
  ) async rethrows {
    var policy = BatchPolicy(most: most)
    try await withThrowingTaskGroup(of: (Int, Submission).self) { group in
      var next = 0
      // By index, what tells the jobs under way from others; `begun` are all that were.
      var running: [Int: String?] = [:]
      var begun: Set<String> = []
      while next < jobs.count || !running.isEmpty {
        if next < jobs.count, running.count < max(1, client.configuration.concurrency) {
          let (index, job) = (next, jobs[next])
          let fingerprint = client.fingerprint(of: job)
          var decision = Task.isCancelled ? .hold("interrupted") : policy.decision(running: running.count)
          // One that stands in the batch again waits until the first is known to the ledger.
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

  /// What would become of each of `jobs`, as far as it can be known before a request leaves; nothing is sent, and nothing
  /// written.
  ///
  /// The state is `notSent` where a job would be sent. One whose id an earlier job of the batch has, with another content, is
  /// `refused`. What other processes send meanwhile is not foreseen. Where the ledger cannot be read, it is not asked again.
  public func foresee(_ jobs: [ValidatedJob]) async -> [Submission] {
    var foreseen: [Submission] = []
    // By bytes: texts that look alike are two ids.
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
          submission.message = "the id \(displayText(id)) belongs to another job, which stands before it"
        }
      }
      foreseen.append(submission)
    }
    return foreseen
  }

  /// A job that is not sent; if the ledger knows it, it says so.
  private func held(_ job: ValidatedJob, _ why: String) async -> Submission {
    guard var known = try? await client.lookUp(job, force: force) else {
      return Submission(.notSent, message: why)
    }
    if known.state == .notSent { known.message = why }
    return known
  }
}

/// Whether another job of a batch may be sent: a pure decision.
struct BatchPolicy: Sendable {
  enum Decision: Sendable, Hashable {
    case send
    /// Not before one that is under way has come to its end.
    case wait
    /// Not at all; why.
    case hold(String)
  }

  /// Unknown outcomes in a row after which something is wrong that sending on would only make worse.
  static let mostUnknown = 5

  private let most: Int?
  private var sent = 0
  private var unknownInARow = 0
  private var reason: String?

  init(most: Int?) { self.most = most }

  /// What to do with the next job while `running` are under way.
  func decision(running: Int) -> Decision {
    if let reason { return .hold(reason) }
    guard let most else { return .send }
    if sent >= most { return .hold("as many jobs as may be sent (\(most)) were sent") }
    // What is under way may turn out to have been submitted before.
    return sent + running < most ? .send : .wait
  }

  /// Minds what became of a job.
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
      // It had all the time that a job may have. Each of the others would wait as long, for the same.
      reason = reason ?? "another job came to nothing before: \(submission.message ?? "it was not taken")"
    } else if unknownInARow >= Self.mostUnknown {
      reason = reason ?? "\(Self.mostUnknown) outcomes in a row are unknown; look at the ledger first"
    }
  }
}
