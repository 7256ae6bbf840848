import MediaFacts

/// The API does not specify which frame of an animation it uses.
struct ImageAnimated: AssetRule {
  let entry = RuleEntry(
    "image-animated", .image, .warning,
    summary: "An image is still: which frame of an animation is used is not specified.",
    source: .practice("Of an animated WebP or APNG, most decoders use the first frame."),
    breaks: .asset("an animated WebP"), passes: .asset("a still WebP"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let image = asset.image, image.animated else {
      return []
    }
    var finding = asset.finding(
      entry, "the image is animated (\(image.frames) frames): one frame is used, most likely the first")
    finding.actual = ["frames": .count(image.frames)]
    finding.repair = Repair(.still)
    return [finding]
  }
}
