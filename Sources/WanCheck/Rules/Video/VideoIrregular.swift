import MediaFacts

/// Every frame decodes, but some boxes break the format or are read differently by usual readers.
struct VideoIrregular: AssetRule {
  let entry = RuleEntry(
    "video-irregular", .video, .warning,
    summary: "A video has only boxes that every usual reader takes alike.",
    source: .practice(
      "Decoders differ in what they forgive: irregular bytes that lose nothing here may be refused elsewhere."
    ),
    breaks: .asset("an MP4 with a further audio track that few decoders read"),
    passes: .asset("an MP4 as an editor exported it"))

  func findings(in asset: AssetSubject) -> [Finding] {
    DefectRule(entry: entry, defect: .irregular, kind: .video).findings(
      in: asset, fix: "export the video again", repair: Repair(.regular))
  }
}
