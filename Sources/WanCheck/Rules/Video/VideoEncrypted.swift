import MediaFacts

/// A server cannot decode an encrypted track without its key.
struct VideoEncrypted: AssetRule {
  let entry = RuleEntry(
    "video-encrypted", .video,
    summary: "No track of a video is encrypted.",
    source: .practice("An asset is a readable file of a documented format."),
    breaks: .asset("an MP4 with a CENC-encrypted track"), passes: .asset("an MP4 without encryption"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard asset.video?.encrypted == true else { return [] }
    var finding = asset.finding(entry, "a track is encrypted, and cannot be decoded without its key")
    finding.fix = "export it without DRM or encryption"
    return [finding]
  }
}
