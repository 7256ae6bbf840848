import MediaFacts

/// A bare asset is media of some kind.
struct MediaFormatRule: AssetRule {
  let entry = RuleEntry(
    "media-format", .file,
    summary: "An asset is an image, audio or video.",
    source: Limits.documented[.image, .formats].source,
    breaks: .asset("a PDF, a web page, a text file"), passes: .asset("a PNG, an MP3, an MP4"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard asset.role == nil, let facts = asset.examination.facts, asset.examination.size != .exactly(0),
      asset.isIdentified
    else { return [] }
    let kinds = asset.limits.profile.kinds
    let allowed = kinds.flatMap { asset.limits[$0, .formats].allowed }
    let names = kinds.flatMap { asset.limits[$0, .formats].allowedNames }
    var finding = asset.finding(
      entry, "expected \(Prose.list(names, conjunction: "or")); found \(facts.whatItIs)")
    finding.limit = AllowedValues(oneOf: allowed)
    finding.actual = ["format": .text(facts.format?.id ?? "unknown")]
    finding.fix = "give a media file, or name its role with --role"
    return [finding]
  }
}

extension MediaFacts {
  /// What the content is, as a clause for people.
  var whatItIs: String {
    let name = format.map(\.name) ?? "content of an unknown format"
    if let title = shownPageTitle { return "\(name) titled \"\(title)\"" }
    return formatDetail.map { "\(name) (\($0))" } ?? name
  }
}
