import Locations

/// The page's own examples are not assets.
struct URLPlaceholder: AssetRule {
  let entry = RuleEntry(
    "url-placeholder", .url,
    summary: "A location is a real one, not the API page's example.",
    source: .apiPage(#""start_image_url": "https://example.com/start-frame.jpg" … "audio_url": "<string>""#),
    breaks: .job(#"{"start_image_url": "https://example.com/start-frame.jpg"}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard asset.reference.pointer != nil || asset.reference.location.path == nil,
      asset.reference.location.isPlaceholder
    else { return [] }
    var finding = asset.finding(
      entry, "\(asset.reference.location.displayText) is an example from the documentation, not an asset")
    finding.fix = "give the URL of your own file, or remove the field"
    return [finding]
  }
}
