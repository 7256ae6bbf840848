import WanCheck
import WanSubmit
import WanSubmitReport

/// Checks jobs, asks for confirmation, sends and follows them, and reports each job in input order when all
/// of its facts are known.
struct SubmitRun {
  let client: WanClient
  let options: SubmitOptions
  let showURLs: Bool
  /// The options that suggested commands repeat, each after a space.
  let repeated: (ledger: String, provider: String)
  let checks: CheckPipeline
  var writer: ReportWriter
  let follower: TaskFollower?
  /// Whether the progress of tasks is printed.
  let tellsProgress: Bool

  /// One checked job and its outcome.
  private struct Entry {
    var result: CheckResult
    var job: ValidatedJob?
    /// The expected outcome, as far as it is known before anything is sent.
    var foreseen: Submission?
    var report: SubmissionReport?

    /// Whether the job is expected to be submitted after this run, now or before.
    var canBeSent: Bool {
      guard let foreseen, foreseen.ledgerFailure == nil else { return false }
      return foreseen.state == .notSent || foreseen.state == .alreadySubmitted
    }

    /// The report of a job that must not be sent.
    var kept: SubmissionReport {
      let why = result.verdict == .valid ? result.notSubmittableBecause.compactMap(\.words) : []
      return SubmissionReport(Submission(.notSent, message: why.isEmpty ? nil : why.joined(separator: "; ")))
    }
  }

  private enum Event: Sendable {
    case sent(Int, Submission)
    case followed(Int, TaskReport)
    case allSent
  }

