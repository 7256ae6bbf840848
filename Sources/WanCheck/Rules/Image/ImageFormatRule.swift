import MediaFacts

/// Images: "Supported formats: JPEG, PNG, BMP, WEBP".
struct ImageFormatRule: AssetRule {
  let entry = RuleEntry(
    "image-format", .image,
    summary: "An image is \(Limits.documented.imageFormats.text), by content.",
    source: Limits.documented.imageFormats.source,
    breaks: .asset("a GIF, or an AVIF named .png"), passes: .asset("a PNG"))

  func findings(in asset: AssetSubject) -> [Finding] {
    FormatMembership(entry: entry, kind: .image).findings(in: asset) { command in
      guard let format = asset.examination.facts?.format, format.kind == .image else {
        return "give an image: \(asset.limits.imageFormats.text)"
      }
      guard Self.convertible.contains(format.id) else {
        return "open it in the program that made it, export a PNG"
      }
      // An animation would become one file for each frame.
      return command.imageMagick(format, format.id == "gif" ? "-delete 1--1" : "", to: .png)
    }
  }

  /// Formats that ImageMagick reads under the same name.
  private static let convertible: Set<String> = [
    "gif", "tiff", "avif", "heic", "heif", "jxl", "jp2", "svg", "psd", "ico", "hdr", "exr", "dds", "xcf",
    "pnm",
  ]
}

/// Judges whether the content is of one of the formats of its role.
struct FormatMembership {
  var entry: RuleEntry
  var kind: MediaKind

  func findings(in asset: AssetSubject, fix: (FixCommand) -> String) -> [Finding] {
    guard asset.role?.kind == kind, let facts = asset.examination.facts, asset.examination.size != .exactly(0)
    else { return [] }
    let limit = asset.limits.formats(of: kind)
    if let format = facts.format, limit.allowed.contains(format.id) { return [] }
    var finding = asset.finding(entry, "\(facts.whatItIs): \(limit.text) is needed")
    finding.limit = limit.allowedValues
    finding.actual = ["format": .text(facts.format?.id ?? "unknown")]
    finding.fix = fix(FixCommand(asset.reference))
    return [finding]
  }
}
