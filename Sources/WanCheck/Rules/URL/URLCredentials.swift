import Locations

/// Every media URL is fetched with a plain GET, without credentials; a token in the path is for its owner alone.
struct URLCredentials: AssetRule {
  let entry = RuleEntry(
    "url-credentials", .url,
    summary: "A URL has no user name and password in it, and no token in its path.",
    breaks: .job(#"{"$start_image": "https://user:secret@cdn.example.net/a.png"}"#),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    let location = asset.reference.location
    if location.problems.contains(where: { $0.code == .credentials }) {
      var finding = asset.finding(
        entry, "the URL has a user name or password in it: the provider fetches without credentials")
      finding.fix = "make the file public, or give a signed link"
      return [finding]
    }
    guard let what = (location.url ?? location.intended)?.pathCredential else { return [] }
    var finding = asset.finding(
      entry, "the path of the URL has \(what) in it: the link is a credential, and the job hands it out")
    // The provider can fetch it.
    finding.severity = .warning
    finding.actual = ["credential": .text(what)]
    finding.fix =
      "upload the file elsewhere and give that URL; if others have seen this one, revoke its token"
    return [finding]
  }
}
