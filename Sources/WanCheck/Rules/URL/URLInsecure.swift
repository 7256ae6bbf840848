import Locations

/// Over http, others on the network can read and change the file.
struct URLInsecure: AssetRule {
  let entry = RuleEntry(
    "url-insecure", .url, .warning,
    summary: "A URL uses https.",
    source: .practice(
      "Over http the file can be read and changed on its way, and some servers refuse to fetch it."),
    breaks: .job(#"{"$start_image": "http://cdn.example.net/a.png"}"#),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let url = asset.reference.location.url, !url.isSecure, !asset.reference.isPlaceholder
    else { return [] }
    var finding = asset.finding(entry, "the URL uses http, which is not encrypted")
    finding.fix = "use https"
    return [finding]
  }
}
