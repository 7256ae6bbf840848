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
      // Frames, pages and layers would become a file each; how large the image is was not measured.
      let operations = [
        Self.severalImages.contains(format.id) ? "-delete 1--1" : nil,
        asset.limits.imageSide.minimum.map { "-resize '\(Seconds.text($0))x\(Seconds.text($0))^<'" },
      ]
      return command.imageMagick(format, operations.compactMap(\.self).joined(separator: " "), to: .png)
    }
  }

  /// Formats that ImageMagick reads under the same name. SVG is not one of them: what it draws with varies, and so
  /// does what it lets a drawing load.
  private static let convertible: Set<String> = [
    "gif", "tiff", "avif", "heic", "heif", "jxl", "jp2", "psd", "ico", "hdr", "exr", "dds", "xcf", "pnm",
  ]
  private static let severalImages: Set<String> = ["gif", "tiff", "psd", "ico"]
}

/// Judges whether the content is of one of the formats of its role.
struct FormatMembership {
  var entry: RuleEntry
  var kind: MediaKind

  func findings(in asset: AssetSubject, fix: (FixCommand) -> Fix) -> [Finding] {
    guard asset.role?.kind == kind, let facts = asset.examination.facts,
      asset.examination.size != .exactly(0),
      asset.isIdentified
    else { return [] }
    let limit = asset.limits.formats(of: kind)
    if let format = facts.format, limit.allowed.contains(format.id) { return [] }
    var finding = asset.finding(entry, "\(facts.whatItIs): \(limit.text) is needed")
    finding.limit = limit.allowedValues
    finding.actual = ["format": .text(facts.format?.id ?? "unknown")]
    finding.fix = fix(asset.command)
    return [finding]
  }
}
