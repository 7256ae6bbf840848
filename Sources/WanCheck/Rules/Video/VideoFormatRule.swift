import MediaFacts

/// Video: "Supported formats: MP4, MOV".
struct VideoFormatRule: AssetRule {
  let entry = RuleEntry(
    "video-format", .video,
    summary: "A video is \(Limits.documented[.video, .formats].text), by content.",
    source: Limits.documented[.video, .formats].source,
    breaks: .asset("a WebM, or an AVI named .mp4"), passes: .asset("an MP4"))

  func findings(in asset: AssetSubject) -> [Finding] {
    FormatMembership(entry: entry, kind: .video).findings(
      in: asset, fix: "give a video: \(asset.limit(.formats, .video).text)")
  }
}
