import AssetSource

/// Locations are URLs: `string<uri>`.
struct URLSyntax: AssetRule {
  let entry = RuleEntry(
    "url-syntax", .url,
    summary: "A location is a well-formed absolute URL.",
    source: .apiPage("start_image_url string<uri>"),
    breaks: .job(#"{"start_image_url": "https://cdn.example.net/a b.png"}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a%20b.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    let problems = asset.reference.location.problems.filter {
      $0.code != .schemeUnsupported && $0.code != .credentials
    }
    guard let first = problems.first, !asset.reference.location.isPlaceholder else { return [] }
    var finding = asset.finding(entry, problems.map(\.message).joined(separator: "; "))
    if let offset = first.offset { finding.actual = ["offset": .count(offset)] }
    finding.fix = Self.fix(first)
    return [finding]
  }

  private static func fix(_ problem: AssetURLProblem) -> Fix? {
    switch problem.code {
    case .whitespace: "write %20 for a space, and nothing around the URL"
    case .unencodedCharacter, .controlCharacter, .badEscape: "percent-encode it"
    case .backslash: "write / for \\"
    case .schemeMissing, .hostMissing: "write it in full: https://host/path"
    default: nil
    }
  }
}
