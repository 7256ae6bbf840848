import MediaFacts

/// Video: "Supported formats: MP4, MOV".
struct VideoFormatRule: AssetRule {
  let entry = RuleEntry(
    "video-format", .video,
    summary: "A video is \(Limits.documented.videoFormats.text), by content.",
    source: Limits.documented.videoFormats.source,
    breaks: .asset("a WebM, or an AVI named .mp4"), passes: .asset("an MP4"))

  func findings(in asset: AssetSubject) -> [Finding] {
    FormatMembership(entry: entry, kind: .video).findings(
      in: asset, fix: "give a video: \(asset.limits.videoFormats.text)")
  }
}
