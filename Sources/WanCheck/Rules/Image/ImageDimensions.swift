import MediaFacts

/// Images: "Dimensions: 240-8000px per side".
struct ImageDimensions: AssetRule {
  let entry = RuleEntry(
    "image-dimensions", .image,
    summary: "Each side of an image has \(Limits.documented[.image, .side].text).",
    source: Limits.documented[.image, .side].source,
    breaks: .asset("a PNG of 200x150 px"), passes: .asset("a PNG of 640x360 px"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let image = asset.image else { return [] }
    let frame = FrameSize(
      stored: (image.width, image.height), displayed: (image.displayWidth, image.displayHeight))
    return asset.judge(
      entry, frame.readings(asset.limit(.side, .image)), limit: asset.limit(.side, .image),
      actual: frame.actual,
      fix: asset.frameAdvice(image), repair: Repair(.frame)
    ) { _ in "each side must be \(asset.limit(.side, .image).text); found \(frame.text)" }
  }
}
