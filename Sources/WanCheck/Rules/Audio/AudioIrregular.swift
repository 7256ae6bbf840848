import MediaFacts

/// Every sample decodes, but some bytes break the format or are refused by a usual decoder.
struct AudioIrregular: AssetRule {
  let entry = RuleEntry(
    "audio-irregular", .audio, .warning,
    summary: "An audio file has only bytes that every usual decoder reads.",
    source: .practice(
      "Decoders differ in what they forgive: irregular bytes that lose nothing here may be refused elsewhere."
    ),
    breaks: .asset("a WAV whose RIFF size is 8 too large"), passes: .asset("a WAV as an editor exported it"))

  func findings(in asset: AssetSubject) -> [Finding] {
    DefectRule(entry: entry, defect: .irregular, kind: .audio).findings(
      in: asset, fix: "export the audio again", repair: Repair(.regular))
  }
}
