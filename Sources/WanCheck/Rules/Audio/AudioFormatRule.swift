import MediaFacts

/// Audio: "Supported formats: WAV, MP3".
struct AudioFormatRule: AssetRule {
  let entry = RuleEntry(
    "audio-format", .audio,
    summary: "Audio is \(Limits.documented[.audio, .formats].text), by content.",
    source: Limits.documented[.audio, .formats].source,
    breaks: .asset("an M4A, or a FLAC named .wav"), passes: .asset("an MP3"))

  func findings(in asset: AssetSubject) -> [Finding] {
    FormatMembership(entry: entry, kind: .audio).findings(
      in: asset,
      fix: asset.examination.facts?.format?.id == "midi"
        ? "render it to a WAV; it contains notes, not audio"
        : "give audio: \(asset.limit(.formats, .audio).text)")
  }
}
