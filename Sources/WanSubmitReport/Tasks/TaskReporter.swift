import WanReport
import WanSubmit

/// The formats for lists of tasks and of rows.
package enum ListFormat: String, Sendable, CaseIterable {
  case text
  case json
  case jsonl
}

/// Renders reports of tasks in one of the formats. The returned text is written unchanged.
package struct TaskReporter: Sendable {
  private let format: ListFormat
  private let lines: TaskLines
  private let showURLs: Bool
  private let quiet: Bool
  private let version: String
  private var isFirst = true

  /// A reporter of this version of the tool. With `quiet`, text leaves out tasks that ended well.
  package init(
    _ format: ListFormat, version: String, color: Bool = false, showURLs: Bool = false, quiet: Bool = false
  ) {
    self.version = version
    self.format = format
    self.showURLs = showURLs
    self.quiet = quiet
    lines = TaskLines(color: color, showURLs: showURLs)
  }

  /// The text before the first task.
  package func begin() -> String {
    guard format == .json else { return "" }
    let tool = JSONDocument.text(["name": "wan-check", "version": version])
    return """
      {
        "schema_version": \(JSONDocument.schemaVersion),
        "tool": \(tool),
        "tasks": [
      """
  }

  /// The text of one task.
  package mutating func task(_ report: TaskReport) -> String {
    let json = JSONTaskReport(report: report, showURLs: showURLs)
    switch format {
    case .text: return quiet && report.outcome == .good ? "" : lines.text(report)
    case .jsonl: return JSONDocument.text(json) + "\n"
    case .json:
      let separator = isFirst ? "\n" : ",\n"
      isFirst = false
      let text = JSONDocument.text(json, pretty: true)
      return separator + text.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    }
  }

  /// The text after the last task.
  package func end(_ summary: TaskSummary) -> String {
    switch format {
    case .text: summary.tasks > 1 && !quiet ? "\n\(summary.text)\n" : ""
    case .jsonl: JSONDocument.text(["summary": summary]) + "\n"
    case .json: (isFirst ? "" : "\n  ") + "],\n  \"summary\": \(JSONDocument.text(summary))\n}\n"
    }
  }
}

/// The number of tasks with each kind of ending.
package struct TaskSummary: Sendable, Hashable, Encodable {
  /// The number of tasks.
  package private(set) var tasks = 0
  /// The number of tasks with results.
  package private(set) var completed = 0
  /// The number of tasks that failed, or have no results.
  package private(set) var failed = 0
  /// The number of tasks that the provider refused to report.
  package private(set) var refused = 0
  /// The number of tasks that had not ended when the time was up.
  package private(set) var pending = 0
  /// The number of tasks whose status could not be fetched.
  package private(set) var unreachable = 0
  /// The number of results in the folder.
  package private(set) var files = 0

  /// A summary of no tasks.
  package init() {}

  /// Counts a task.
  package mutating func count(_ report: TaskReport) {
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
  package var text: String {
    let parts = [
      (completed, "completed"), (failed, "failed"), (refused, "refused"), (pending, "pending"),
      (unreachable, "unreachable"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return "\(tasks) tasks: \(parts.joined(separator: ", "))"
  }
}
