import AssetSource

/// Every media URL is fetched with a plain GET, without credentials.
struct URLCredentials: AssetRule {
  let entry = RuleEntry(
    "url-credentials", .url,
    summary: "A URL has no user name and password in it.",
    source: .apiPage("Must be publicly accessible."),
    breaks: .job(#"{"start_image_url": "https://user:secret@cdn.example.net/a.png"}"#),
    passes: .job(#"{"start_image_url": "https://cdn.example.net/a.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard asset.reference.location.problems.contains(where: { $0.code == .credentials }) else { return [] }
    var finding = asset.finding(
      entry, "the URL has a user name or password in it: the provider fetches without credentials")
    finding.fix = "make the file public, or give a signed link"
    return [finding]
  }
}
