import AssetOpening

/// A careful client does not connect to a server whose certificate does not verify.
struct AssetTLS: AssetRule {
  let entry = RuleEntry(
    "asset-tls", .url,
    summary: "A server's certificate is valid for its name.",
    breaks: .asset("a server with an expired certificate"), passes: .asset("a server with a valid one"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let failure = asset.examination.failure, failure.code == .tls else { return [] }
    var finding = asset.finding(entry, "the connection cannot be secured: \(failure.message)")
    finding.fix = "renew the server's certificate, or upload the file elsewhere"
    return [finding]
  }
}
