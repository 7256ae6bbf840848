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
    ) { _ in "\(frame.text) is \(frame.ratioText(near: limit)): width to height must be \(limit.text)" }
  }
}

/// The largest centred part of a frame whose shape is allowed.
enum AspectCrop {
  static func fix(_ width: Int, _ height: Int, _ limit: Limit, multiple: Int = 1) -> (
    width: Int, height: Int
  )? {
    guard width > 0, height > 0, let least = limit.minimum, let most = limit.maximum else { return nil }
    // As doubles until the smaller one is known: that one fits.
    let wide = min(Double(width), (Double(height) * most.doubleValue).rounded(.down))
    let tall = min(Double(height), (Double(width) / least.doubleValue).rounded(.down))
    guard let wide = Int(exactly: wide), let tall = Int(exactly: tall) else { return nil }
    let crop = (width: wide / multiple * multiple, height: tall / multiple * multiple)
    return crop.width > 0 && crop.height > 0 ? crop : nil
  }
}
