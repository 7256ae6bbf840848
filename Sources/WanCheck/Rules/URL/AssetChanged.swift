import AssetOpening
import MediaFacts

/// A file that changes while it is read has no single content that could be checked.
struct AssetChanged: AssetRule {
  let entry = RuleEntry(
    "asset-changed", .url, .error, .unproved,
    summary: "An asset stays the same while it is read.",
    source: .practice("Facts of two different contents prove nothing about either."),
    breaks: .asset("a file that is still being written"), passes: .asset("a file that is complete"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard
      asset.examination.failure?.code == .changed
        || asset.examination.probeFailure?.underlying?.code == .changed
    else { return [] }
    var finding = asset.finding(entry, "the file changed while it was read")
    finding.fix = "wait until the file is complete, then check again"
    return [finding]
  }
}
