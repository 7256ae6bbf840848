public import ArgumentParser
public import MediaFacts
public import WanCheck
package import WanReport

/// The options of every command that checks inputs.
struct CheckOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How much of each asset is read: header, full or decode (default: full).", valueName: "depth"))
  var depth: Depth?

  @Option(help: ArgumentHelp("Format of standard output: \(OutputFormat.list).", valueName: "format"))
  var format: OutputFormat = .text

  @Option(
    help: ArgumentHelp(
      "Write a report to a file, too, in any of these formats (repeatable).", valueName: "format=file"))
  var report: [String] = []

  @Option(
    help: ArgumentHelp("What bare assets are for: start_image, end_image, audio or video.", valueName: "role")
  )
  var role: Role?

  @Flag(inversion: .prefixedNo, help: "Count warnings as errors.")
  var strict: Bool?

  @Option(
    help: ArgumentHelp(
      "Assets that are examined at a time (default: files by the number of cores, at least 8 that are fetched).",
      valueName: "n"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Longest time for one asset, fetching and examining it together, or for reading one document (default: 120 for a document and for an asset that is fetched).",
      valueName: "seconds"))
  var timeout: Double?

  @Flag(help: "Do not fetch remote assets; they are inconclusive.")
  var offline = false

  @Option(
    help: ArgumentHelp(
      "Check the copies in a folder instead of what a URL prefix serves (repeatable).",
      valueName: "url-prefix=folder"))
  var map: [String] = []

  @OptionGroup var fetching: FetchingOptions

  @Option(
    name: .customLong("files-from0"),
    help: ArgumentHelp(
      "Read the inputs from this file, each name ended by NUL; - for standard input. No other inputs may be given.",
      valueName: "file"))
  var filesFrom0: String?

  @Option(
    help: ArgumentHelp(
      "Check a part of the inputs: those whose number from 0, divided by N, leaves I.",
      valueName: "i/n"))
  var shard: Shard?

  @Flag(help: "End with exit code 0 whatever the verdicts are, if every input got one.")
  var exitZero = false

  @Flag(help: "Let jobs name files outside their own folder and the working folder.")
  var allowPaths = false

  @Flag(help: "Fetch from private hosts, too, and make them a note: for servers under test.")
  var allowPrivateHosts = false

  @Flag(help: "Read the bytes of assets in processes that are not confined: for files that you trust.")
  var noSandbox = false

  @Flag(help: "End with exit code 4 where the system cannot confine the processes that read assets.")
  var requireSandbox = false

  @Option(
    help: ArgumentHelp("Name of the jobs on standard input, for format and reports.", valueName: "name"))
  var stdinFilename: String?

  @Flag(help: "List valid inputs, too; on a terminal, up to 20 inputs are always listed.")
  var showValid = false

  @Flag(name: .shortAndLong, help: "Show the summary alone; if given twice, show nothing.")
  var quiet: Int

  @Flag(help: "Show on standard error the settings in force, what was fetched, and what the bytes proved.")
  var verbose = false

  @OptionGroup var endpoint: ProfileOption

  @OptionGroup(title: "Settings") var configuration: ConfigurationOptions

  @Option(help: ArgumentHelp("Use colour: auto, always or never.", valueName: "when"))
  var color: ColorChoice = .auto

  func validate() throws {
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("`--jobs` must be 1 to 256; found \(jobs)")
    }
    if let timeout, !(timeout > 0 && timeout <= 86400) {
      throw ValidationError("`--timeout` must be a number of seconds above 0, at most a day")
    }
    if noSandbox, requireSandbox {
      throw ValidationError("`--no-sandbox` and `--require-sandbox` exclude each other")
    }
    if quiet > 0, verbose { throw ValidationError("`--quiet` and `--verbose` exclude each other") }
    if quiet > 0, showValid { throw ValidationError("`--quiet` and `--show-valid` exclude each other") }
    _ = try mappings
    _ = try reports
  }

  /// The report files from `--report`.
  var reports: [ReportArgument] { get throws { try ReportArgument.reading(report) } }
}

extension Depth: ExpressibleByArgument {}
extension Role: ExpressibleByArgument {}

extension Shard: ExpressibleByArgument {
  /// The shard that the value of `--shard` names.
  package init?(argument: String) { self.init(text: argument) }
}
