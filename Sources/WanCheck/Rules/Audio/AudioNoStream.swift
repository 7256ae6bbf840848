import MediaFacts

/// An audio file holds audio.
struct AudioNoStream: AssetRule {
  let entry = RuleEntry(
    "audio-no-stream", .audio,
    summary: "An audio file has an audio stream.",
    source: .practice("An asset is a readable file of a documented format."),
    breaks: .asset("a WAV without a data chunk, an MP3 that is only tags"), passes: .asset("a WAV with samples"))

  func findings(in asset: AssetSubject) -> [Finding] {
    // A probe that stopped at a bound cannot say that there is no stream.
    guard let audio = asset.audio, audio.codec == nil, asset.defects(.limit, in: .audio).isEmpty else { return [] }
    var finding = asset.finding(entry, "there is no audio stream in it")
    finding.fix = "export it again with sound"
    return [finding]
  }
}
