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
      guard let least = limit.minimum, let most = limit.maximum else { return nil }
      // Linear PCM in a WAV: an encoder's own delay and padding would push the result over a limit again.
      let operation =
        seconds < least ? "-af apad=whole_dur=\(Seconds.text(least))" : "-t \(Seconds.text(most))"
      return asset.mending?.ffmpeg("-vn \(operation) -c:a pcm_s16le", to: .wav)
    }
  }
}
