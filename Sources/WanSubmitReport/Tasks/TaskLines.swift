import AssetOpening
import AssetSource
import Locations
import MediaFacts
import WanCheck
import WanReport
import WanSubmit

/// The text report of a task: one line with its status, and lines for the details.
package struct TaskLines: Sendable {
  private let palette: Palette
  private let showURLs: Bool

  private static let wordWidth = 12
  private static let indent = String(repeating: " ", count: wordWidth + 2)

  /// A text report, with or without colour and the queries of URLs.
  package init(color: Bool, showURLs: Bool) {
    self.init(palette: Palette(enabled: color), showURLs: showURLs)
  }

  init(palette: Palette, showURLs: Bool) {
    self.palette = palette
    self.showURLs = showURLs
  }

  /// The lines of `report`, each with a line break.
  package func text(_ report: TaskReport) -> String {
    let kind = report.ending.kind
    let word = kind == .completedWithNothing ? "failed" : displayText(kind.rawValue)
    let gap = String(repeating: " ", count: max(0, Self.wordWidth - word.count) + 2)
    var head = palette.paint(word, style(report)) + gap + palette.paint(displayText(report.taskID), .strong)
    if let id = report.job.jobID { head += " id \(displayText(id))" }
    var details = details(report)
    if details.count == 1 { head += "  " + details.removeFirst() }
    if !details.isEmpty { head += "  \(details.count) results" }
    if kind == .completed, let ordered = ordered(report.job) {
      head += "   " + palette.paint("(ordered: \(ordered))", .faint)
    }
    if let message = message(report.ending) { head += "  " + displayText(message) }
    var lines = [head] + details.map { Self.indent + $0 }
    if let command = report.continuation {
      lines.append("\(Self.indent)\(palette.paint("go on:", .fix)) \(displayText(command))")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func style(_ report: TaskReport) -> Palette.Style {
    switch report.outcome {
    case .good: .good
    case .open: .doubtful
    case .bad: .bad
    }
  }

  private func message(_ ending: TaskEnding) -> String? {
    guard ending.kind == .pending else { return ending.message }
    return ending.task.map { "\($0.status), not ended yet" } ?? "not asked"
  }

  /// One line for each result: the file, or the URL if nothing was to be fetched.
  private func details(_ report: TaskReport) -> [String] {
    guard report.ending.kind == .completed else { return [] }
    guard !report.files.isEmpty else { return report.generated(showURLs: showURLs) }
    return report.files.map { result in
      guard let file = result.file else {
        return palette.paint("not fetched:", .bad) + " " + displayText(result.failure?.message ?? "")
      }
      let size = ByteSize.exactly(file.bytes)
      let shape = AssetLine.text(result.facts ?? MediaFacts(), size)
      var line = "\(displayText(shape))  -> \(displayText(file.path))"
      if file.alreadyThere { line += " (already downloaded)" }
      if let remark = result.remark { line += "  " + palette.paint(displayText(remark), .doubtful) }
      return line
    }
  }

  private func ordered(_ job: TaskOrigin) -> String? {
    let parts = [job.duration.map { "\($0) s" }, job.resolution.map { displayText($0) }].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
