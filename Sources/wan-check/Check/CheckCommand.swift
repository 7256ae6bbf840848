import ArgumentParser
import AssetOpening
import AssetSource
import Foundation
import MediaFacts
import WanCheck
import WanReport

/// `wan-check [check] INPUT...`
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check assets and jobs (the default command).",
    discussion: """
      Remote assets are fetched by plain GETs, without cookies or credentials, from public hosts only: in a few ranges at \
      depth header, each byte once at depth full and decode. SSL_CERT_FILE names other certificate authorities than the \
      system's, TMPDIR the folder for what does not fit in memory.
      """)

  @Argument(
    help: ArgumentHelp(
      "Assets (paths or URLs), job files, folders, patterns, or - for jobs on standard input.",
      valueName: "input"))
  var inputs: [String] = []

  @OptionGroup var options: CheckOptions

  func validate() throws {
    try options.checkInputs(inputs, orSay: "give assets, job files or folders, or - for standard input")
  }

  func run() async throws {
    StandardStream.ignoreClosedPipes()
    try ProcessLimits.prepare()
    let settings = try options.resolved()
    let names = try options.inputNames(inputs)
    if let hint = UsageMessage.commandHint(inputs) { StandardStream.error.writeLine("wan-check: \(hint)") }
    let monitor = FetchMonitor()
    let opener = try settings.opener(monitor: monitor)
    let progress = settings.progress(monitor, readsTerminal: options.readsStandardInput(names.arguments))
    let prober = try settings.prober()
    let confinement = try await settings.confinement(of: prober)
    let reports = try ReportFiles(
      settings, sparing: ReadFiles(settings, inputs: names.arguments, ledger: LedgerOptions.usualPath),
      confinement: confinement)
    let preflight = Preflight(
      prober: prober, configuration: settings.preflight(), opener: opener, memo: ExaminationMemo())
    var atHeader = settings.preflight()
    (atHeader.depth, atHeader.previews) = (.header, false)
    let readsStandardInput = settings.options.readsStandardInput(names.arguments)
    let inputs = InputReader(
      InputExpansion(names, settings, role: settings.options.role), shard: settings.options.shard ?? .whole,
      triage: Preflight(prober: prober, configuration: atHeader, opener: opener))
    let status = try await Interruption.cancelling {
      let concurrency = settings.concurrency
      var run = CheckRun(
        CheckPipeline(preflight: preflight, concurrency: concurrency, progress: progress),
        ReportWriter(
          settings.reporter(
            confinement: confinement, readsStandardInput: readsStandardInput),
          to: .output, files: reports, progress: progress,
          evidence: settings.evidence, ignoresVerdicts: settings.options.exitZero))
      return try await run.check(inputs)
    } onInterruption: {
      progress?.interrupt()
    } beforeExit: {
      prober.endWorkers()
      reports.discard()
    }
    settings.reportConfinement(of: prober)
    await prober.shutdown()
    await opener.shutdown()
    if status != .valid { throw status }
  }
}
