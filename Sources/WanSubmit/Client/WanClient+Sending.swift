import AssetOpening
import AssetSource
import Foundation
import JobDocuments
import Locations
public import WanCheck

extension WanClient {
  /// Sends a job that was not sent before, and returns the outcome.
  ///
  /// Cancelling the task stops a job that has not left. If the request has left, this call
  /// still waits for the answer.
  ///
  /// - Parameters:
  ///   - job: a job that was proved valid. A check older than `configuration.freshness` is repeated first.
  ///   - force: whether a job that was submitted before is sent again. An unknown one
  ///     is not sent in any case.
  public func send(_ job: ValidatedJob, force: Bool = false) async -> Submission {
    let ticket: FetchTicket
    do throws(AssetError) { ticket = try await gate.enter("") } catch { return .cancelled }
    defer { ticket.release() }
    return await sendChecked(job, force)
  }

  /// The job's fingerprint in the ledger, 64 lower-case hex digits; `nil` if its body has no JSON form.
  public func fingerprint(of job: ValidatedJob) -> String? {
    JobFingerprint(job, base: configuration.base, key: configuration.key)?.text
  }

  /// The state that `send` would find in the ledger. Nothing is sent or written.
  ///
  /// The state is `notSent` if the job would be sent.
  public func lookUp(_ job: ValidatedJob, force: Bool = false) async throws(LedgerError) -> Submission {
    guard let claim = claim(of: job) else { return Submission(.notSent) }
    return Self.known(try await ledger.peek(claim, force: force), claim)
      ?? Submission(.notSent, fingerprint: claim.fingerprint)
  }

  private func claim(of job: ValidatedJob) -> LedgerClaim? {
    LedgerClaim(job, configuration, spellings: ledger.baseSpellings)
  }

  // MARK: The validated job is the one that is sent

  private struct Stale: Error {
    let submission: Submission
  }

  private func freshened(_ job: ValidatedJob) async -> Result<ValidatedJob, Stale> {
    guard isStale(job) else { return .success(job) }
    func stale(_ message: String) -> Result<ValidatedJob, Stale> {
      .failure(Stale(submission: Submission(.notSent, message: message)))
    }
    guard let recheck else {
      return stale("the job was checked more than \(configuration.freshness.components.seconds) s ago")
    }
    do throws(CancellationError) {
      switch try await recheck.recheck(job) {
      case .unchanged(let job): return .success(job)
      case .checkedAgain(.submittable(let job, _)): return .success(job)
      case .checkedAgain(.notSubmittable(let result)):
        let what = result.findings.first { $0.severity == .error || $0.effect == .unproved }
        return stale(
          "the job changed after it was checked, and is \(result.verdict.rawValue) now"
            + (what.map { ": \($0.message) [\($0.rule)]" } ?? ""))
      }
    } catch {
      return .failure(Stale(submission: .cancelled))
    }
  }

  /// Whether the check is too old. A check from the future is also stale: the clock may have been changed.
  private func isStale(_ job: ValidatedJob) -> Bool {
    let now = now()
    let limit = configuration.freshness / .seconds(1)
    return job.provedAt.duration(to: .now) > configuration.freshness
      || job.assets.contains { !(0...limit).contains(now - $0.checkedAt) }
  }

  // MARK: Sending

  private func sendChecked(_ checked: ValidatedJob, _ force: Bool) async -> Submission {
    var job = checked
    var fingerprint: String?
    var machine = SendingMachine(limit: configuration.sendingLimit)
    let start = ContinuousClock.now
    do throws(LedgerError) {
      while true {
        guard await waitForPace(since: start) else {
          return Submission(
            .notSent, fingerprint: fingerprint ?? self.fingerprint(of: job),
            message: Task.isCancelled
              ? "interrupted"
              : "the requests are rate-limited (429); \(RetryAdvice.words(after: pace.pause, now: now()))")
        }
        // Before each try: after long pauses, a check may have become too old.
        switch await freshened(job) {
        case .success(let fresh): job = fresh
        case .failure(let stale): return stale.submission
        }
        guard let claim = claim(of: job) else {
          return Submission(.notSent, message: "the body holds a number that has no JSON form")
        }
        fingerprint = claim.fingerprint
        let row: Int64
        switch try await claimed(claim, force) {
        case .success(let claimed): row = claimed
        case .failure(let known): return known.submission
        }
        let event = await tryOnce(job)
        let action = machine.next(
          after: event, elapsed: start.duration(to: .now), jitter: .random(in: 0...1))
        switch action {
        case .end(let outcome):
          return await settled(outcome, row, job, claim)
        case .sendAgain(let pause, let why):
          // If the process ends during the pause, the row must not say that the request is under way.
          try await ledger.settle(row, as: .notSent(why), now: now())
          do { try await Task.sleep(for: pause) } catch {
            return Submission(
              .notSent, fingerprint: claim.fingerprint, ledgerRow: row, message: "interrupted, after \(why)")
          }
        }
      }
    } catch {
      var submission = Submission(
        .notSent, fingerprint: fingerprint, message: "the ledger cannot be written: \(error.message)")
      submission.ledgerFailure = error.message
      return submission
    }
  }

  private func tryOnce(_ job: ValidatedJob) async -> SendingMachine.Event {
    let request = ProviderRequest(method: .post, path: ProviderBase.endpoint, body: job.body)
    switch await post(request) {
    case .notEstablished(let why): return .notEstablished(why)
    case .lost(let why): return .lost(why)
    case .answered(let answer):
      pace.mind(RateLimit(headers: { answer[$0] }, now: now()))
      return .answered(AnswerReading(answer, now: now(), secrets: [configuration.key.text] + job.signatures))
    }
  }

