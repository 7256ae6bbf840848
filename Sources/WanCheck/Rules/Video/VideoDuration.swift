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
    return DurationLimit(entry: entry).findings(in: asset, video.duration, limit) { seconds in
      guard let least = limit.minimum, let most = limit.maximum, let command = asset.mending else {
        return nil
      }
      guard seconds < least else {
        return command.video(filters: video.evenFilters, "-t \(Seconds.text(Self.below(most)))")
      }
      let length = Seconds.text(least)
      return command.video(
        filters: video.evenFilters + ["tpad=stop_mode=clone:stop_duration=\(length)"],
        "-af apad -t \(length)")
    }
  }

  /// A cut ends with the last frame that begins before it, so the result is up to a frame longer than asked for.
  private static func below(_ most: Rational) -> Rational {
    Rational(-1, over: 10).flatMap(most.adding) ?? most
  }
}
