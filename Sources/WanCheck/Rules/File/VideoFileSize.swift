import MediaFacts

/// Video files: "Maximum file size: 100MB".
struct VideoFileSize: AssetRule {
  let entry = RuleEntry(
    "video-file-size", .file,
    summary: "A video file has \(Limits.documented[.video, .size].text).",
    source: Limits.documented[.video, .size].source,
    breaks: .asset("a 110 MB MP4"), passes: .asset("a 40 MB MP4"))

  func findings(in asset: AssetSubject) -> [Finding] {
    FileSize(entry: entry, kind: .video).findings(in: asset)
  }
}
