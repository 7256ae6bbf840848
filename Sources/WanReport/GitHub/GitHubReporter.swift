import Locations
public import WanCheck

/// The log of a GitHub workflow: the text report, and annotations at the lines of the findings.
///
/// GitHub shows ten annotations of each kind in a step: nine are findings, and the last one counts the rest.
public struct GitHubReporter: Reporter {
  /// The number of findings of each kind that are annotated.
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

  /// The beginning of the text report, which is empty.
  public mutating func begin() -> String { log.begin() }

  /// The text report's lines, then the annotations.
  public mutating func result(_ result: CheckResult, _ addition: ResultAddition?) -> String {
    var text = WorkflowLog.harmless(log.result(result, addition))
    for finding in result.findings where !finding.suppressed && !(quiet && finding.severity == .note) {
      if isAnnotated(Self.name(of: finding)) { text += annotation(of: finding, in: result).text }
    }
    if let addition { text += annotation(of: addition.content, result) }
    return text
  }

  /// The summary, then an annotation for each kind that has more findings than are annotated.
  public mutating func end(_ summary: Summary) -> String {
    var text = WorkflowLog.harmless(log.end(summary))
    if summary.isInterrupted {
      text +=
        WorkflowCommand(name: .error, properties: [("title", "wan-check")], message: Summary.interruption)
        .text
    }
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

  /// Whether one more annotation of this kind is shown; it is counted either way.
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

  /// An annotation for a job that a person must look at: it was refused, or its outcome is unknown.
  private mutating func annotation(of addition: any ResultAdditionContent, _ result: CheckResult) -> String {
    let standing = addition.state.standing
    guard standing == .refused || standing == .unknown, isAnnotated(.error) else { return "" }
    let reason = addition.message.map { ": \(displayText($0))" } ?? ""
    return WorkflowCommand(
      name: .error, properties: [("title", "submission")],
      message: "\(result.title): \(addition.state.words)\(reason)"
    ).text
  }
}
