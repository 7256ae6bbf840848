import MediaFacts

/// Transparent pixels are unsupported by the model's owner, and by the page of some endpoints.
struct ImageAlpha: AssetRule {
  let entry = RuleEntry(
    "image-alpha", .image, .warning,
    summary: "No pixel of an image is transparent.",
    breaks: .asset("a PNG with transparent pixels"),
    passes: .asset("a PNG without alpha, or with an alpha channel that is opaque everywhere"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let image = asset.image, image.transparentPixels == true
    else { return [] }
    var finding = asset.finding(
      entry,
      image.emptyAlpha
        ? "the alpha channel is 0 in every pixel: most viewers ignore it, others show nothing"
        : "the image has transparent pixels: the colour that replaces them is not specified")
    let statement = asset.limits.profile.statements[entry.id]
    if statement?.isDocumented ?? false, asset.examination.facts?.format == .png, !image.emptyAlpha {
      finding.severity = .error
    }
    finding.repair = Repair(.alpha)
    return [finding]
  }
}
