import MediaFacts

/// Image files: "Maximum file size: 20MB".
struct ImageFileSize: AssetRule {
  let entry = RuleEntry(
    "image-file-size", .file,
    summary: "An image file has \(Limits.documented.imageSize.text).",
    source: Limits.documented.imageSize.source,
    breaks: .asset("a 21 MB PNG"), passes: .asset("a 2 MB PNG"))

  func findings(in asset: AssetSubject) -> [Finding] {
    // The format that ImageMagick is told to read must be the content's own.
    let format = asset.examination.facts.flatMap { facts in
      facts.image.map(ImageProgram.imageMagick.reads) ?? false ? facts.format : nil
    }
    let fix =
      format.map { format in
        asset.command.imageMagick(
          format, "-auto-orient -resize '4096x4096>' -quality 90 -define jpeg:extent=19000KB", to: .jpeg)
      } ?? "export it smaller"
    return FileSize(entry: entry, kind: .image).findings(in: asset, fix: fix)
  }
}
