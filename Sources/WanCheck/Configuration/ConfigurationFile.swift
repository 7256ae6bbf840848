package import SystemPackage

/// The settings of a configuration file, each value with its place.
package struct ConfigurationFile: Sendable {
  /// A URL prefix, and the folder with local copies of the files below it.
  package struct Mapping: Sendable, Hashable {
    /// The prefix as it is written.
    package var prefix: String
    /// The folder as it is written: relative to the file's folder.
    package var folder: String
  }

  /// The settings that other sources can set as well.
  package var layer = ConfigurationLayer()
  /// Other severities, in the order of the file.
  package var rules: [(id: RuleID, setting: Configured<RuleSetting>)] = []
  /// Findings to suppress.
  package var ignored: [Configured<IgnoredFinding>] = []
  /// Limits that replace the profile's of the same id.
  package var limits: [Configured<Limit>] = []
  /// The folders with local copies of files that will be served.
  package var map: [Configured<Mapping>] = []

  /// A file that sets nothing.
  package init() {}

  /// Reads the settings in the text of a file, and collects all problems. `name` is the file's name in messages, and
  /// `limits` are the limits that the file may replace.
  package static func read(
    _ bytes: [UInt8], named name: String, limits: Limits = .documented
  ) -> (file: ConfigurationFile, problems: [ConfigurationProblem]) {
    var reader = ConfigurationReader(name: name, limits: limits)
    reader.read(bytes)
    return (reader.file, reader.problems)
  }
}

extension ConfigurationFile {
  /// `documented`, except for the limits that the file replaces.
  package func limits(over documented: Limits) -> Limits {
    limits.reduce(into: documented) { $0[$1.value.id] = $1.value }
  }

  /// The policy for findings; the paths of its entries begin at `folder`.
  package func policy(folder: FilePath) -> FindingPolicy {
    FindingPolicy(
      rules: Dictionary(rules.map { ($0.id, $0.setting.value) }) { _, last in last },
      ignored: ignored.map(\.value), folder: folder)
  }

  /// A note about each entry of `ignore` that has expired at `now`, in seconds since 1970.
  package func expiryNotes(now: Double) -> [String] {
    ignored.compactMap { entry in
      guard let expires = entry.value.expires, expires.isOver(at: now) else { return nil }
      return "\(entry.origin): ignoring \(entry.value.rule) ended on \(expires): it counts again"
    }
  }
}
