import WanCheck

/// One result: its input, its findings and its assets.
struct HTMLResult {
  var result: CheckResult
  var addition: ResultAddition?
  var number: Int
  var context: ReportContext
  var showsPictures: Bool

  var markup: Markup {
    let rules = Set(result.findings.map(\.rule.rawValue)).sorted().joined(separator: " ")
    return """
      <article class="r \(result.verdict.rawValue)" id="r\(number)" data-verdict="\(result.verdict.rawValue)" \
      data-rules="\(rules)" aria-labelledby="h\(number)" tabindex="-1">
      <h2 id="h\(number)"><span class="tag">\(HTMLIcons.verdict(result.verdict))\(result.verdict.rawValue)</span> \
      <span class="name">\(name)</span></h2>\(details)
      \(findings)\(result.assets.map(asset))\(addition.flatMap(section))
      </article>

      """
  }

  private var name: String {
    if result.kind == .asset, context.showURLs, let raw = result.assets.first?.rawLocation { return raw }
    return result.kind == .job && (result.record > 0 || result.id != nil)
      ? "\(result.input)[\(result.record)]" : result.input
  }

  private var details: Markup? {
    guard result.kind == .job else { return nil }
    var parts = [result.id.map { "id \($0)" }, result.mode?.rawValue].compactMap(\.self)
    if result.submittable {
      parts.append("may be submitted")
    } else if result.verdict == .valid {
      parts.append("not submittable: " + result.notSubmittableBecause.map(\.rawValue).joined(separator: ", "))
    }
    return parts.isEmpty ? nil : "<p class=\"faint meta\">\(parts.joined(separator: " · "))</p>"
  }

  private var findings: Markup? {
    guard !result.findings.isEmpty else { return nil }
    let items = result.findings.enumerated().map { index, finding in
      var shown = finding
      if let fix = finding.fix, result.findings.repeats(fix, after: index) { shown.fix = nil }
      return HTMLFinding(finding: shown, isJob: result.kind == .job).markup
    }
    return "<ul class=\"findings\" aria-label=\"Findings\">\(items)</ul>"
  }

  private func asset(_ asset: AssetResult) -> Markup {
    HTMLAsset(asset: asset, isJob: result.kind == .job, context: context, showsPicture: showsPictures).markup
  }

  /// The submission of the job. A job that cannot be submitted and was not sent needs no such section.
  private func section(_ addition: ResultAddition) -> Markup? {
    guard result.submittable || addition.content.state.standing != .notDone else { return nil }
    return addition.content.markup(showURLs: context.showURLs)
  }
}
