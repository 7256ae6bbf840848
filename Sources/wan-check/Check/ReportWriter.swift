import AssetSource
import WanCheck
import WanReport
import WanSubmitReport

/// Writes a report as results come, keeps count, and remembers how the process should end.
///
/// A check goes on after standard output is closed, since its exit code is about every input; a submission sends nothing
/// more.
struct ReportWriter {
  private var reporter: any Reporter
  private let output: StandardStream
  private var isOutputOpen = true
  private var files: ReportFiles
  private let goesOnUnread: Bool
  private let progress: ProgressDisplay?
  private let evidence: EvidenceLines?
  private var summary = Summary()
  private var fixNames = FixNames { FileStamp.exists($0) }
  private(set) var statuses: Set<ExitStatus> = []

  init(
    _ reporter: any Reporter, to output: StandardStream, files: ReportFiles = ReportFiles(),
    goesOnUnread: Bool = true, progress: ProgressDisplay? = nil, evidence: EvidenceLines? = nil
  ) {
    self.goesOnUnread = goesOnUnread
    self.evidence = evidence
    self.reporter = reporter
    self.output = output
    self.files = files
    self.progress = progress
  }

  /// Whether nothing was reported, and nothing was wrong.
  var isEmpty: Bool { summary.inputs == 0 && statuses.isEmpty }

  mutating func begin() throws(OutputFailure) { try write { $0.begin() } }

  /// The end of every report; each file is put in its place.
  mutating func end() throws(OutputFailure) {
    let summary = summary
    try write { $0.end(summary) }
    var failures: [String] = []
    files.commit { failures.append($0) }
    for failure in failures { complain(failure, .internalError) }
  }

  /// Reports one result, with the submission of its job if there is one.
  mutating func report(_ result: CheckResult, _ submission: SubmissionReport? = nil) throws(OutputFailure) {
    var result = result
    fixNames.settle(&result)
    summary.count(result, submission)
    // Where jobs are to be sent, exit code 0 says that they were.
    switch submission == nil ? result.gatedVerdict : result.verdict {
    case .valid: break
    case .invalid: statuses.insert(.invalid)
    case .inconclusive: statuses.insert(.inconclusive)
    }
    for refusal in files.drop(readBy: result) { complain(refusal, .usage) }
    if let evidence { try? write(evidence.text(result), to: .error) }
    try write { $0.result(result, submission) }
  }

  /// Something is not what it should be; `message` says what to the person, who goes on reading.
  mutating func complain(_ message: String, _ status: ExitStatus) {
    statuses.insert(status)
    try? write("wan-check: \(message)\n", to: .error)
  }

  /// Remembers how the process should end.
  mutating func note(_ status: ExitStatus) { statuses.insert(status) }

  /// What the process ends with after `work`, whatever kept it from its end.
  mutating func status(after work: (inout ReportWriter) async throws -> Void) async throws -> ExitStatus {
    defer { files.discard() }
    do {
      try await work(&self)
    } catch is CancellationError {
      return .interrupted
    } catch let failure as OutputFailure where failure.isClosedPipe {
      // What was not read needs no writing; the verdicts so far count.
    } catch let failure as OutputFailure {
      statuses.insert(failure.exitStatus)
    }
    return ExitStatus.first(of: statuses)
  }

  /// Writes what `render` makes of each reporter, to files first: they do not end when nobody reads standard output any
  /// more.
  private mutating func write(_ render: (inout any Reporter) -> String) throws(OutputFailure) {
    var failures: [String] = []
    files.write(render) { failures.append($0) }
    for failure in failures { complain(failure, .internalError) }
    guard isOutputOpen else { return }
    do throws(OutputFailure) {
      try write(render(&reporter), to: output)
    } catch {
      // The exit code is about every input, even if the output is closed.
      guard error.isClosedPipe, goesOnUnread || !files.isEmpty else { throw error }
      isOutputOpen = false
    }
  }

  /// Writes `text`; on a terminal the line of progress makes room for it.
  private func write(_ text: String, to stream: StandardStream) throws(OutputFailure) {
    guard let progress, !text.isEmpty, stream.isTerminal else { return try stream.write(text) }
    try progress.makingRoom { () throws(OutputFailure) in try stream.write(text) }
  }
}
