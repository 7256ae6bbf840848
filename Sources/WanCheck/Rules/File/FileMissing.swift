import AssetOpening
import Locations

/// A path leads to an existing file.
struct FileMissing: AssetRule {
  let entry = RuleEntry(
    "file-missing", .file,
    summary: "The file that a path names exists.",
    source: .practice("What is not there cannot be fetched."),
    breaks: .asset("./no-such-file.png"), passes: .asset("a path of a file that exists"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let failure = asset.examination.failure, failure.code == .missing || failure.code == .badLocation
    else { return [] }
    var finding = asset.finding(entry, "\(asset.reference.location.displayText): \(failure.message)")
    finding.fix =
      asset.reference.location.looksLikeHost
      ? "if it is a URL, write https:// before it" : "correct the path, or put the file there"
    return [finding]
  }
}
