import MediaFacts

/// If a format does not declare its end, a truncated file looks like a shorter one.
struct EndUndeclared: AssetRule {
  let entry = RuleEntry(
    "end-undeclared", .probing, .note,
    summary: "The file declares where it ends, so that one cut short is noticed.",
    source: .practice(
      "An MP3 without a Xing header, a fragmented MP4 or a WAV of unknown size that was cut short looks complete."
    ),
    breaks: .asset("an MP3 without a Xing header"), passes: .asset("an MP3 with a Xing header"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let facts = asset.examination.facts, facts.endDeclared == false else { return [] }
    // If nothing was measured, the end does not matter.
    guard facts.image != nil || facts.audio?.codec != nil || (facts.video?.videoTracks ?? 0) > 0 else {
      return []
    }
    return [asset.finding(entry, "the file does not declare its end, so a missing end cannot be noticed")]
  }
}
