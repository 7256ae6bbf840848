import AssetSource
public import WanCheck
import WanSubmit

/// The log of a GitHub workflow: the report for people, and annotations at the lines of what is wrong.
///
/// GitHub shows ten annotations of a kind in a step: nine are findings, and the last counts the rest.
public struct GitHubReporter: Reporter {
  /// Findings of a kind that are annotated.
  public static let mostAnnotations = 9

  private let context: ReportContext
  private let quiet: Bool
  private var log: TextReporter
  private var counts: [WorkflowCommand.Name: Int] = [:]

  /// A report of a run. Where the listing is the summary or nothing, so is the log, and notes are not annotated.
  public init(_ context: ReportContext, listing: TextListing = .everything) {
    self.context = context
    quiet = listing == .summary || listing == .nothing
    log = TextReporter(context, listing: quiet ? listing : .everything, showsExcerpts: false)
  }

  /// Nothing.
  public mutating func begin() -> String { log.begin() }

  /// The lines for people, then the annotations.
  public mutating func result(_ result: CheckResult, _ submission: SubmissionReport?) -> String {
    var text = WorkflowLog.harmless(log.result(result, submission))
    for finding in result.findings where !finding.suppressed && !(quiet && finding.severity == .note) {
      if isAnnotated(Self.name(of: finding)) { text += annotation(of: finding, in: result).text }
    }
    if let submission { text += annotation(of: submission, result) }
    return text
  }

  /// The summary, then an annotation for each kind of which there were more.
  public mutating func end(_ summary: Summary) -> String {
    var text = WorkflowLog.harmless(log.end(summary))
    for name in WorkflowCommand.Name.allCases {
      let left = counts[name, default: 0] - Self.mostAnnotations
      guard left > 0 else { continue }
      let noun = "\(name.rawValue)\(left == 1 ? "" : "s")"
      text +=
        WorkflowCommand(
          name: name, properties: [("title", "wan-check")],
          message: "\(left) more \(noun); the log of this step shows each"
        ).text
    }
    return text
  }

  /// Whether one more of a kind is shown as an annotation; it counts either way.
  private mutating func isAnnotated(_ name: WorkflowCommand.Name) -> Bool {
    counts[name, default: 0] += 1
    return counts[name, default: 0] <= Self.mostAnnotations
  }

  private func annotation(of finding: Finding, in result: CheckResult) -> WorkflowCommand {
    let place = FindingPlace(of: finding, in: result, context.paths)
    var properties: [(String, String)] = []
    if place.isFile { properties += [("file", place.path), ("line", "\(place.line)")] }
    if place.isFile, let column = place.column { properties.append(("col", "\(column)")) }
    properties.append(("title", finding.rule.rawValue + (finding.effect == .unproved ? " (unproved)" : "")))
    let fix = finding.fix.map { "\nfix: \(displayText($0.text))" } ?? ""
    return WorkflowCommand(
      name: Self.name(of: finding), properties: properties, message: result.sentence(finding) + fix)
  }

  private static func name(of finding: Finding) -> WorkflowCommand.Name {
    switch finding.severity {
    case .error: .error
    case .warning: .warning
    case .note: .notice
    }
  }

  /// A job that needs a person: it was refused, or its outcome is unknown.
  private mutating func annotation(of report: SubmissionReport, _ result: CheckResult) -> String {
    let submission = report.submission
    guard submission.state == .refused || submission.state == .unknown else { return "" }
    let reason = submission.message.map { ": \(displayText($0))" } ?? ""
    guard isAnnotated(.error) else { return "" }
    return WorkflowCommand(
      name: .error, properties: [("title", "submission")],
      message: "\(result.title): \(submission.state.words)\(reason)"
    ).text
  }
}
