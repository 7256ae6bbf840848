import MediaFacts

/// Video: "Dimensions: 240-4096px per side".
struct VideoDimensions: AssetRule {
  let entry = RuleEntry(
    "video-dimensions", .video,
    summary: "Each side of a video has \(Limits.documented[.video, .side].text).",
    source: Limits.documented[.video, .side].source,
    breaks: .asset("an MP4 of 320x180 px"), passes: .asset("an MP4 of 1280x720 px"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let frame = asset.video?.everyFrameSize else { return [] }
    let limit = asset.limit(.side, .video)
    return asset.judge(
      entry, frame.readings(limit), own: frame.ownReadings, limit: limit, actual: frame.actual,
      repair: Repair(.frame)
    ) { _ in
      "each side must be \(limit.text); found \(frame.text)"
    }
  }
}
