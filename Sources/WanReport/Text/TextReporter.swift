import Locations
import MediaFacts
public import WanCheck

/// The inputs that the report for people lists.
public enum TextListing: Sendable, Hashable {
  /// Every input, then the summary.
  case everything
  /// Every input if there are at most so many: what is wrong at once, the rest at the end. Else as `problems`.
  case upTo(Int)
  /// Every input that is not valid, has a warning, or was to be sent; then the summary, which counts the rest.
  case problems
  /// The summary alone.
  case summary
  /// Nothing.
  case nothing
}

/// The report for people: one line for what is valid, and for the rest each finding with what was measured, what is
/// allowed, and how to fix it.
public struct TextReporter: Reporter {
  private let palette: Palette
  private let listing: TextListing
  private let showsExcerpts: Bool
  private let showURLs: Bool
  private let overriddenLimits: String
  private let width: Int?
  private var inputs = 0
  /// Valid inputs that are listed at the end, if there are few inputs.
  private var held: [String] = []
  private var hasListed = false

  /// A report for people, in colour or not. With a `width`, text is folded to so many columns, but for commands to copy.
  public init(
    _ context: ReportContext, color: Bool = false, listing: TextListing = .everything, width: Int? = nil
  ) {
    self.init(context, color: color, listing: listing, width: width, showsExcerpts: true)
  }

  init(
    _ context: ReportContext, color: Bool = false, listing: TextListing, width: Int? = nil,
    showsExcerpts: Bool
  ) {
    palette = Palette(enabled: color)
    self.width = width
    self.listing = listing
    self.showsExcerpts = showsExcerpts
    showURLs = context.showURLs
    overriddenLimits = context.overriddenLimits.map(\.id).joined(separator: ", ")
  }

  /// Nothing.
  public mutating func begin() -> String { "" }

  /// The result's own line, lines for each finding, and those of the addition.
  public mutating func result(_ result: CheckResult, _ addition: ResultAddition?) -> String {
    inputs += 1
    let isCounted = addition == nil && result.isCountedOnly
    switch listing {
    case .summary, .nothing: return ""
    case .problems where isCounted: return ""
    case .upTo(let most) where isCounted:
      if inputs <= most { held.append(text(result, nil)) }
      return ""
    default:
      hasListed = true
      return text(result, addition)
    }
  }

  private func text(_ result: CheckResult, _ addition: ResultAddition?) -> String {
    var text = headline(result) + localCopies(result) + findings(result.findings, of: result)
    // A job that could not be sent anyway needs no further words.
    if let content = addition?.content, result.verdict == .valid || content.state.standing != .notDone {
      text += content.text(TextLayout(palette: palette, showURLs: showURLs, width: width))
    }
    return text
  }

  /// The inputs that waited for the end, and the counts.
  public mutating func end(_ summary: Summary) -> String {
    guard listing != .nothing, summary.inputs > 0 || summary.isInterrupted else { return "" }
    var listed = ""
    if case .upTo(let most) = listing, inputs <= most { listed = held.joined() }
    held = []
    return listed + (hasListed || !listed.isEmpty ? "\n" : "") + text(summary)
  }

