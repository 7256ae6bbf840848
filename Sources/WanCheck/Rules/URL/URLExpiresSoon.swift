import AssetSource

/// The provider fetches when the job starts, which may be after a while in its queue.
struct URLExpiresSoon: AssetRule {
  let entry = RuleEntry(
    "url-expires-soon", .url, .warning,
    summary: "A signed link works for another 30 minutes at least.",
    source: .practice(
      "A queued job fetches its assets when it starts; a link that expires before that fails."),
    breaks: .asset("a signed link that expires in 10 minutes"),
    passes: .asset("a signed link that works for a day"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let (link, seconds) = SignedLinkAge.remaining(asset), seconds > 0,
      seconds < asset.circumstances.expiryMargin
    else { return [] }
    var finding = asset.finding(
      entry,
      "the signed link (\(link.provider.rawValue)) expires in \(SignedLinkAge.text(seconds)): "
        + "the job may still wait in the queue by then")
    finding.actual = ["expires_in_seconds": .integer(Int64(seconds))]
    finding.fix =
      "sign a link that works for at least \(SignedLinkAge.text(asset.circumstances.expiryMargin))"
    return [finding]
  }
}
