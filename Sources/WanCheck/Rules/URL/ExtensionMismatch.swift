import Locations
import MediaFacts

/// A name that disagrees with the content misleads servers that rely on names.
struct ExtensionMismatch: AssetRule {
  let entry = RuleEntry(
    "extension-mismatch", .url, .warning,
    summary: "The file name's extension agrees with the content.",
    source: .practice(
      "Format means content; a server that goes by the name takes the file for something else."),
    breaks: .asset("a PNG named photo.jpg"), passes: .asset("a PNG named photo.png"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let format = asset.examination.facts?.format, let row = FormatTable.row(format), row.isMeasured,
      let suffix = asset.reference.location.fileExtension, let named = FormatTable.row(fileExtension: suffix),
      named.format != format
    else { return [] }
    let names = row.extensions
    var finding = asset.finding(entry, "the extension is .\(suffix), but the content is \(format.name)")
    finding.limit = AllowedValues(oneOf: names)
    finding.actual = ["extension": .text(suffix), "format": .text(format.id)]
    finding.fix = names.first.map { "name the file .\($0)" }
    finding.repair = Repair(.name)
    return [finding]
  }
}
