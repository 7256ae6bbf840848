import ArgumentParser
import AssetOpening
import AssetSource
import Foundation
import Locations
import SystemPackage
import WanCheck
import WanReport

/// `wan-check fix INPUT... --into FOLDER`
struct FixCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fix", abstract: "Write repaired copies of assets and job files into a folder.",
    discussion: """
      Runs the command that a report names for each asset, and copies assets that need none. Originals are not changed. The \
      folder must be empty or new. Job files are rewritten so that they name the copies. Then everything in the folder is \
      checked, and reported like `wan-check check` does. The commands need ffmpeg, ImageMagick or jpegtran.
      """)

  @Argument(
    help: ArgumentHelp("Assets, job files, folders or patterns.", valueName: "input"))
  var inputs: [String] = []

  @Option(help: ArgumentHelp("The folder to write into; it must be empty or new.", valueName: "folder"))
  var into: String

  @Flag(help: "Write a shell script of the commands to standard output instead of running them.")
  var dryRun = false

  @OptionGroup var options: CheckOptions

  func validate() throws {
    try options.checkInputs(inputs, orSay: "give assets, job files or folders")
    try options.checkOptionsOfCheckAlone()
    if into.isEmpty { throw ValidationError("--into: the name of the folder is empty") }
  }

  func run() async throws {
    StandardStream.ignoreClosedPipes()
    try ProcessLimits.prepare()
    // The programs of the commands inherit the environment, and read files that are not trusted.
    for secret in [ProviderOptions.keyVariable, WebhookSecrets.variable] { unsetenv(secret) }
    let settings = try options.resolved()
    let names = try options.inputNames(inputs)
    let workingFolder = FilePath(FileManager.default.currentDirectoryPath)
    let folder = try FixFolder(InputName(argument: into).path, workingFolder: workingFolder)
    let opener = try settings.opener(monitor: FetchMonitor())
    let prober = try settings.prober()
    let confinement = try await settings.confinement(of: prober)
    let reports = try ReportFiles(
      settings, sparing: ReadFiles(settings, inputs: names.arguments, ledger: LedgerOptions.usualPath),
      confinement: confinement)
    let programs = RepairPrograms(
      timeLimit: .seconds(options.timeout ?? Self.longestRun), concurrency: settings.fileConcurrency)
    var configuration = settings.preflight()
    configuration.furtherFolders = [workingFolder.pushing(folder.path)]
    let repairing = Repairing(
      Preflight(prober: prober, configuration: configuration, opener: opener, memo: ExaminationMemo()),
      programs, folder, workingFolder: workingFolder, isDryRun: dryRun)
    let run = FixRun(
      settings: settings, repairing: repairing, workingFolder: workingFolder,
      concurrency: settings.fileConcurrency)
    let isDryRun = dryRun
    let resultConfiguration = configuration
    let given = names.arguments
    let originals = InputReader(InputExpansion(names, settings, role: settings.options.role))
    let status = try await Interruption.cancelling {
      defer { folder.discard() }
      if !isDryRun { try folder.create() }
      let entries: [FixRun.Entry]
      do {
        entries = try await run.entries(originals)
      } catch is CancellationError {
        return ExitStatus.interrupted
      }
      let plan = FixPlan(entries, names: given, folder: folder.path, workingFolder: workingFolder)
      if isDryRun { return try Self.printScript(plan, folder, workingFolder, entries.isEmpty) }
      let done: FixReport
      do {
        done = try await FixReport(placing: plan, repairing, folder)
      } catch is CancellationError {
        return ExitStatus.interrupted
      }
      folder.discard()
      let progress = settings.progress(FetchMonitor(), readsTerminal: false)
      var writer = ReportWriter(
        settings.reporter(confinement: confinement), to: .output, files: reports, progress: progress,
        evidence: settings.evidence)
      for message in plan.misuse { writer.complain(message, .usage) }
      for message in done.failures { writer.complain(message, .internalError) }
      if settings.options.quiet < 2 {
        for line in done.lines { StandardStream.error.writeLine("wan-check: \(line)") }
      }
      var check = CheckRun(
        CheckPipeline(
          preflight: Preflight(
            prober: prober, configuration: resultConfiguration, opener: opener, memo: ExaminationMemo()),
          concurrency: settings.concurrency, progress: progress), writer)
      return try await check.check(
        InputReader(InputExpansion(InputNames(plan.results), settings, role: settings.options.role)))
    } onInterruption: {
      programs.endAll()
    } beforeExit: {
      programs.endAll()
      prober.endWorkers()
      reports.discard()
      folder.discard()
    }
    settings.reportConfinement(of: prober)
    await programs.shutdown()
    await prober.shutdown()
    await opener.shutdown()
    if status != .valid { throw status }
  }

  /// The longest time of one command in seconds, if `--timeout` states none.
  private static let longestRun: Double = 900

  private static func printScript(
    _ plan: FixPlan, _ folder: FixFolder, _ workingFolder: FilePath, _ isEmpty: Bool
  ) throws -> ExitStatus {
    for message in plan.misuse { StandardStream.error.writeLine("wan-check: \(message)") }
    for path in plan.unchanged { StandardStream.error.writeLine("wan-check: \(FixReport.unchanged(path))") }
    if isEmpty { throw ExitStatus.misuse("no media and no jobs found") }
    try StandardStream.output.write(FixScript(plan: plan, folder: folder, workingFolder: workingFolder).text)
    return plan.misuse.isEmpty ? .valid : .usage
  }
}
