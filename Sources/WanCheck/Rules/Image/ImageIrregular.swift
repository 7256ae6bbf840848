import MediaFacts

/// Every row decodes, but some bytes break the format or are refused by a usual decoder.
struct ImageIrregular: AssetRule {
  let entry = RuleEntry(
    "image-irregular", .image, .warning,
    summary: "An image has only bytes that every usual decoder reads.",
    source: .practice(
      "Decoders differ in what they forgive: irregular bytes that lose nothing here may be refused elsewhere."
    ),
    breaks: .asset("a JPEG with stray bytes before a marker"), passes: .asset("a JPEG as a camera wrote it"))

  func findings(in asset: AssetSubject) -> [Finding] {
    DefectRule(entry: entry, defect: .irregular, kind: .image).findings(
      in: asset, fix: "export the image again", repair: Repair(.regular))
  }
}
