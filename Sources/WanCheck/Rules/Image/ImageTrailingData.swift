import MediaFacts

/// Bytes after an image's end are another file, or damage.
struct ImageTrailingData: AssetRule {
  let entry = RuleEntry(
    "image-trailing-data", .image, .warning,
    summary: "An image file ends where the image ends.",
    source: .practice(
      "Bytes after the end can be another file (a motion photo, an archive), and some servers refuse them."),
    breaks: .asset("a JPEG with a ZIP archive behind it"),
    passes: .asset("a JPEG that ends with its EOI marker"))

  func findings(in asset: AssetSubject) -> [Finding] {
    DefectRule(entry: entry, defect: .trailingData, kind: .image).findings(
      in: asset, fix: "export it again", repair: Repair(.end))
  }
}
