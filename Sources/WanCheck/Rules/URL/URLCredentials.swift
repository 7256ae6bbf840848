import Locations

/// Every media URL is fetched with a plain GET, without credentials; a token in the path is for its owner alone.
struct URLCredentials: AssetRule {
  let entry = RuleEntry(
    "url-credentials", .url,
    summary: "A URL contains no user name or password, and no token in its path.",
    breaks: .job(#"{"$start_image": "https://user:secret@cdn.example.net/a.png"}"#),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    let location = asset.reference.location
    if location.problems.contains(where: { $0.code == .credentials }) {
      var finding = asset.finding(
        entry, "the URL contains a user name or password: the provider fetches without credentials")
      finding.fix = "make the file public, or give a signed link"
      return [finding]
    }
    guard let what = (location.url ?? location.intended)?.pathCredential else { return [] }
    var finding = asset.finding(
      entry, "the path of the URL contains \(what): the job gives this credential to the provider")
    // The provider can fetch it.
    finding.severity = .warning
    finding.actual = ["credential": .text(what)]
    finding.fix =
      "upload the file elsewhere and give that URL; if others have seen this one, revoke its token"
    return [finding]
  }
}
