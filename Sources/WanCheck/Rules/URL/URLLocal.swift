import AssetOpening
import Locations

/// The provider fetches URLs and cannot read local paths.
struct URLLocal: AssetRule {
  let entry = RuleEntry(
    "url-local", .url, .note,
    summary: "A job that is sent names its assets by URL; paths are for checking before upload.",
    breaks: .job(#"{"$start_image": "./a.png"}"#),
    passes: .job(#"{"$start_image": "https://cdn.example.net/a.png"}"#))

  func findings(in asset: AssetSubject) -> [Finding] {
    let location = asset.reference.location
    guard asset.reference.pointer != nil, location.path != nil, !asset.reference.isPlaceholder else {
      return []
    }
    if asset.examination.failure?.code == .outsideFolder {
      var finding = asset.finding(
        entry, "\(location.displayText) is outside the job file's folder and the working folder")
      finding.severity = .error
      finding.fix = "move the file there, or allow it with --allow-paths"
      return [finding]
    }
    guard asset.configuration.submitting else {
      return [
        asset.finding(entry, "\(location.displayText) is a local path: give its https URL before you submit")
      ]
    }
    var finding = asset.finding(
      entry, "\(location.displayText) is a local path, which the provider cannot fetch")
    finding.severity = .error
    finding.fix = "upload the file and give its https URL"
    return [finding]
  }
}
