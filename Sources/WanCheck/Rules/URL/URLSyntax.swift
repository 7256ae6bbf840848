import Locations

/// Locations are URLs: `string<uri>`.
struct URLSyntax: AssetRule {
  let entry = RuleEntry(
    "url-syntax", .url,
    summary: "A location is a well-formed absolute URL.",
    breaks: .job(#"{"$start_image": "https://cdn.example.net/a b.png"}"#),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a%20b.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    if let finding = entities(in: asset) { return [finding] }
    let problems = asset.reference.location.problems.filter {
      $0.code != .schemeUnsupported && $0.code != .credentials
    }
    guard let first = problems.first, !asset.reference.isPlaceholder else { return [] }
    var finding = asset.finding(entry, problems.map(\.message).joined(separator: "; "))
    if let offset = first.offset { finding.actual = ["offset": .count(offset)] }
    finding.fix = asset.reference.location.intended.map { "write \(Self.shown($0))" } ?? Self.fix(first)
    return [finding]
  }

  /// HTML's `&amp;` in the query of a URL that can be read: a server takes it for a parameter of another name.
  private func entities(in asset: AssetSubject) -> Finding? {
    let location = asset.reference.location
    guard location.url != nil, let intended = location.intended, !asset.reference.isPlaceholder else {
      return nil
    }
    var finding = asset.finding(
      entry, "the query contains &amp;, HTML's form of &: the server reads other parameters")
    finding.severity = .warning
    finding.fix = "write & for each &amp;: \(Self.shown(intended))"
    return finding
  }

  /// A URL as a fix names it: its query is not shown.
  private static func shown(_ url: AssetURL) -> String {
    let text = url.displayText
    return text == url.text ? text : "\(text) (… as in the job)"
  }

  private static func fix(_ problem: AssetURLProblem) -> Fix? {
    switch problem.code {
    case .whitespace: "write %20 for a space, and nothing around the URL"
    case .unencodedCharacter, .controlCharacter, .badEscape: "percent-encode it"
    case .backslash: "write / for \\"
    case .embeddedContent: "upload the file and give its https URL"
    case .schemeMissing, .hostMissing: "write the whole URL: https://host/path"
    default: nil
    }
  }
}
