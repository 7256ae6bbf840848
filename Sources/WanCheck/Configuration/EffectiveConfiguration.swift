package import MediaFacts
package import SystemPackage

/// What holds in the end, each value with where it comes from: the command line, then the environment, then the file.
package struct EffectiveConfiguration: Sendable {
  /// What the command line says.
  package struct CommandLine: Sendable {
    /// `--depth`.
    package var depth: Depth?
    /// `--strict` or `--no-strict`.
    package var strict: Bool?
    /// `--jobs`.
    package var concurrency: Int?

    /// What was given.
    package init(depth: Depth? = nil, strict: Bool? = nil, concurrency: Int? = nil) {
      self.depth = depth
      self.strict = strict
      self.concurrency = concurrency
    }
  }

  /// How deep assets are read.
  package var depth: Configured<Depth>
  /// Whether warnings are errors.
  package var strict: Configured<Bool>
  /// Assets that are examined at a time; `nil`: by the number of cores.
  package var concurrency: Configured<Int>?
  /// Everything that only a file says.
  package var file: ConfigurationFile
  /// The endpoint that is judged for.
  package var profile: Profile

  /// What holds where these are the sources.
  package init(
    _ commandLine: CommandLine = CommandLine(),
    environment: ConfigurationEnvironment = ConfigurationEnvironment(),
    file: ConfigurationFile = ConfigurationFile(), profile: Profile = .freepik
  ) {
    depth =
      commandLine.depth.map { Configured($0, from: .commandLine("--depth")) } ?? environment.depth ?? file
      .depth
      ?? Configured(.full, from: .standard)
    strict =
      commandLine.strict.map { Configured($0, from: .commandLine($0 ? "--strict" : "--no-strict")) }
      ?? environment.strict ?? file.strict ?? Configured(false, from: .standard)
    concurrency =
      commandLine.concurrency.map { Configured($0, from: .commandLine("--jobs")) } ?? environment.concurrency
      ?? file.concurrency
    self.file = file
    self.profile = profile
  }

  /// The limits to judge by.
  package var limits: Limits {
    file.limits.reduce(into: profile.limits) { $0[$1.value.id] = $1.value }
  }

  /// What becomes of findings; the paths of its entries begin at `folder`.
  package func policy(folder: FilePath) -> FindingPolicy {
    FindingPolicy(
      rules: Dictionary(file.rules.map { ($0.id, $0.setting.value) }) { _, last in last },
      ignored: file.ignored.map(\.value), folder: folder)
  }

  /// A line for people about each entry of `ignore` that is over at `now`, in seconds since 1970.
  package func expiryNotes(now: Double) -> [String] {
    file.ignored.compactMap { entry in
      guard let expires = entry.value.expires, expires.isOver(at: now) else { return nil }
      return "\(entry.origin): ignoring \(entry.value.rule) ended on \(expires): it counts again"
    }
  }
}
