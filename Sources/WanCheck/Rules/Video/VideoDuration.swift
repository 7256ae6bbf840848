import MediaFacts

/// Video: "Duration: 2-10 seconds".
struct VideoDuration: AssetRule {
  let entry = RuleEntry(
    "video-duration", .video,
    summary: "A video lasts \(Limits.documented.videoDuration.text).",
    source: Limits.documented.videoDuration.source,
    breaks: .asset("an MP4 of 12 s"), passes: .asset("an MP4 of 6 s"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let video = asset.video, video.videoTracks > 0 else { return [] }
    let limit = asset.limits.videoDuration
    let others = video.otherDurations
    return DurationLimit(entry: entry).findings(in: asset, video.duration, others: others, limit) { seconds in
      guard let least = limit.minimum, let most = limit.maximum, let command = asset.mending else {
        return nil
      }
      let choice = video.trackChoice.isEmpty ? "" : "\(video.trackChoice) "
      if video.duration.known.allSatisfy({ limit.contains($0.seconds) }) {
        return asset.recoding
      }
      guard seconds < least else {
        return command.video(filters: video.evenFilters, "\(choice)-t \(Seconds.text(Self.below(most)))")
      }
      let length = Seconds.text(least)
      return command.video(
        filters: video.evenFilters + ["tpad=stop_mode=clone:stop_duration=\(length)"],
        "\(choice)-af apad -t \(length)")
    }
  }

  /// A cut ends with the last frame that begins before it, so the result is up to a frame longer than asked for.
  private static func below(_ most: Rational) -> Rational {
    Rational(-1, over: 10).flatMap(most.adding) ?? most
  }
}

extension VideoFacts {
  /// What further video tracks present.
  var otherDurations: [(name: String, seconds: Rational)] {
    otherReadings.compactMap { reading in reading.duration.map { (reading.name, $0) } }
  }
}
