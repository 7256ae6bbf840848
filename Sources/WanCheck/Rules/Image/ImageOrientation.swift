import MediaFacts

/// Servers differ in whether they honour EXIF orientation.
struct ImageOrientation: AssetRule {
  let entry = RuleEntry(
    "image-orientation", .image, .note,
    summary: "An image is stored upright: servers differ in whether they honour EXIF orientation.",
    source: .practice("A decoder may ignore EXIF orientation; the frame is then turned or mirrored."),
    breaks: .asset("a JPEG with EXIF orientation 6"), passes: .asset("a JPEG with EXIF orientation 1 or none")
  )

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let image = asset.image, image.orientation != 1
    else { return [] }
    var finding = asset.finding(
      entry,
      "EXIF orientation \(image.orientation): stored \(image.width)x\(image.height), "
        + "displayed \(image.displayWidth)x\(image.displayHeight)")
    finding.actual = ["orientation": .count(image.orientation)]
    finding.repair = Repair(.upright)
    return [finding]
  }
}
