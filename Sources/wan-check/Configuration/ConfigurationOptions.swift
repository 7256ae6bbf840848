import ArgumentParser

/// The options that say where settings come from.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read settings from this file (default: the nearest \(ConfigurationDiscovery.fileName) up to the repository's root).",
      valueName: "file"))
  var config: String?

  @Flag(help: "Read settings from no file.")
  var noConfig = false

  @Flag(help: "Print the settings that hold, and where each comes from; check nothing.")
  var printConfig = false

  /// What was read, once it was.
  var loaded = LoadedConfiguration()

  private enum CodingKeys: String, CodingKey {
    case config, noConfig, printConfig
  }

  func validate() throws {
    if config != nil, noConfig { throw ValidationError("--config and --no-config exclude each other") }
  }
}