  /// Sends the jobs of `inputs` that can be sent, and returns the exit status.
  mutating func submit(_ inputs: InputReader) async throws -> ExitStatus {
    let run = self
    return try await writer.status { writer in
      try writer.begin()
      var entries: [Entry] = []
      try await run.checks.check(inputs) { outcome in
        switch outcome {
        case .misuse(let message): writer.complain(message, .usage)
        case .job(.submittable(let job, let result)): entries.append(Entry(result: result, job: job))
        case .job(.notSubmittable(let result)), .asset(let result): entries.append(Entry(result: result))
        }
      }
      if entries.isEmpty, writer.isEmpty { writer.complain("no jobs found", .usage) }
      await run.foresee(&entries)
      if let reason = await run.objection(entries, writer.statuses) {
        for (index, entry) in entries.enumerated() {
          entries[index].report = run.unsent(entry, reason)
        }
        var failure: OutputFailure?
        for entry in entries {
          do throws(OutputFailure) { try run.report(entry, &writer) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
      } else {
        try await run.send(&entries, &writer)
      }
      if Task.isCancelled { writer.interrupt() }
      try writer.end()
      if Task.isCancelled { throw CancellationError() }
    }
  }

  // MARK: Before anything is sent

  private var batch: SubmissionBatch {
    SubmissionBatch(client, most: options.maxJobs, force: options.force)
  }

  private func foresee(_ entries: inout [Entry]) async {
    let places = entries.indices.filter { entries[$0].job != nil }
    let foreseen = await batch.foresee(places.compactMap { entries[$0].job })
    for (place, submission) in zip(places, foreseen) { entries[place].foreseen = submission }
  }

  /// Why no job is sent at all; `nil` if all valid jobs can be sent.
  private func objection(_ entries: [Entry], _ statuses: Set<ExitStatus>) async -> String? {
    if statuses.contains(.usage) { return "nothing is sent if an argument is not an input" }
    // Jobs that are submitted in the ledger cost nothing, so they do not count.
    let count = Set(entries.compactMap(\.foreseen).filter { $0.state == .notSent }.map(\.fingerprint)).count
    let most = options.maxJobs ?? count
    if options.allOrNothing, count > most || !entries.allSatisfy(\.canBeSent) {
      return "not every job can be sent (--all-or-nothing)"
    }
    if options.dryRun { return "this is a dry run" }
    guard !options.yes, Confirmation.isAsked, count > 0 else { return nil }
    return await Confirmation.isGiven(min(count, most), of: entries.count, client.configuration.base)
      ? nil : "the question was not confirmed"
  }

  /// The report of a job that is not sent; an outcome in the ledger has priority over `reason`.
  private func unsent(_ entry: Entry, _ reason: String) -> SubmissionReport {
    guard let job = entry.job, var known = entry.foreseen else { return entry.kept }
    guard known.state == .notSent else { return SubmissionReport(known) }
    known.message = reason
    return SubmissionReport(
      known, request: options.dryRun ? client.preview(of: job, showingURLs: showURLs) : nil)
  }

  // MARK: Sending

  private func send(_ entries: inout [Entry], _ writer: inout ReportWriter) async throws {
    let places = entries.indices.filter { entries[$0].job != nil }
    let jobs = places.compactMap { entries[$0].job }
    for index in entries.indices where entries[index].job == nil {
      entries[index].report = entries[index].kept
    }
    var reported = 0
    // Even if the output is closed, the outcomes of the jobs still determine the exit status.
    var failure: OutputFailure?
    func reportReady(_ entries: [Entry], _ writer: inout ReportWriter) {
      while reported < entries.count, entries[reported].report != nil {
        do throws(OutputFailure) {
          try report(entries[reported], &writer)
        } catch {
          failure = failure ?? error
        }
        reported += 1
      }
    }
    reportReady(entries, &writer)
    if let failure {
      for index in places { entries[index].report = SubmissionReport(Submission(.notSent)) }
      reportReady(entries, &writer)
      throw failure
    }
    let events = EventQueue<Event>()
    let batch = batch
    let origins = entries.map { TaskOrigin($0.job, $0.result.id) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        await batch.send(jobs) { index, submission in events.push(.sent(places[index], submission)) }
        events.push(.allSent)
      }
      var pending: [Int: Submission] = [:]
      var isSent = false
      while !isSent || !pending.isEmpty {
        switch await events.next() {
        case .allSent: isSent = true
        case .sent(let index, let submission):
          if follower != nil, let task = submission.taskID {
            pending[index] = submission
            let origin = origins[index]
            group.addTask {
              events.push(.followed(index, await follow(task, origin, submission.task)))
            }
          } else {
            entries[index].report = SubmissionReport(submission)
          }
        case .followed(let index, let task):
          let submission = pending.removeValue(forKey: index) ?? Submission(.unknown)
          entries[index].report = SubmissionReport(submission, task: task)
        }
        reportReady(entries, &writer)
        // No further job is sent if the report cannot be written. The outcomes of
        // jobs under way still arrive.
        if failure != nil { group.cancelAll() }
      }
      try await group.waitForAll()
    }
    if let failure { throw failure }
  }

  /// Follows a task until it ends, the time is up, or the run is cancelled.
  private func follow(_ task: String, _ origin: TaskOrigin, _ last: WanTask?) async -> TaskReport {
    let patience = Duration.seconds(options.waitTimeout)
    let followed = try? await follower?.follow(task, of: origin, patience: patience) { task in
      if tellsProgress { TaskProgress.tell(task) }
    }
    if let followed { return followed }
    var report = TaskReport(taskID: task, job: origin, ending: TaskEnding(last: last))
    report.continuation = follower?.continuation.command(task)
    return report
  }

  /// Records the exit status even if the report cannot be written.
  private func report(_ entry: Entry, _ writer: inout ReportWriter) throws(OutputFailure) {
    var report = entry.report ?? SubmissionReport(Submission(.notSent))
    (report.ledgerOption, report.providerOptions) = repeated
    var failure: OutputFailure?
    do throws(OutputFailure) { try writer.report(entry.result, report) } catch { failure = error }
    let submission = report.submission
    switch submission.state {
    case .submitted, .alreadySubmitted: break
    case .refused: writer.note(.refused)
    case .unknown: writer.note(.unknownOutcome)
    case .notSent, .sending, .unrecognized:
      // An invalid or inconclusive job has its own exit code.
      if entry.result.verdict == .valid, !options.dryRun || entry.job == nil { writer.note(.unfinished) }
    }
    if let failure = submission.ledgerFailure {
      writer.complain("the ledger cannot be written: \(failure)", .internalError)
    }
    if let status = report.task?.exitStatus { writer.note(status) }
    if let failure { throw failure }
  }
}

extension TaskOrigin {
  /// The requested duration and resolution of a job, with the defaults for missing fields.
  fileprivate init(_ job: ValidatedJob?, _ id: String?) {
    self.init(jobID: id)
    guard let job else { return }
    duration = job.orderedDuration
    resolution = job.orderedResolution
  }
}

extension NotSubmittableReason {
  /// The reason for people, with advice; `nil` if the findings contain it.
  fileprivate var words: String? {
    switch self {
    case .depth: "depth `header` proves too little; use `--depth full`"
    case .localAsset: "an asset was read from a local copy, not from its URL"
    case .noDigest: "not every asset was read to its end"
    case .overrides: "the job was not judged by the documented limits; to send it, use `--accept-overrides`"
    case .privateHosts: "an asset is on a private host; to send the job, use `--allow-private-hosts`"
    default: nil
    }
  }
}
