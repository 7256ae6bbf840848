import MediaFacts

/// Audio is there to its end.
struct AudioTruncated: AssetRule {
  let entry = RuleEntry(
    "audio-truncated", .audio,
    summary: "An audio file is complete: the end that it declares is there.",
    source: .practice("An asset is a complete file of a documented format."),
    breaks: .asset("the first half of a WAV"), passes: .asset("a WAV whose data chunk is all there"))

  func findings(in asset: AssetSubject) -> [Finding] {
    let missing = DefectRule(entry: entry, defect: .truncated, kind: .audio).findings(
      in: asset, fix: "copy or download the audio again: its end is missing")
    guard missing.isEmpty else { return missing }
    // Where no header states a length, decoders drop a frame that is cut, and nothing else is known to be missing.
    return DefectRule(entry: entry, defect: .cutEnd, kind: .audio).findings(
      in: asset, fix: "copy or download the audio again, unless it was cut on purpose"
    ).map(\.asWarning)
  }
}