  private func waitForPace(since start: ContinuousClock.Instant) async -> Bool {
    while true {
      if Task.isCancelled { return false }
      let pause = pace.pause
      guard pause > .zero else { return true }
      guard start.duration(to: .now) + pause < configuration.sendingLimit else { return false }
      do { try await Task.sleep(for: pause) } catch { return false }
    }
  }

  // MARK: The ledger

  private struct Known: Error {
    let submission: Submission
  }

  /// Creates a row with the state `sending`, or returns the known outcome. It waits while
  /// another process sends the job.
  private func claimed(_ claim: LedgerClaim, _ force: Bool) async throws(LedgerError) -> Result<Int64, Known>
  {
    let patience = configuration.connectLimit + configuration.answerLimit + .seconds(10)
    let deadline = ContinuousClock.now.advanced(by: patience)
    var decision = try await ledger.claim(claim, force: force, now: now())
    while case .inFlight(let row) = decision {
      do {
        guard ContinuousClock.now < deadline else { throw CancellationError() }
        try await Task.sleep(for: .milliseconds(100))
      } catch {
        let message = "another process is sending the job now"
        return .failure(
          Known(
            submission: Submission(
              .unknown, fingerprint: claim.fingerprint, ledgerRow: row.id, message: message)))
      }
      // Reading does not delay other processes; a claim would.
      if case .inFlight = try await ledger.peek(claim, force: force) { continue }
      decision = try await ledger.claim(claim, force: force, now: now())
    }
    if case .send(let row) = decision { return .success(row) }
    return .failure(Known(submission: Self.known(decision, claim) ?? .cancelled))
  }

  private static func known(_ decision: ClaimDecision, _ claim: LedgerClaim) -> Submission? {
    switch decision {
    case .send: nil
    case .alreadySubmitted(let row):
      Submission(
        .alreadySubmitted, taskID: row.taskID, fingerprint: claim.fingerprint, ledgerRow: row.id,
        message: "the job was submitted before")
    case .unknown(let row), .inFlight(let row):
      Submission(
        .unknown, fingerprint: claim.fingerprint, ledgerRow: row.id,
        message: row.message ?? "an earlier request was under way, and its answer is not known")
    case .conflict(let row):
      Submission(
        .refused, fingerprint: claim.fingerprint, ledgerRow: row.id,
        message:
          "the id \(displayText(claim.jobID ?? "")) belongs to another job (row \(row.id) of the ledger)")
    }
  }

  private func settled(
    _ outcome: SendingOutcome, _ row: Int64, _ job: ValidatedJob, _ claim: LedgerClaim
  ) async -> Submission {
    var outcome = outcome
    if case .notSent(let why, let error?) = outcome, let pause = error.rateLimit.pause {
      outcome = .notSent("\(why); \(RetryAdvice.words(after: pause, now: now()))", error)
    }
    var submission = Submission(outcome.state, fingerprint: claim.fingerprint, ledgerRow: row)
    submission.wasSent = true
    switch outcome {
    case .submitted(let task):
      submission.taskID = task.id
      submission.task = task
    case .refused(let error):
      let error = error.placed(in: job.job)
      submission.error = error
      submission.message = error.description
    case .unknown(let why, let error), .notSent(let why, let error):
      submission.message = why
      submission.error = error
    }
    do throws(LedgerError) {
      try await settle(row, as: outcome)
    } catch {
      // The caller must learn the outcome, because the row still says that the request is under way.
      submission.ledgerFailure = error.message
    }
    return submission
  }
}

extension WanClient {
  /// Settles a row, with more attempts than other writes have, because only this process knows the outcome.
  private func settle(_ row: Int64, as outcome: SendingOutcome) async throws(LedgerError) {
    for _ in 0..<5 {
      do throws(LedgerError) {
        return try await ledger.settle(row, as: outcome, now: now())
      } catch {
        guard error.code == .busy else { throw error }
      }
    }
    try await ledger.settle(row, as: outcome, now: now())
  }
}

extension ValidatedJob {
  /// The queries of the job's URLs, which may be signatures. A server's message may
  /// repeat them outside of a URL.
  var signatures: [String] {
    let urls = assets.map(\.url) + [job.text(.webhook)].compactMap(\.self)
    return urls.flatMap { url -> [String] in
      guard let query = url.firstIndex(of: "?").map({ url[url.index(after: $0)...] }) else { return [] }
      let values = query.split(separator: "&").compactMap { $0.split(separator: "=", maxSplits: 1).last }
      return ([query] + values.filter { $0.utf8.count >= 8 }).map(String.init)
    }
  }
}

extension Submission {
  /// The outcome of a job that was cancelled before it was sent.
  static var cancelled: Submission { Submission(.notSent, message: "interrupted") }
}

extension ProviderError {
  /// The same error, with the place in the job of each invalid parameter.
  fileprivate func placed(in job: Job) -> ProviderError {
    var error = self
    error.invalidParameters = invalidParameters.map { parameter in
      guard let (pointer, place) = job.field(namedByProvider: parameter.name) else { return parameter }
      var parameter = parameter
      parameter.pointer = pointer
      parameter.place = place
      return parameter
    }
    return error
  }
}
