import MediaFacts

/// An image decodes without damage.
struct ImageCorrupt: AssetRule {
  let entry = RuleEntry(
    "image-corrupt", .image,
    summary: "Every row of an image decodes, and every checksum is right.",
    source: .practice("An asset is a readable file of a documented format."),
    breaks: .asset("a PNG with one flipped byte"), passes: .asset("a PNG as it was exported"))

  func findings(in asset: AssetSubject) -> [Finding] {
    DefectRule(entry: entry, defect: .corrupt, kind: .image).findings(
      in: asset, fix: "export or download the image again: these bytes are damaged")
  }
}
