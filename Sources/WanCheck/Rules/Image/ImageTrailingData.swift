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
      in: asset, fix: asset.cut(.image) ?? "export it again")
  }
}

extension AssetSubject {
  /// The command that cuts what follows the end; `nil` if it is not known where that is.
  func cut(_ kind: MediaKind) -> Fix? {
    guard let format = examination.facts?.format, let end = defects(.trailingData, in: kind).first?.offset,
      end > 0
    else { return nil }
    return mending?.head(end, of: format)
  }
}
