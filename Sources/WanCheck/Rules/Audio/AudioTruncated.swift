import MediaFacts

/// Audio is there to its end.
struct AudioTruncated: AssetRule {
  let entry = RuleEntry(
    "audio-truncated", .audio,
    summary: "An audio file is complete: the end that it declares is there.",
    source: .practice("An asset is a complete file of a documented format."),
    breaks: .asset("the first half of a WAV"), passes: .asset("a WAV whose data chunk is all there"))

  func findings(in asset: AssetSubject) -> [Finding] {
    DefectRule(entry: entry, defect: .truncated, kind: .audio).findings(
      in: asset, fix: "copy or download the audio again: its end is missing")
  }
}
