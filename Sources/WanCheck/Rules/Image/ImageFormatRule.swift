import MediaFacts

/// Images: "Supported formats: JPEG, PNG, BMP, WEBP".
struct ImageFormatRule: AssetRule {
  let entry = RuleEntry(
    "image-format", .image,
    summary: "An image is \(Limits.documented[.image, .formats].text), by content.",
    source: Limits.documented[.image, .formats].source,
    breaks: .asset("a GIF, or an AVIF named .png"), passes: .asset("a PNG"))

  func findings(in asset: AssetSubject) -> [Finding] {
    FormatMembership(entry: entry, kind: .image).findings(
      in: asset,
      fix: asset.examination.facts?.format?.kind == .image
        ? "open it in the program that made it, and export a PNG"
        : "give an image: \(asset.limit(.formats, .image).text)")
  }
}

/// Checks that the content has one of the formats of its role.
struct FormatMembership {
  var entry: RuleEntry
  var kind: MediaKind

  func findings(in asset: AssetSubject, fix: Fix) -> [Finding] {
    guard asset.role?.kind == kind, let facts = asset.examination.facts,
      asset.examination.size != .exactly(0),
      asset.isIdentified
    else { return [] }
    let limit = asset.limit(.formats, kind)
    if let format = facts.format, limit.allowed.contains(format.id) { return [] }
    var finding = asset.finding(entry, "expected \(limit.text); found \(facts.whatItIs)")
    finding.severity = limit.source.severity
    finding.limit = limit.allowedValues
    finding.actual = ["format": .text(facts.format?.id ?? "unknown")]
    finding.fix = fix
    finding.repair = Repair(.format)
    return [finding]
  }
}
