import AssetOpening
import Locations
import MediaFacts

/// An asset that could not be fetched was not checked.
struct AssetUnreachable: AssetRule {
  let entry = RuleEntry(
    "asset-unreachable", .url, .error, .unproved,
    summary: "An asset can be fetched now.",
    source: .practice("What could not be fetched was not checked."),
    breaks: .asset("a URL whose server does not answer, or any URL with --offline"),
    passes: .asset("a URL whose server answers"))

  func findings(in asset: AssetSubject) -> [Finding] {
    if let failure = asset.examination.probeFailure, failure.code == .sourceFailed,
      failure.underlying?.code != .changed, asset.reference.location.url != nil
    {
      var finding = asset.finding(entry, "the asset was not fetched to its end: \(failure.message)")
      finding.fix = "try again later"
      return [finding]
    }
    guard let failure = asset.examination.failure,
      failure.code == .offline || failure.code == .unreachable || failure.code == .timedOut
    else { return [] }
    var finding = asset.finding(entry, "the asset was not fetched: \(failure.message)")
    finding.fix =
      failure.isBotChallenge
      ? "switch the bot protection off for this file, or upload the file to another host: programs cannot pass it"
      : failure.code == .offline ? "check a local copy of the file" : "try again later"
    return [finding]
  }
}
