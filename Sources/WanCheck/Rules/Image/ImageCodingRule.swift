import MediaFacts

/// Common decoders read baseline, extended 8-bit and progressive JPEG, and refuse the rest.
struct ImageCodingRule: AssetRule {
  let entry = RuleEntry(
    "image-coding", .image,
    summary: "Common decoders can read the encoding of the image: no lossless, arithmetic or 12-bit JPEG.",
    source: .practice(
      "Lossless, hierarchical, arithmetic and 12-bit JPEG, and BMP with a JPEG or PNG inside, are valid files that "
        + "common decoders refuse."),
    breaks: .asset("an arithmetic-coded JPEG"), passes: .asset("a baseline or progressive JPEG"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let image = asset.image, let format = asset.examination.facts?.format else { return [] }
    let what: String
    if format == .jpeg, image.bitDepth > 8 {
      what = "\(image.bitDepth)-bit JPEG"
    } else if format == .jpeg, Self.refusedJPEG.contains(image.coding) {
      what = "\(image.coding.rawValue) JPEG"
    } else if format == .bmp, Self.refusedBMP.contains(image.coding) {
      what = "BMP with \(image.coding.rawValue) encoding"
    } else if let defect = asset.defects(.undecodable, in: .image).first {
      what = defect.message
    } else {
      return []
    }
    var finding = asset.finding(entry, "\(what): common decoders refuse it")
    finding.actual = ["coding": .text(image.coding.rawValue), "bit_depth": .count(image.bitDepth)]
    finding.fix = "open it in the program that made it and export it as a baseline JPEG or a PNG"
    finding.repair = Repair(.codec)
    return [finding]
  }

  private static let refusedJPEG: Set<ImageFacts.Coding> = [.lossless, .hierarchical, .arithmetic]
  private static let refusedBMP: Set<ImageFacts.Coding> = [.embeddedJPEG, .embeddedPNG, .obscure]
}
