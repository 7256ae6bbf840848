import MediaFacts

/// Audio: "Duration: 2-30 seconds".
struct AudioDuration: AssetRule {
  let entry = RuleEntry(
    "audio-duration", .audio,
    summary: "Audio lasts \(Limits.documented.audioDuration.text).",
    source: Limits.documented.audioDuration.source,
    breaks: .asset("an MP3 of 31 s"), passes: .asset("an MP3 of 12 s"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let audio = asset.audio, !audio.isSilentShell else { return [] }
    let limit = asset.limits.audioDuration
    return DurationLimit(entry: entry).findings(in: asset, audio.duration, limit) { seconds in
      guard let least = limit.minimum, let most = limit.maximum, let format = asset.examination.facts?.format
      else { return nil }
      let command = FixCommand(asset.reference)
      // An encoder's own delay and padding must not push the result over the limit again.
      let codec = format == .wav ? "-c:a pcm_s16le" : "-c:a libmp3lame -b:a 192k"
      return seconds < least
        ? command.ffmpeg("-vn -af apad=whole_dur=\(Seconds.text(least)) \(codec)", to: .wav)
        : command.ffmpeg("-vn -t \(Seconds.text(most)) -c:a pcm_s16le", to: .wav)
    }
  }
}
