public import WanCheck

/// The report as GitHub Flavored Markdown: the counts, a table of the inputs, then
/// the findings of each input.
///
/// The counts come first, so nothing is written before the end. The kept text is bounded by the
/// limit of the whole report.
public struct MarkdownReporter: Reporter {
  /// The largest summary of a step, in bytes, that GitHub accepts.
  public static let mostBytes = 1_048_576

  private var table: BoundedText
  private var details: BoundedText
  private var hasSubmissions = false
  private let overriddenLimits: String

  /// A report of a run, of at most `limit` bytes. A note says how much was left out.
  public init(_ context: ReportContext, limit: Int = mostBytes) {
    // Keeps room for the heading and the notes.
    let room = max(0, limit - 4096)
    overriddenLimits = context.overriddenLimits.map(\.id).joined(separator: ", ")
    table = BoundedText(room: room / 4)
    details = BoundedText(room: room - room / 4)
  }

  /// No text; the report is written at the end.
  public mutating func begin() -> String { "" }

  /// No text; the result is kept for the end.
  public mutating func result(_ result: CheckResult, _ addition: ResultAddition?) -> String {
    hasSubmissions = hasSubmissions || addition != nil
    table.add(Self.row(result, addition))
    let hasCopies = result.assets.contains { $0.localCopy != nil }
    if !result.findings.isEmpty || hasCopies || addition.map({ !$0.content.isFine }) ?? false {
      details.add(Self.section(result, addition))
    }
    return ""
  }

  /// The whole report.
  public mutating func end(_ summary: Summary) -> String {
    var text = "## wan-check: \(Self.headline(summary))\n"
    if !overriddenLimits.isEmpty {
      text += "\nJudged by other limits than documented: \(overriddenLimits).\n"
    }
    if summary.isInterrupted { text += "\n**\(Summary.interruption)**\n" }
    if let counts = summary.submissions { text += "\nJobs: \(counts.words).\n" }
    if !table.text.isEmpty {
      let submission = hasSubmissions ? " submission |" : ""
      text += "\n| verdict | input | errors | warnings | notes |\(submission)\n"
      text += "|---|---|--:|--:|--:|\(hasSubmissions ? "---|" : "")\n\(table.text)"
    }
    text += note(table.left, "input") + details.text + note(details.left, "input with findings")
    return text
  }

  private func note(_ left: Int, _ what: String) -> String {
    guard left > 0 else { return "" }
    return "\nLeft out, since a summary may not be longer: \(left) × \(what).\n"
  }

  private static func headline(_ summary: Summary) -> String {
    let verdicts = [
      (summary.invalid, "invalid"), (summary.inconclusive, "inconclusive"), (summary.valid, "valid"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return verdicts.isEmpty ? "no inputs" : verdicts.joined(separator: ", ")
  }

  private static func row(_ result: CheckResult, _ addition: ResultAddition?) -> String {
    func count(_ severity: Severity) -> String {
      let count = result.findings.count { $0.severity == severity && !$0.suppressed }
      return count == 0 ? "" : "\(count)"
    }
    let cells = [
      "\(symbol(result.verdict)) \(result.verdict.rawValue)", MarkdownText.prose(result.title), count(.error),
      count(.warning), count(.note),
    ]
    let state = addition.map { " \($0.content.state.words) |" } ?? ""
    return "| \(cells.joined(separator: " | ")) |\(state)\n"
  }

  private static func symbol(_ verdict: Verdict) -> String {
    switch verdict {
    case .valid: "✅"
    case .invalid: "❌"
    case .inconclusive: "❔"
    }
  }

  private static func section(_ result: CheckResult, _ addition: ResultAddition?) -> String {
    var text = "\n### \(symbol(result.verdict)) \(MarkdownText.prose(result.title))\n\n"
    for (index, finding) in result.findings.enumerated() {
      let place = finding.place.line.map { " \($0):\(finding.place.column ?? 1)" } ?? ""
      text +=
        "- **\(finding.label)**\(finding.suppressed ? " (suppressed)" : "") `\(finding.rule.rawValue)`\(place) "
      text += "\(MarkdownText.prose(result.sentence(finding)))\n"
      if let fix = finding.fix, !result.findings.repeats(fix, after: index) {
        let note = fix.note.map { " (\(MarkdownText.prose($0)))" } ?? ""
        text += "  - fix\(note): \(MarkdownText.code(fix.text))\n"
      }
    }
    for asset in result.assets {
      guard let clause = asset.localCopyClause else { continue }
      let role = result.kind == .job ? asset.role.map { "\($0.rawValue): " } ?? "" : ""
      text += "- \(MarkdownText.prose(role + clause))\n"
    }
    if let addition { text += addition.content.markdown() }
    return text
  }
}

/// A text that is built of pieces, up to a size.
private struct BoundedText {
  private(set) var text = ""
  /// The number of pieces that did not fit.
  private(set) var left = 0
  private var room: Int

  init(room: Int) { self.room = room }

  /// Adds a whole piece, or nothing of it.
  mutating func add(_ piece: String) {
    guard left == 0, piece.utf8.count <= room else {
      left += 1
      return
    }
    room -= piece.utf8.count
    text += piece
  }
}
