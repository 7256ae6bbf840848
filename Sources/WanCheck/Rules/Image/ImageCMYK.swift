import MediaFacts

/// Many decoders show CMYK images with wrong colours, or refuse them.
struct ImageCMYK: AssetRule {
  let entry = RuleEntry(
    "image-cmyk", .image, .warning,
    summary: "An image is gray or RGB, not CMYK.",
    source: .practice("CMYK and YCCK JPEG decode to wrong colours, or not at all, in many decoders."),
    breaks: .asset("a CMYK JPEG"), passes: .asset("an RGB JPEG"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let image = asset.image, image.color == .cmyk
    else { return [] }
    var finding = asset.finding(entry, "the colours are CMYK, which many decoders show wrong or refuse")
    finding.actual = ["color": .text(image.color.rawValue)]
    finding.repair = Repair(.color)
    return [finding]
  }
}
