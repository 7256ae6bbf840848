import MediaFacts

/// An audio file contains audio.
struct AudioNoStream: AssetRule {
  let entry = RuleEntry(
    "audio-no-stream", .audio,
    summary: "An audio file has an audio stream.",
    source: .practice("An asset is a readable file of a documented format."),
    breaks: .asset("a WAV without a data chunk, an MP3 that is only tags"),
    passes: .asset("a WAV with samples"))

  func findings(in asset: AssetSubject) -> [Finding] {
    // A probe that stopped at a bound does not prove that there is no stream.
    guard let audio = asset.audio, audio.isSilentShell, asset.defects(.limit, in: .audio).isEmpty else {
      return []
    }
    var finding = asset.finding(
      entry,
      audio.codec == nil ? "the file has no audio stream" : "the audio stream has no samples")
    finding.fix = "export it again with audio"
    return [finding]
  }
}

extension AudioFacts {
  /// Whether there is no stream, or one without a single sample.
  var isSilentShell: Bool {
    codec == nil || (!duration.known.isEmpty && duration.known.allSatisfy { $0.seconds == Rational(0) })
  }
}
