import MediaFacts

/// An image is there to its end.
struct ImageTruncated: AssetRule {
  let entry = RuleEntry(
    "image-truncated", .image,
    summary: "An image file is complete: the end that it declares is there.",
    source: .practice("An asset is a complete file of a documented format."),
    breaks: .asset("the first half of a JPEG"), passes: .asset("a JPEG that ends with its EOI marker"))

  func findings(in asset: AssetSubject) -> [Finding] {
    DefectRule(entry: entry, defect: .truncated, kind: .image).findings(
      in: asset, fix: "copy or download the image again: its end is missing")
  }
}
