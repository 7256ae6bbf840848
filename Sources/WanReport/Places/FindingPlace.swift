import Locations
import WanCheck

/// The place of a finding in a repository. It is always in a file, because most code
/// hosts support nothing else.
struct FindingPlace: Hashable {
  /// The path from the repository's root, or an absolute one, for people; unsafe characters are escaped.
  var path: String
  /// The same path in bytes, which may not be UTF-8.
  var bytes: [UInt8]
  /// Whether the file exists in the repository; if not, `path` is a name in place of a file.
  var isFile: Bool
  /// The line, from 1; 1 if the finding is about the whole file.
  var line: Int
  /// The column in Unicode scalars, from 1; `nil` if the finding is about the whole file.
  var column: Int?

  /// The place of `finding`, which is a finding of `result`.
  ///
  /// A URL that is an input by itself is in no file of the repository, and neither are jobs on standard
  /// input. Such inputs get a name that is the same in each run.
  init(of finding: Finding, in result: CheckResult, _ paths: RepositoryPaths) {
    line = finding.place.line ?? 1
    column = finding.place.column
    let file = finding.place.file ?? result.input
    // A line of a job file may name an asset.
    let bareURL = finding.place.line == nil ? result.bareURL : nil
    isFile = bareURL == nil && file != "-"
    if let asset = bareURL {
      path = "remote-assets/\(asset.locationID)"
    } else {
      path = isFile ? paths.path(of: file) : "standard-input"
    }
    let exact = result.kind == .asset && finding.place.line == nil ? result.assets.first?.path : nil
    bytes = exact.map { paths.path(of: $0.bytes) } ?? Array(path.utf8)
  }
}

extension CheckResult {
  /// The asset, if the input is the URL of one asset.
  var bareURL: AssetResult? {
    guard kind == .asset, let asset = assets.first, AssetLocation(asset.rawLocation).path == nil else {
      return nil
    }
    return asset
  }

  /// The asset that a finding is about.
  func asset(of finding: Finding) -> AssetResult? {
    guard kind == .job else { return assets.first }
    return finding.role.flatMap { role in assets.first { $0.role == role } }
  }

  /// The input for people: its name, and its index and id if it has them.
  var title: String {
    var title = displayText(input)
    if kind == .job, record > 0 || id != nil { title += "[\(record)]" }
    if let id { title += " id \(displayText(id))" }
    return title
  }

  /// The message of a finding, with its subject.
  func sentence(_ finding: Finding) -> String {
    let subject: String?
    if let bareURL {
      subject = bareURL.location
    } else {
      subject = kind == .job ? finding.role?.rawValue : nil
    }
    return displayText((subject.map { "\($0): " } ?? "") + finding.message)
  }
}

extension Finding {
  /// The severity for people; `unproved` for what could not be checked.
  var label: String { effect == .unproved ? Effect.unproved.rawValue : severity.rawValue }
}
