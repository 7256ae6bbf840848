import MediaFacts

/// Everything decodes, but some bytes break the format or are refused by a usual decoder.
extension DefectRule {
  private static let forgiving = LimitSource.practice(
    "Decoders differ in what they forgive: irregular bytes that lose nothing here may be refused elsewhere.")

  static let imageIrregular = DefectRule(
    entry: RuleEntry(
      "image-irregular", .image, .warning,
      summary: "An image has only bytes that every usual decoder reads.", source: forgiving,
      breaks: .asset("a JPEG with stray bytes before a marker"), passes: .asset("a JPEG as a camera wrote it")
    ),
    kind: .image,
    cases: [Case(defect: .irregular, fix: "export the image again", repair: Repair(.regular))])

  static let audioIrregular = DefectRule(
    entry: RuleEntry(
      "audio-irregular", .audio, .warning,
      summary: "An audio file has only bytes that every usual decoder reads.", source: forgiving,
      breaks: .asset("a WAV whose RIFF size is 8 too large"), passes: .asset("a WAV as an editor exported it")
    ),
    kind: .audio,
    cases: [Case(defect: .irregular, fix: "export the audio again", repair: Repair(.regular))])

  static let videoIrregular = DefectRule(
    entry: RuleEntry(
      "video-irregular", .video, .warning,
      summary: "A video has only boxes that every usual reader takes alike.", source: forgiving,
      breaks: .asset("an MP4 with a further audio track that few decoders read"),
      passes: .asset("an MP4 as an editor exported it")),
    kind: .video,
    cases: [Case(defect: .irregular, fix: "export the video again", repair: Repair(.regular))])

  static let imageTrailingData = DefectRule(
    entry: RuleEntry(
      "image-trailing-data", .image, .warning,
      summary: "An image file ends where the image ends.",
      source: .practice(
        "Bytes after the end can be another file (a motion photo, an archive), and some servers refuse them."),
      breaks: .asset("a JPEG with a ZIP archive after its end"),
      passes: .asset("a JPEG that ends with its EOI marker")),
    kind: .image,
    cases: [Case(defect: .trailingData, fix: "export it again", repair: Repair(.end))])
}
