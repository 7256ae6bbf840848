import MediaFacts

/// The model's owner does not support PNG with transparency.
struct ImageAlpha: AssetRule {
  let entry = RuleEntry(
    "image-alpha", .image, .warning,
    summary: "No pixel of an image is transparent.",
    source: .modelOwner("Transparent PNG images are not supported."),
    breaks: .asset("a PNG with transparent pixels"),
    passes: .asset("a PNG without alpha, or with an alpha channel that is opaque everywhere"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let image = asset.image, image.transparentPixels == true
    else { return [] }
    var finding = asset.finding(
      entry,
      image.emptyAlpha
        ? "the alpha channel is 0 in every pixel: most viewers ignore it, others show nothing"
        : "has transparent pixels: what shows behind them is not specified")
    finding.repair = Repair(.alpha)
    return [finding]
  }
}
