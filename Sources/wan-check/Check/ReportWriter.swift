import WanCheck
import WanReport

/// Writes a report as results come, keeps count, and remembers how the process should end.
struct ReportWriter {
  private var reporter: any Reporter
  private let output: StandardStream
  private let progress: ProgressDisplay?
  private let evidence: EvidenceLines?
  private var summary = Summary()
  private(set) var statuses: Set<ExitStatus> = []

  init(
    _ reporter: any Reporter, to output: StandardStream, progress: ProgressDisplay? = nil,
    evidence: EvidenceLines? = nil
  ) {
    self.evidence = evidence
    self.reporter = reporter
    self.output = output
    self.progress = progress
  }

  /// Whether nothing was reported, and nothing was wrong.
  var isEmpty: Bool { summary.inputs == 0 && statuses.isEmpty }

  mutating func begin() throws(OutputFailure) { try output.write(reporter.begin()) }

  mutating func end() throws(OutputFailure) { try output.write(reporter.end(summary)) }

  /// Reports one result, and what became of the job if it was to be sent.
  mutating func report(_ result: CheckResult, _ submission: SubmissionReport? = nil) throws(OutputFailure) {
    summary.count(result, submission)
    // Where jobs are to be sent, exit code 0 says that they were.
    switch submission == nil ? result.gatedVerdict : result.verdict {
    case .valid: break
    case .invalid: statuses.insert(.invalid)
    case .inconclusive: statuses.insert(.inconclusive)
    }
    if let evidence { try? write(evidence.text(result), to: .error) }
    try write(reporter.result(result, submission), to: output)
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
    do {
      try await work(&self)
    } catch is CancellationError {
      return .interrupted
    } catch let failure as OutputFailure where failure.isClosedPipe {
      // What was not read needs no writing; the verdicts so far stand.
    } catch let failure as OutputFailure {
      statuses.insert(failure.exitStatus)
    }
    return ExitStatus.first(of: statuses)
  }

  /// Writes `text`; on a terminal the line of progress makes room for it.
  private func write(_ text: String, to stream: StandardStream) throws(OutputFailure) {
    guard let progress, !text.isEmpty, stream.isTerminal else { return try stream.write(text) }
    try progress.makingRoom { () throws(OutputFailure) in try stream.write(text) }
  }
}
