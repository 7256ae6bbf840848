import MediaFacts

/// Images: "aspect ratio between 1:8 and 8:1".
struct ImageAspectRatio: AssetRule {
  let entry = RuleEntry(
    "image-aspect-ratio", .image,
    summary: "Width over height of an image is \(Limits.documented[.image, .aspectRatio].text).",
    source: Limits.documented[.image, .aspectRatio].source,
    breaks: .asset("a PNG of 2400x250 px (9.6:1)"), passes: .asset("a PNG of 1920x240 px (8:1)"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let image = asset.image else { return [] }
    let limit = asset.limit(.aspectRatio, .image)
    let frame = FrameSize(
      stored: (image.width, image.height), displayed: (image.displayWidth, image.displayHeight))
    return asset.judge(
      entry, frame.ratioReadings(limit), limit: limit, actual: frame.actual,
      fix: asset.frameAdvice(image), repair: Repair(.frame)
    ) { _ in "width to height must be \(limit.rangeText); \(frame.text) is \(frame.ratioText(near: limit))" }
  }
}
