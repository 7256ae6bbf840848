import Locations
import WanCheck

/// Where a finding is shown in a repository: always in a file, since most code hosts know nothing else.
struct FindingPlace: Hashable {
  /// From the repository's root, or absolute; for people, where the name is not fit to be shown.
  var path: String
  /// The same in bytes, which need not be UTF-8.
  var bytes: [UInt8]
  /// Whether there is such a file; else the path is a name that stands for it.
  var isFile: Bool
  /// From 1; 1 where the finding is about a file as a whole.
  var line: Int
  /// From 1, in Unicode scalars; `nil` where the finding is about a file as a whole.
  var column: Int?

  /// The place of `finding`, which is among those of `result`.
  ///
  /// An asset that is a URL by itself lies in no file of the repository, and jobs on standard input do not either: a
  /// name stands for them, the same in each run.
  init(of finding: Finding, in result: CheckResult, _ paths: RepositoryPaths) {
    line = finding.place.line ?? 1
    column = finding.place.column
    let file = finding.place.file ?? result.input
    isFile = result.bareURL == nil && file != "-"
    if let asset = result.bareURL {
      path = "remote-assets/\(asset.locationID)"
    } else {
      path = isFile ? paths.path(of: file) : "standard-input"
    }
    let exact = result.kind == .asset ? result.assets.first?.path : nil
    bytes = exact.map { paths.path(of: $0.bytes) } ?? Array(path.utf8)
  }
}

extension CheckResult {
  /// The asset, if the input is the URL of one.
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

  /// The input for people: its name, with index and id where it has them.
  var title: String {
    var title = displayText(input)
    if kind == .job, index > 0 || id != nil { title += "[\(index)]" }
    if let id { title += " id \(displayText(id))" }
    return title
  }

  /// What a finding says, with what it is about.
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
  /// The severity for people; what could not be checked is `unproved`.
  var label: String { effect == .unproved ? Effect.unproved.rawValue : severity.rawValue }
}
