import MediaFacts

/// A WAV can contain any codec, but only linear PCM and float are read everywhere.
struct AudioCodec: AssetRule {
  let entry = RuleEntry(
    "audio-codec", .audio, .warning,
    summary: "A WAV holds linear PCM or float samples.",
    source: .practice("ADPCM, GSM, mu-law or MP3 inside a WAV is refused by many decoders."),
    breaks: .asset("a WAV with ADPCM inside"), passes: .asset("a WAV with 16-bit PCM"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard asset.examination.facts?.format == .wav, let codec = asset.audio?.codec, !isLinear(codec) else {
      return []
    }
    var finding = asset.finding(
      entry, "the WAV's codec is \(codec), which many decoders refuse; linear PCM and float are safe")
    finding.actual = ["codec": .text(codec)]
    finding.repair = Repair(.codec)
    return [finding]
  }

  private func isLinear(_ codec: String) -> Bool {
    ["pcm_s", "pcm_u", "pcm_f"].contains { codec.hasPrefix($0) }
  }
}
