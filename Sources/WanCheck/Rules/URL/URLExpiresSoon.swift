/// The provider fetches assets when the job starts, which may be some time after it was queued.
struct URLExpiresSoon: AssetRule {
  let entry = RuleEntry(
    "url-expires-soon", .url, .warning,
    summary: "A signed link works for another 30 minutes at least.",
    source: .practice(
      "A queued job fetches its assets when it starts; a link that expires before that fails."),
    breaks: .asset("a signed link that expires in 10 minutes"),
    passes: .asset("a signed link that works for a day"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let link = SignedLinkExpiry(asset), link.ends(within: asset.configuration.expiryMargin) else {
      return []
    }
    let minutes = Int(asset.configuration.expiryMargin / 60)
    var finding = asset.finding(
      entry,
      "the signed link (\(link.provider)) expires at \(link.date), in less than \(minutes) minutes: "
        + "the job may still wait in its queue by then")
    finding.actual = ["expires": .integer(link.seconds)]
    finding.fix = "sign a link that works for longer"
    return [finding]
  }
}
