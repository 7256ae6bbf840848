import MediaFacts

/// Media is complete.
extension DefectRule {
  private static let complete = LimitSource.practice("An asset is a complete file of a documented format.")

  static let imageTruncated = DefectRule(
    entry: RuleEntry(
      "image-truncated", .image,
      summary: "An image file is complete: the end that it declares is there.", source: complete,
      breaks: .asset("the first half of a JPEG"), passes: .asset("a JPEG that ends with its EOI marker")),
    kind: .image,
    cases: [Case(defect: .truncated, fix: "copy or download the image again: its end is missing")])

  static let audioTruncated = DefectRule(
    entry: RuleEntry(
      "audio-truncated", .audio,
      summary: "An audio file is complete: the end that it declares is there.", source: complete,
      breaks: .asset("the first half of a WAV"), passes: .asset("a WAV whose data chunk is all there")),
    kind: .audio,
    cases: [
      Case(defect: .truncated, fix: "copy or download the audio again: its end is missing"),
      // If no header states a length, decoders drop a frame that is cut, and no other part is known to be missing.
      Case(
        defect: .cutEnd, fix: "copy or download the audio again, unless it was cut on purpose",
        isWarning: true, isLastResort: true),
    ])

  static let videoTruncated = DefectRule(
    entry: RuleEntry(
      "video-truncated", .video,
      summary: "A video file is complete: every sample that its tables name is there.", source: complete,
      breaks: .asset("the first half of an MP4"), passes: .asset("an MP4 that was written to its end")),
    kind: .video,
    cases: [Case(defect: .truncated, fix: "copy or download the video again: a part of it is missing")])
}
