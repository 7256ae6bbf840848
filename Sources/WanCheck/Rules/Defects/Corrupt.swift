import MediaFacts

/// Media decodes without damage.
extension DefectRule {
  private static let readable = LimitSource.practice("An asset is a readable file of a documented format.")

  static let imageCorrupt = DefectRule(
    entry: RuleEntry(
      "image-corrupt", .image,
      summary: "Every row of an image decodes, and every checksum is right.", source: readable,
      breaks: .asset("a PNG with one flipped byte"), passes: .asset("a PNG as it was exported")),
    kind: .image,
    cases: [Case(defect: .corrupt, fix: "export or download the image again: these bytes are damaged")])

  static let audioCorrupt = DefectRule(
    entry: RuleEntry(
      "audio-corrupt", .audio,
      summary: "Every packet of an audio file reads, and what is decoded decodes.", source: readable,
      breaks: .asset("an MP3 with a block of noise in the middle"),
      passes: .asset("an MP3 as it was exported")),
    kind: .audio,
    cases: [Case(defect: .corrupt, fix: "export or download the audio again: these bytes are damaged")])

  static let videoCorrupt = DefectRule(
    entry: RuleEntry(
      "video-corrupt", .video,
      summary: "A video's boxes make sense, every packet reads, and what is decoded decodes.",
      source: readable, breaks: .asset("an MP4 whose first frame does not decode"),
      passes: .asset("an MP4 as it was exported")),
    kind: .video,
    cases: [
      Case(defect: .corrupt, fix: "export or download the video again: these bytes are damaged"),
      Case(defect: .emptySamples, fix: "export it again", repair: Repair(.gaps), isWarning: true),
      Case(
        defect: .trailingData, fix: "export it again, or cut what follows the end", repair: Repair(.end),
        isWarning: true),
    ])
}
