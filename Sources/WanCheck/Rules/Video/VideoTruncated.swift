import MediaFacts

/// A video is there to its end.
struct VideoTruncated: AssetRule {
  let entry = RuleEntry(
    "video-truncated", .video,
    summary: "A video file is complete: every sample that its tables name is there.",
    source: .practice("An asset is a complete file of a documented format."),
    breaks: .asset("the first half of an MP4"), passes: .asset("an MP4 that was written to its end"))

  func findings(in asset: AssetSubject) -> [Finding] {
    DefectRule(entry: entry, defect: .truncated, kind: .video).findings(
      in: asset, fix: "copy or download the video again: a part of it is missing")
  }
}
