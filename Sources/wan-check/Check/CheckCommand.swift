import ArgumentParser
import AssetSource
import Foundation
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
    try ProcessRoom.take()
    let options = try options.configured()
    let names = try options.inputNames(inputs)
    if let hint = UsageMessage.commandHint(inputs) { StandardStream.error.writeLine("wan-check: \(hint)") }
    let monitor = FetchMonitor()
    let opener = try options.opener(monitor: monitor)
    let progress = options.progress(monitor, readsTerminal: options.readsStandardInput(names))
    let prober = try options.prober()
    let confinement = try await options.confinement(of: prober)
    let reports = try ReportFiles(
      options, sparing: ReadFiles(options, inputs: names, ledger: LedgerOptions.usualPath),
      confinement: confinement)
    let status = try await Interruption.cancelling {
      let concurrency = options.concurrency
      let preflight = Preflight(
        prober: prober,
        configuration: options.configuration, opener: opener, memo: ExaminationMemo())
      var run = CheckRun(
        CheckPipeline(preflight: preflight, concurrency: concurrency, progress: progress),
        ReportWriter(
          options.reporter(confinement: confinement, readsStandardInput: options.readsStandardInput(names)),
          to: .output, files: reports, progress: progress,
          evidence: options.evidence))
      return try await run.check(
        InputReader(InputExpansion(names, options, role: options.role)))
    } onInterruption: {
      progress?.interrupt()
    } beforeExit: {
      prober.endWorkers()
      reports.discard()
    }
    options.tellConfinement(of: prober)
    await prober.shutdown()
    await opener.shutdown()
    if status != .valid { throw status }
  }
}

extension CheckOptions {
  /// What the reports say of the run; hints in it lead to the provider and the ledger that these options name.
  func reportContext(for provider: ProviderOptions? = nil, confinement: [String] = []) -> ReportContext {
    var context = ReportContext(
      version: ToolVersion.current, depth: depth, limits: limits, showURLs: fetching.showUrls,
      paths: RepositoryPaths(in: FileManager.default.currentDirectoryPath))
    context.confinement = confinement
    context.ledgerOption = provider?.ledger.repeated ?? ""
    context.providerOptions = provider?.repeated ?? ""
    return context
  }

  /// The reporter of standard output.
  func reporter(
    for provider: ProviderOptions? = nil, confinement: [String] = [], readsStandardInput: Bool = false
  ) -> any Reporter {
    let isTerminal = StandardStream.output.isTerminal
    return format.reporter(
      reportContext(for: provider, confinement: confinement),
      color: color.isEnabled(isTerminal: isTerminal),
      listing: listing(
        isTerminal: isTerminal, isTyped: readsStandardInput && StandardStream.input.isTerminal),
      width: isTerminal ? StandardStream.output.columns : nil)
  }

  /// The inputs that are listed as text; a person who types jobs gets an answer to each.
  func listing(isTerminal: Bool, isTyped: Bool) -> TextListing {
    switch quiet {
    case 0: showValid || (isTerminal && isTyped) ? .everything : isTerminal ? .upTo(20) : .problems
    case 1: .summary
    default: .nothing
    }
  }

  /// The report files that are asked for.
  var reports: [ReportArgument] { get throws { try ReportArgument.reading(report) } }

  /// Progress for a person who waits; `nil` if nobody does, or if they type the jobs right there.
  func progress(_ monitor: FetchMonitor, readsTerminal: Bool) -> ProgressDisplay? {
    if quiet > 0 || (readsTerminal && StandardStream.input.isTerminal) { return nil }
    return ProgressDisplay(monitor, on: .error, color: color.isEnabled(isTerminal: true))
  }
}
