import MediaFacts

/// Servers differ in whether they honour a sample aspect ratio.
struct VideoPixelAspect: AssetRule {
  let entry = RuleEntry(
    "video-pixel-aspect", .video, .warning,
    summary: "The pixels of a video are square.",
    source: .practice("A decoder may ignore the sample aspect ratio; the frame is then squeezed."),
    breaks: .asset("a DVD rip with a sample aspect ratio of 16:15"),
    passes: .asset("an MP4 with square pixels"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let video = asset.video, video.sampleAspectRatio != Rational(1) else { return [] }
    let ratio = video.sampleAspectRatio
    var finding = asset.finding(
      entry,
      "the pixels are \(ratio.numerator):\(ratio.denominator), not square: \(video.frameSize?.text ?? "")")
    finding.actual = ["sample_aspect_ratio": .text("\(ratio.numerator):\(ratio.denominator)")]
    finding.repair = Repair(.frame)
    return [finding]
  }
}
