import AssetSource
import WanCheck
import WanReport
import WanSubmitReport

/// Writes reports result by result, counts the results, and determines the exit status.
///
/// A check continues after standard output is closed, since its exit code covers every input. A submission
/// sends no further jobs.
struct ReportWriter {
  private var reporter: any Reporter
  private let output: StandardStream
  private var isOutputOpen = true
  private var files: ReportFiles
  private let goesOnUnread: Bool
  private let progress: ProgressDisplay?
  private let evidence: EvidenceLines?
  private let ignoresVerdicts: Bool
  private var hasBegun = false
  private var hasEnded = false
  private var summary = Summary()
  private var fixNames = FixNames { FileStamp.exists($0) }
  private(set) var statuses: Set<ExitStatus> = []

  init(
    _ reporter: any Reporter, to output: StandardStream, files: ReportFiles = ReportFiles(),
    goesOnUnread: Bool = true, progress: ProgressDisplay? = nil, evidence: EvidenceLines? = nil,
    ignoresVerdicts: Bool = false
  ) {
    self.ignoresVerdicts = ignoresVerdicts
    self.goesOnUnread = goesOnUnread
    self.evidence = evidence
    self.reporter = reporter
    self.output = output
    self.files = files
    self.progress = progress
  }

  /// Whether there was no result and no problem.
  var isEmpty: Bool { summary.inputs == 0 && statuses.isEmpty }

  mutating func begin() throws(OutputFailure) {
    hasBegun = true
    try write { $0.begin() }
  }

  /// Writes the end of every report, and moves each report file to its path.
  mutating func end() throws(OutputFailure) {
    hasEnded = true
    let summary = summary
    try write { $0.end(summary) }
    var failures: [String] = []
    files.commit { failures.append($0) }
    for failure in failures { complain(failure, .internalError) }
  }

  /// Marks the report of a run that was interrupted, so that it is not taken for a complete one.
  mutating func interrupt() { summary.isInterrupted = true }

  /// Ends the report on standard output after an interruption. The report files stay as they were.
  private mutating func endInterrupted() {
    guard hasBegun, !hasEnded, isOutputOpen else { return }
    hasEnded = true
    interrupt()
    // A failure cannot change the exit code any more.
    try? write(reporter.end(summary), to: output)
  }

  /// Reports one result, with the submission of its job if there is one.
  mutating func report(_ result: CheckResult, _ submission: SubmissionReport? = nil) throws(OutputFailure) {
    var result = result
    fixNames.settle(&result)
    summary.count(result, submission)
    // If jobs are to be sent, exit code 0 means that they were sent.
    switch submission == nil ? result.gatedVerdict : result.verdict {
    case .valid: break
    case _ where ignoresVerdicts: break
    case .invalid: statuses.insert(.invalid)
    case .inconclusive: statuses.insert(.inconclusive)
    }
    for refusal in files.drop(readBy: result) { complain(refusal, .usage) }
    if let evidence { try? write(evidence.text(result), to: .error) }
    try write { $0.result(result, submission) }
  }

  /// Prints `message` for a problem, records `status`, and continues.
  mutating func complain(_ message: String, _ status: ExitStatus) {
    statuses.insert(status)
    try? write("wan-check: \(message)\n", to: .error)
  }

  /// Records an exit status.
  mutating func note(_ status: ExitStatus) { statuses.insert(status) }

  /// The exit status after `work`, including the errors that it throws.
  mutating func status(after work: (inout ReportWriter) async throws -> Void) async throws -> ExitStatus {
    defer { files.discard() }
    do {
      try await work(&self)
    } catch is CancellationError {
      endInterrupted()
      return .interrupted
    } catch let failure as OutputFailure where failure.isClosedPipe {
      // Inputs that were not checked are not in the reports; the verdicts so far count.
    } catch let failure as OutputFailure {
      statuses.insert(failure.exitStatus)
    }
    return ExitStatus.first(of: statuses)
  }

  /// Writes the text that `render` returns for each reporter. Files come first: they are still written after
  /// standard output is closed.
  private mutating func write(_ render: (inout any Reporter) -> String) throws(OutputFailure) {
    var failures: [String] = []
    files.write(render) { failures.append($0) }
    for failure in failures { complain(failure, .internalError) }
    guard isOutputOpen else { return }
    do throws(OutputFailure) {
      try write(render(&reporter), to: output)
    } catch {
      // The exit code covers every input, even if the output is closed.
      guard error.isClosedPipe, goesOnUnread || !files.isEmpty else { throw error }
      isOutputOpen = false
    }
  }

  /// Writes `text`. On a terminal, the progress line is removed first.
  private func write(_ text: String, to stream: StandardStream) throws(OutputFailure) {
    guard let progress, !text.isEmpty, stream.isTerminal else { return try stream.write(text) }
    try progress.makingRoom { () throws(OutputFailure) in try stream.write(text) }
  }
}
