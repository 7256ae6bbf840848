import MediaFacts

/// Video: "Duration: 2-10 seconds".
struct VideoDuration: AssetRule {
  let entry = RuleEntry(
    "video-duration", .video,
    summary: "A video lasts \(Limits.documented[.video, .duration].text).",
    source: Limits.documented[.video, .duration].source,
    breaks: .asset("an MP4 of 12 s"), passes: .asset("an MP4 of 6 s"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let video = asset.video, video.videoTracks > 0 else { return [] }
    return DurationLimit(entry: entry).findings(
      in: asset, video.duration, others: video.otherDurations, asset.limit(.duration, .video))
  }
}

extension VideoFacts {
  /// What further video tracks present.
  var otherDurations: [(name: String, seconds: Rational)] {
    otherReadings.compactMap { reading in reading.duration.map { (reading.name, $0) } }
  }
}
