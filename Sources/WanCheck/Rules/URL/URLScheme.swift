import AssetOpening
import Locations

/// Only http and https are fetched.
struct URLScheme: AssetRule {
  let entry = RuleEntry(
    "url-scheme", .url,
    summary: "A location is an https URL (or http).",
    breaks: .job(#"{"$start_image": "ftp://cdn.example.net/a.png"}"#),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    let location = asset.reference.location
    let problem = location.problems.first { $0.code == .schemeUnsupported }?.message
    let failure = asset.examination.failure
    let redirect = failure?.code == .schemeUnsupported ? failure?.message : nil
    guard let message = problem ?? redirect, !asset.reference.isPlaceholder else { return [] }
    var finding = asset.finding(entry, message)
    finding.limit = AllowedValues(oneOf: ["https", "http"])
    finding.fix = "upload the file and give its https URL; a local file is named by its path alone"
    return [finding]
  }
}
