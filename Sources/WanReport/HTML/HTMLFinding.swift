import Locations
import WanCheck

/// One finding: the rule, the problem, its place, and how to fix it.
struct HTMLFinding {
  var finding: Finding
  var isJob: Bool

  var markup: Markup {
    """
    <li class="f \(style)"><span class="sev">\(style)</span> <div><p>\(subject)\(finding.message) \
    <code class="rule">\(finding.rule.rawValue)</code>\(finding.suppressed ? " (suppressed)" : "")</p>\(place)\(gauge)\(fix)</div></li>
    """
  }

  private var style: String {
    finding.effect == .unproved ? Effect.unproved.rawValue : finding.severity.rawValue
  }

  private var subject: Markup? {
    guard isJob, let role = finding.role else { return nil }
    return "<b>\(role.rawValue)</b>: "
  }

  private var place: Markup? {
    guard let line = finding.place.line else { return nil }
    let file = finding.place.file.map { "\($0):" } ?? "line "
    let pointer = finding.pointer.flatMap { $0.isEmpty ? nil : "  \($0)" } ?? ""
    return "<p class=\"faint place\">\(file)\(line):\(finding.place.column ?? 1)\(pointer)</p>"
  }

  /// The gauge of a limit of the job itself; a limit of an asset is shown with the asset.
  private var gauge: Markup? {
    guard isJob, finding.role == nil || !Self.isOfAsset(finding), let gauge = LimitGauge(finding) else {
      return nil
    }
    return "<ul class=\"gauges\">\(HTMLGauge(gauge: gauge).markup)</ul>"
  }

  private static func isOfAsset(_ finding: Finding) -> Bool {
    RuleCatalogue.entry(finding.rule)?.group != .job
  }

  private var fix: Markup? {
    guard let fix = finding.fix else { return nil }
    // Only a shell command gets a button to copy it, and only if it is shown exactly as it is.
    guard fix.kind == .command, displayText(fix.text) == fix.text else {
      return "<p class=\"advice\"><span class=\"sr\">Fix: </span>\(fix.text)</p>"
    }
    let note: Markup? = fix.note.map { "<p class=\"advice\">the command below \($0)</p>" }
    return """
      \(note)<div class="fix"><span class="sr">Fix: </span><code>\(fix.text)</code>\
      <button type="button" class="copy js" hidden>Copy</button></div>
      """
  }
}
