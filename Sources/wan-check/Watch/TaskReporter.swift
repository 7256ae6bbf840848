import WanReport
import WanSubmit

/// Renders the reports of tasks in one of the formats; what it returns is written as it is.
struct TaskReporter: Sendable {
  private let format: OutputFormat
  private let lines: TaskLines
  private let showURLs: Bool
  private let quiet: Bool
  private var isFirst = true

  /// A reporter; `quiet` leaves out what ended well, from text alone.
  init(_ format: OutputFormat, color: Bool = false, showURLs: Bool = false, quiet: Bool = false) {
    self.format = format
    self.showURLs = showURLs
    self.quiet = quiet
    lines = TaskLines(color: color, showURLs: showURLs)
  }

  /// What comes before the first task.
  func begin() -> String {
    guard format == .json else { return "" }
    let tool = JSONDocument.text(["name": "wan-check", "version": ToolVersion.current])
    return """
      {
        "schema_version": \(JSONDocument.schemaVersion),
        "tool": \(tool),
        "tasks": [
      """
  }

  /// One task.
  mutating func task(_ report: TaskReport) -> String {
    let json = JSONTaskReport(report: report, showURLs: showURLs)
    switch format {
    case .text, .html: return quiet && report.exitStatus == .valid ? "" : lines.text(report)
    case .jsonl: return JSONDocument.text(json) + "\n"
    case .json:
      let separator = isFirst ? "\n" : ",\n"
      isFirst = false
      let text = JSONDocument.text(json, pretty: true)
      return separator + text.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    }
  }

  /// What comes after the last task.
  func end(_ summary: TaskSummary) -> String {
    switch format {
    case .text, .html: summary.tasks > 1 && !quiet ? "\n\(summary.text)\n" : ""
    case .jsonl: JSONDocument.text(["summary": summary]) + "\n"
    case .json: (isFirst ? "" : "\n  ") + "],\n  \"summary\": \(JSONDocument.text(summary))\n}\n"
    }
  }
}

/// How many tasks came to which end.
struct TaskSummary: Sendable, Hashable, Encodable {
  /// Tasks.
  private(set) var tasks = 0
  /// Tasks that made something.
  private(set) var completed = 0
  /// Tasks that failed, or made nothing.
  private(set) var failed = 0
  /// Tasks that the provider will not tell of.
  private(set) var refused = 0
  /// Tasks that had not ended when the time was up.
  private(set) var pending = 0
  /// Tasks that could not be asked for.
  private(set) var unreachable = 0
  /// Results that lie in the folder.
  private(set) var files = 0

  /// Counts a task.
  mutating func count(_ report: TaskReport) {
    tasks += 1
    files += report.files.count { $0.file != nil }
    switch report.ending.kind {
    case .completed: completed += 1
    case .failed, .completedWithNothing: failed += 1
    case .refused: refused += 1
    case .pending: pending += 1
    default: unreachable += 1
    }
  }

  /// The counts for people.
  var text: String {
    let parts = [
      (completed, "completed"), (failed, "failed"), (refused, "refused"), (pending, "pending"),
      (unreachable, "unreachable"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return "\(tasks) tasks: \(parts.joined(separator: ", "))"
  }
}
