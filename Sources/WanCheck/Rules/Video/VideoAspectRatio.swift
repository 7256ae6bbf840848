import MediaFacts

/// The model's owner asks for 1:8 to 8:1; the API page does not.
struct VideoAspectRatio: AssetRule {
  let entry = RuleEntry(
    "video-aspect-ratio", .video, .warning,
    summary: "Width over height of a video is \(Limits.documented[.video, .aspectRatio].text).",
    source: Limits.documented[.video, .aspectRatio].source,
    breaks: .asset("an MP4 of 2400x240 px (10:1)"), passes: .asset("an MP4 of 1280x720 px"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let frame = asset.video?.everyFrameSize else { return [] }
    let limit = asset.limit(.aspectRatio, .video)
    return asset.judge(
      entry, frame.ratioReadings(limit), own: frame.ownReadings, limit: limit, actual: frame.actual,
      repair: Repair(.frame)
    ) { _ in
      "the model's owner requires a width to height of \(limit.rangeText); \(frame.shapeText(near: limit))"
    }
  }
}
