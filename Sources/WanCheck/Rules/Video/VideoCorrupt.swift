import MediaFacts

/// A video decodes without damage.
struct VideoCorrupt: AssetRule {
  let entry = RuleEntry(
    "video-corrupt", .video,
    summary: "A video's boxes make sense, every packet reads, and what is decoded decodes.",
    source: .practice("An asset is a readable file of a documented format."),
    breaks: .asset("an MP4 whose first frame does not decode"), passes: .asset("an MP4 as it was exported"))

  func findings(in asset: AssetSubject) -> [Finding] {
    DefectRule(entry: entry, defect: .corrupt, kind: .video).findings(
      in: asset, fix: "export or download the video again: these bytes are damaged")
      + DefectRule(entry: entry, defect: .emptySamples, kind: .video).findings(
        in: asset, fix: "export it again", repair: Repair(.gaps)
      ).map(\.asWarning)
      + TrailingBytes(entry: entry, kind: .video).findings(in: asset)
  }
}
