import MediaFacts

/// Image files: "Maximum file size: 20MB".
struct ImageFileSize: AssetRule {
  let entry = RuleEntry(
    "image-file-size", .file,
    summary: "An image file has \(Limits.documented[.image, .size].text).",
    source: Limits.documented[.image, .size].source,
    breaks: .asset("a 21 MB PNG"), passes: .asset("a 2 MB PNG"))

  func findings(in asset: AssetSubject) -> [Finding] {
    FileSize(entry: entry, kind: .image).findings(in: asset)
  }
}
