import AssetOpening

/// "Must be publicly accessible."
struct AssetRefused: AssetRule {
  let entry = RuleEntry(
    "asset-refused", .url,
    summary: "A server sends the asset to every client.",
    breaks: .asset("a URL that answers 403 or 404, or whose host name does not exist"),
    passes: .asset("a URL that answers 200"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let failure = asset.examination.failure, failure.code == .refused else { return [] }
    var finding = asset.finding(entry, "the asset is not publicly accessible: \(failure.message)")
    finding.fix =
      failure.isBotChallenge
      ? "switch the bot protection off for this file, or upload the file to another host: programs cannot pass it"
      : failure.message.lowercased().contains("expired")
        ? "sign a new link"
        : "make the file public, or sign a link for it; open it in a private window to see what others see"
    return [finding]
  }
}
