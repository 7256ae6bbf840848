import AssetOpening
import MediaFacts

/// A Content-Type that disagrees with the content misleads servers that rely on it.
struct ContentTypeMismatch: AssetRule {
  let entry = RuleEntry(
    "content-type-mismatch", .url, .warning,
    summary: "The Content-Type that the server sends agrees with the content.",
    source: .practice(
      "Format means content; a server that goes by Content-Type takes the file for something else."),
    breaks: .asset("a PNG served as image/jpeg"),
    passes: .asset("a PNG served as image/png, or as application/octet-stream"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let format = asset.examination.facts?.format, let row = FormatTable.row(format), row.isMeasured,
      let type = asset.examination.delivery?.contentType.map(Self.essence), !type.isEmpty,
      !Self.generic.contains(type), !row.contentTypes.contains(type)
    else { return [] }
    let names = row.contentTypes
    var finding = asset.finding(entry, "the Content-Type is \(type), but the content is \(format.name)")
    finding.limit = AllowedValues(oneOf: names)
    finding.actual = ["content_type": .text(type), "format": .text(format.id)]
    finding.fix = names.first.map { "set its Content-Type to \($0)" }
    return [finding]
  }

  /// The type without parameters, in lower case.
  private static func essence(_ value: String) -> String {
    let type = value.prefix { $0 != ";" }.lowercased()
    return String(type.filter { !$0.isWhitespace })
  }

  /// Types without information.
  private static let generic: Set<String> = ["application/octet-stream", "binary/octet-stream"]
}
