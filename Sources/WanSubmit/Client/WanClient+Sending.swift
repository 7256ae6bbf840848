import AssetOpening
import AssetSource
import Foundation
import Locations
public import WanCheck

extension WanClient {
  /// Sends a job, if it was not sent before, and says what became of it.
  ///
  /// Cancelling the task keeps a job that has not left from being sent; the answer to one that has left is waited for.
  ///
  /// - Parameters:
  ///   - job: what was proved valid. If that is longer ago than `configuration.freshness`, it is proved again first.
  ///   - force: whether to send again what was submitted before. What is unknown stays unknown.
  public func send(_ job: ValidatedJob, force: Bool = false) async -> Submission {
    let ticket: FetchTicket
    do throws(AssetError) { ticket = try await gate.enter("") } catch { return .cancelled }
    defer { ticket.release() }
    return await sendChecked(job, force)
  }

  /// What tells a job from any other in the ledger: 64 lower-case hex digits; `nil` if its body has no JSON form.
  public func fingerprint(of job: ValidatedJob) -> String? {
    JobFingerprint(job, base: configuration.base, key: configuration.key)?.text
  }

  /// What `send` would find in the ledger; nothing is sent, and nothing written.
  ///
  /// The state is `notSent` where the job would be sent.
  public func lookUp(_ job: ValidatedJob, force: Bool = false) async throws(LedgerError) -> Submission {
    guard let claim = claim(of: job) else { return Submission(.notSent) }
    return Self.known(try await ledger.peek(claim, force: force), claim)
      ?? Submission(.notSent, fingerprint: claim.fingerprint)
  }

  private func claim(of job: ValidatedJob) -> LedgerClaim? {
    LedgerClaim(job, configuration, spellings: ledger.baseSpellings)
  }

  // MARK: What was validated is what is sent

  private struct Stale: Error {
    let submission: Submission
  }

  private func freshened(_ job: ValidatedJob) async -> Result<ValidatedJob, Stale> {
    guard isStale(job) else { return .success(job) }
    func stale(_ message: String) -> Result<ValidatedJob, Stale> {
      .failure(Stale(submission: Submission(.notSent, message: message)))
    }
    guard let recheck else {
      return stale("it was checked more than \(configuration.freshness.components.seconds) s ago")
    }
    do throws(CancellationError) {
      switch try await recheck.recheck(job) {
      case .unchanged(let job): return .success(job)
      case .checkedAgain(.submittable(let job, _)): return .success(job)
      case .checkedAgain(.notSubmittable(let result)):
        let what = result.findings.first { $0.severity == .error || $0.effect == .unproved }
        return stale(
          "it changed since it was checked, and is \(result.verdict.rawValue) now"
            + (what.map { ": \($0.message) [\($0.rule)]" } ?? ""))
      }
    } catch {
      return .failure(Stale(submission: .cancelled))
    }
  }

  /// Clocks that were set do not make a check younger: what comes from the future is stale, too.
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
        // Before each try: what was fresh before the first may be stale after long pauses.
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
          // Should the process end while it waits, the ledger must not say that the request is under way.
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

  /// A row that says `sending`, or what is known already. What somebody else is sending just now is waited for.
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
        let message = "another process is sending it just now"
        return .failure(
          Known(
            submission: Submission(
              .unknown, fingerprint: claim.fingerprint, ledgerRow: row.id, message: message)))
      }
      // Looking costs others nothing; a claim would make them wait.
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
        message: "it was submitted before")
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
      // What became of it is known here, and must be said: the row goes on saying that the request is under way.
      submission.ledgerFailure = error.message
    }
    return submission
  }
}

extension WanClient {
  /// Settles a row with more patience than anybody else has: what is known here is known nowhere else.
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
  /// The queries of its URLs, which may be signatures: a server's words may repeat them outside of any URL.
  var signatures: [String] {
    let urls = assets.map(\.url) + [job.body?["webhook_url"]?.string].compactMap(\.self)
    return urls.flatMap { url -> [String] in
      guard let query = url.firstIndex(of: "?").map({ url[url.index(after: $0)...] }) else { return [] }
      let values = query.split(separator: "&").compactMap { $0.split(separator: "=", maxSplits: 1).last }
      return ([query] + values.filter { $0.utf8.count >= 8 }).map(String.init)
    }
  }
}

extension Submission {
  /// A job that was not sent because nobody wants it any more.
  static var cancelled: Submission { Submission(.notSent, message: "interrupted") }
}

extension ProviderError {
  /// The same with each invalid parameter at its place in the job.
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
