import MediaFacts

/// Audio: "Duration: 2-30 seconds".
struct AudioDuration: AssetRule {
  let entry = RuleEntry(
    "audio-duration", .audio,
    summary: "Audio lasts \(Limits.documented[.audio, .duration].text).",
    source: Limits.documented[.audio, .duration].source,
    breaks: .asset("an MP3 of 31 s"), passes: .asset("an MP3 of 12 s"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let audio = asset.audio, !audio.isSilentShell else { return [] }
    return DurationLimit(entry: entry).findings(in: asset, audio.duration, asset.limit(.duration, .audio))
  }
}
