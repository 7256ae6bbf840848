import MediaFacts

/// A first and a last frame with different shapes cannot both fill the output.
struct FrameAspectMismatch: JobRule {
  let entry = RuleEntry(
    "frame-aspect-mismatch", .job, .warning,
    summary: "The first and the last frame have the same aspect ratio, within 2 %.",
    source: .practice("One output has one aspect ratio: frames of another shape are cropped or stretched."),
    breaks: .asset("a 1280x720 start image with a 720x1280 end image"),
    passes: .asset("a 1280x720 start image with a 1920x1080 end image"))

  func findings(in job: JobSubject) -> [Finding] {
    guard let end = job.assets[.endImage]?.image else { return [] }
    let first: (name: String, width: Int, height: Int)
    switch job.job.mode {
    case .firstLastFrame:
      guard let start = job.assets[.startImage]?.image else { return [] }
      first = ("the start image", start.displayWidth, start.displayHeight)
    case .videoContinuation:
      guard let frame = job.assets[.video]?.video?.frameSize else { return [] }
      first = ("the video", frame.displayed.width, frame.displayed.height)
    case .firstFrame, nil:
      return []
    }
    let left = Double(first.width) * Double(end.displayHeight)
    let right = Double(end.displayWidth) * Double(first.height)
    guard abs(left - right) > 0.02 * max(left, right) else { return [] }
    var finding = job.finding(
      entry, .endImage,
      "the end image is \(end.displayWidth)x\(end.displayHeight), \(first.name) "
        + "\(first.width)x\(first.height): their aspect ratios differ")
    finding.actual = [
      "width": .count(end.displayWidth), "height": .count(end.displayHeight),
      "first_width": .count(first.width), "first_height": .count(first.height),
    ]
    finding.fix = "crop or pad the end image to the shape of \(first.name)"
    finding.repair = repair(job, end, (first.width, first.height))
    return [finding]
  }

  /// A crop of the end image to the shape of the first frame, if the rest is large enough.
  private func repair(_ job: JobSubject, _ end: ImageFacts, _ first: (width: Int, height: Int)) -> Repair? {
    let side = job.limits.limit(.side, of: .image, in: .endImage)
    let ratio = job.limits.limit(.aspectRatio, of: .image, in: .endImage)
    guard let shape = Rational(Int64(first.width), over: Int64(first.height)),
      let frame = FrameRepair(
        end.displayWidth, end.displayHeight, side: side, ratio: ratio,
        shape: shape),
      frame.size == nil || !side.contains(end.displayWidth)
        || !side.contains(end.displayHeight)
    else { return nil }
    return Repair(.frame, role: .endImage, shape: shape)
  }
}
