package import MediaFacts

/// The values that one source (command line, environment or file) has for the settings that all of them can set.
package struct ConfigurationLayer: Sendable {
  /// How deep assets are read.
  package var depth: Configured<Depth>?
  /// Whether warnings count as errors.
  package var strict: Configured<Bool>?
  /// Assets that are examined at a time.
  package var concurrency: Configured<Int>?

  /// A source that sets nothing.
  package init() {}

  /// The command line: `--depth`, `--strict` or `--no-strict`, and `--jobs`.
  package init(commandLine depth: Depth?, strict: Bool?, jobs: Int?) {
    self.depth = depth.map { Configured($0, from: .commandLine("--depth")) }
    self.strict = strict.map { Configured($0, from: .commandLine($0 ? "--strict" : "--no-strict")) }
    concurrency = jobs.map { Configured($0, from: .commandLine("--jobs")) }
  }

  /// Each setting from the first layer that has it.
  package init(first layers: [ConfigurationLayer]) {
    depth = layers.lazy.compactMap(\.depth).first
    strict = layers.lazy.compactMap(\.strict).first
    concurrency = layers.lazy.compactMap(\.concurrency).first
  }
}

/// A value of the configuration, and where it comes from.
package struct Configured<Value: Sendable>: Sendable {
  /// The value.
  package var value: Value
  /// Where it comes from.
  package var origin: ConfigurationOrigin

  /// A value from `origin`.
  package init(_ value: Value, from origin: ConfigurationOrigin) {
    self.value = value
    self.origin = origin
  }
}
