import AssetOpening
import Locations
import MediaFacts

/// A file can be read to its end.
struct FileUnreadable: AssetRule {
  let entry = RuleEntry(
    "file-unreadable", .file, .error, .unproved,
    summary: "The path names a regular file that can be read.",
    source: .practice("What could not be read was not checked."),
    breaks: .asset("a file without read permission, a folder, a FIFO"), passes: .asset("a readable file"))

  func findings(in asset: AssetSubject) -> [Finding] {
    if let failure = asset.examination.failure, failure.code == .unreadable || failure.code == .notRegularFile
    {
      return [asset.finding(entry, "cannot read the file: \(failure.message)")]
    }
    if let failure = asset.examination.probeFailure, failure.code == .sourceFailed,
      failure.underlying?.code != .changed,
      asset.reference.location.url == nil
    {
      return [asset.finding(entry, "cannot read the file: \(failure.message)")]
    }
    return []
  }
}
