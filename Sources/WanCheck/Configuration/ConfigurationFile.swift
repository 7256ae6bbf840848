package import MediaFacts

/// What a configuration file says, each value with its place.
package struct ConfigurationFile: Sendable {
  /// A URL prefix, and the folder with the copies of what it serves.
  package struct Mapping: Sendable, Hashable {
    /// The prefix as it is written.
    package var prefix: String
    /// The folder as it is written: relative to the file's folder.
    package var folder: String
  }

  /// How deep assets are read.
  package var depth: Configured<Depth>?
  /// Whether warnings are errors.
  package var strict: Configured<Bool>?
  /// Assets that are examined at a time.
  package var concurrency: Configured<Int>?
  /// Other severities, in the order of the file.
  package var rules: [(id: RuleID, setting: Configured<RuleSetting>)] = []
  /// Findings to suppress.
  package var ignored: [Configured<IgnoredFinding>] = []
  /// Limits that replace the profile's of the same id.
  package var limits: [Configured<Limit>] = []
  /// Local copies of what will be served.
  package var map: [Configured<Mapping>] = []

  /// A file that says nothing.
  package init() {}

  /// What the text of a file says, and everything that is wrong with it; `name` is the file's name for people, and
  /// `limits` are those that it may override.
  package static func read(
    _ bytes: [UInt8], named name: String, limits: Limits = .documented
  ) -> (file: ConfigurationFile, problems: [ConfigurationProblem]) {
    var reader = ConfigurationReader(name: name, limits: limits)
    reader.read(bytes)
    return (reader.file, reader.problems)
  }
}
