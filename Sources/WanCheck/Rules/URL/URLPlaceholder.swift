import Locations

/// The page's own examples are not assets.
struct URLPlaceholder: AssetRule {
  let entry = RuleEntry(
    "url-placeholder", .url,
    summary: "A location is a real one, not the API page's example.",
    breaks: .job(#"{"$start_image": "https://example.com/start-frame.jpg"}"#),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard asset.reference.isPlaceholder else { return [] }
    var finding = asset.finding(
      entry, "\(asset.reference.location.displayText) is an example from the documentation, not an asset")
    finding.fix = "give the URL of your own file, or remove the field"
    return [finding]
  }
}