  private func text(_ summary: Summary) -> String {
    let verdicts = [
      (summary.valid, "valid", Palette.Style.good), (summary.invalid, "invalid", .bad),
      (summary.inconclusive, "inconclusive", .doubtful),
    ].filter { $0.0 > 0 }.map { palette.paint("\($0.0) \($0.1)", $0.2) }
    // As in the lines above, a failure to check is not an error.
    func proved(_ count: Int, _ severity: Severity) -> String? {
      counted(count - summary.unproved[severity, default: 0], severity.rawValue)
    }
    let unproved = summary.unproved.values.reduce(0, +)
    let counts = [
      proved(summary.errors, .error), proved(summary.warnings, .warning), proved(summary.notes, .note),
      unproved == 0 ? nil : "\(unproved) not proved", summary.suppressed.map { "\($0) suppressed" },
    ].compactMap { $0 }
    let tail = counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))"
    let inputs = summary.inputs == 1 ? "1 input" : "\(summary.inputs) inputs"
    // A verdict by other limits must not pass for one by the documented ones.
    let limits =
      overriddenLimits.isEmpty
      ? ""
      : palette.paint(
        WrappedText.folded(
          "judged by other limits than documented: \(overriddenLimits)", indent: 0, width: width), .doubtful)
        + "\n"
    let interruption = summary.isInterrupted ? palette.paint(Summary.interruption, .doubtful) + "\n" : ""
    guard summary.inputs > 0 else { return interruption }
    return "\(inputs): \(verdicts.joined(separator: ", "))\(tail)\n\(limits)\(interruption)"
      + (summary.submissions.map(text) ?? "")
  }

  private func text(_ counts: AdditionCounts) -> String {
    let parts = counts.parts { text, standing in
      switch standing {
      case .done: palette.paint(text, .good)
      case .refused: palette.paint(text, .bad)
      case .unknown, .notDone: palette.paint(text, .doubtful)
      }
    }
    return "jobs: \(parts)\n" + (counts.advice.map { "\($0)\n" } ?? "")
  }

  private func counted(_ count: Int, _ noun: String) -> String? {
    count == 0 ? nil : "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  private func headline(_ result: CheckResult) -> String {
    let word = result.verdict.rawValue.padded(to: Self.verdictWidth)
    let location = result.kind == .asset && showURLs ? result.assets.first?.rawLocation : nil
    var name = displayText(location ?? result.input)
    if result.kind == .job, result.record > 0 || result.id != nil { name += "[\(result.record)]" }
    if let id = result.id { name += " id \(displayText(id))" }
    let details = result.kind == .job ? jobDetails(result) : result.assets.compactMap(AssetLine.text).first
    let indent = Self.verdictWidth + 2
    let title = palette.paint(WrappedText.folded(name, indent: indent, width: width), .strong)
    return "\(palette.paint(word, style(of: result.verdict)))  \(title)"
      + tail(details.map(displayText), after: name, indent) + "\n"
  }

  /// A line for each asset that was read from a local copy.
  private func localCopies(_ result: CheckResult) -> String {
    let lines = result.assets.compactMap { asset in
      asset.localCopyClause.map { clause in
        (result.kind == .job ? asset.role.map { "\($0.rawValue): " } ?? "" : "") + clause
      }
    }
    return lines.map { line in
      "  " + palette.paint(WrappedText.folded(line, indent: 2, width: width), .faint) + "\n"
    }.joined()
  }

  /// The details after the name, or below it if there is no room.
  private func tail(_ details: String?, after name: String, _ indent: Int) -> String {
    guard let details else { return "" }
    let used = indent + WrappedText.columns(name) + 2 + WrappedText.columns(details)
    guard let width, used > width else { return "  " + palette.paint(details, .faint) }
    let folded = WrappedText.folded(details, indent: indent, width: width)
    return "\n" + String(repeating: " ", count: indent) + palette.paint(folded, .faint)
  }

  private func jobDetails(_ result: CheckResult) -> String? {
    let assets = result.assets.compactMap { asset in
      AssetLine.text(asset).map { "\(asset.role?.rawValue ?? "asset") \($0)" }
    }
    let parts = [result.mode?.rawValue].compactMap { $0 } + (result.verdict == .valid ? assets : [])
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private func findings(_ findings: [Finding], of result: CheckResult) -> String {
    let places = findings.map { finding in
      finding.place.line.map { "\($0):\(finding.place.column ?? 1)" } ?? ""
    }
    let width = places.map(\.count).max() ?? 0
    var text = ""
    for (index, (finding, place)) in zip(findings, places).enumerated() {
      let label = finding.effect == .unproved ? "unproved" : finding.severity.rawValue
      let gap = width == 0 ? "" : place.padded(to: width) + "  "
      let subject = result.kind == .job ? finding.role.map { "\($0.rawValue): " } ?? "" : ""
      text += "  \(palette.paint(gap, .faint))"
      text += "\(palette.paint(label.padded(to: Self.labelWidth), style(of: finding)))  "
      let column = 2 + gap.count + Self.labelWidth + 2
      text += message(finding, subject, column) + "\n"
      // Findings of one place follow one another, and share its line.
      let isFirst = index == 0 || findings[index - 1].place != finding.place
      if showsExcerpts, isFirst, let excerpt = finding.place.excerpt, let line = finding.place.line {
        text += ExcerptLines(excerpt, line: line, indent: column, width: self.width)
          .text(palette, style(of: finding))
      }
      if let fix = finding.fix, !finding.suppressed, !findings.repeats(fix, after: index) {
        let indent = String(repeating: " ", count: column)
        let note = fix.note.map { " (\(displayText($0)))" } ?? ""
        text += "\(indent)\(palette.paint("fix\(note):", .fix)) \(displayText(fix.text))\n"
      }
    }
    return text
  }

  private func message(_ finding: Finding, _ subject: String, _ column: Int) -> String {
    let tag = "[\(finding.rule)]" + (finding.suppressed ? " suppressed" : "")
    let text = WrappedText.folded(
      "\(subject)\(displayText(finding.message))  \(tag)", indent: column, width: width)
    if finding.suppressed { return palette.paint(text, .faint) }
    // A tag that had to be broken has lost its colour, and nothing else.
    return text.hasSuffix(tag) ? text.dropLast(tag.count) + palette.paint(tag, .faint) : text
  }

  private func style(of verdict: Verdict) -> Palette.Style {
    switch verdict {
    case .valid: .good
    case .invalid: .bad
    case .inconclusive: .doubtful
    }
  }

  private func style(of finding: Finding) -> Palette.Style {
    if finding.suppressed { return .faint }
    if finding.effect == .unproved { return .doubtful }
    switch finding.severity {
    case .error: return .bad
    case .warning: return .doubtful
    case .note: return .faint
    }
  }

  private static let verdictWidth = 12
  private static let labelWidth = 8
}

extension CheckResult {
  /// Whether there is nothing to say but that it is valid, and what its notes say.
  fileprivate var isCountedOnly: Bool {
    verdict == .valid && !findings.contains { $0.severity != .note && !$0.suppressed }
  }
}

extension [Finding] {
  /// Whether a later finding has the same command: it is shown once, after the last finding that it fixes.
  func repeats(_ fix: Fix, after index: Int) -> Bool {
    fix.kind == .command && self[(index + 1)...].contains { $0.fix == fix && !$0.suppressed }
  }
}
