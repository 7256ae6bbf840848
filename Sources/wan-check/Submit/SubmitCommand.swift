import ArgumentParser
import AssetOpening
import AssetSource
import Locations
import WanCheck
import WanSubmit

/// `wan-check submit INPUT...`
struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit", abstract: "Check jobs, then send the valid ones.",
    discussion: """
      Only jobs that were proved valid are sent, and none twice: every request is written to a ledger before it leaves. \
      If an answer is lost, the job is unknown until you resolve it (`wan-check ledger`). Only failed connections and \
      429 are retried.

      Exit codes, the first that holds: 130 interrupted; 2 wrong usage; 6 an outcome is unknown; 4 internal error; 5 the \
      provider refused a job, or a task failed; 1 a job is invalid; 7 not finished, run it again; 3 a job is inconclusive; \
      0 every job is submitted.
      """)

  @Argument(
    help: ArgumentHelp(
      "Job files, folders with job files, patterns, or - for jobs on standard input.", valueName: "input"))
  var inputs: [String] = []

  @OptionGroup(title: "Submission") var submission: SubmitOptions
  @OptionGroup(title: "Provider") var provider: ProviderOptions
  @OptionGroup(title: "Checking") var options: CheckOptions

  func validate() throws {
    try options.checkInputs(inputs, orSay: "give job files, or - for standard input")
    if options.role != nil {
      throw ValidationError("`--role` is for bare assets; `submit` sends only jobs")
    }
    if options.endpoint.name != nil {
      throw ValidationError(
        "`submit` sends only to the endpoint of `\(Profile.freepik.id)`; use `--profile` with `check`")
    }
    try options.checkOptionsOfCheckAlone()
    if options.offline {
      throw ValidationError("`submit` sends only jobs whose assets were fetched; remove `--offline`")
    }
  }

  func run() async throws {
    StandardStream.ignoreClosedPipes()
    try ProcessLimits.prepare()
    let settings = try options.resolved()
    let options = settings.options
    let configuration = try providerConfiguration()
    let provider = provider
    let names = try options.inputNames(inputs)
    let submission = submission
    let readFiles = ReadFiles(
      settings, inputs: names.arguments, ledger: try provider.ledger.path(), keyFile: provider.apiKeyFile)
    try ResultFetching.requireFolder(submission.download, sparing: readFiles)
    try requireLedger(ReadFiles(settings, inputs: names.arguments, ledger: nil, keyFile: provider.apiKeyFile))
    let prober = try settings.prober()
    let confinement = try await settings.confinement(of: prober)
    let reports = try ReportFiles(settings, sparing: readFiles, confinement: confinement)
    let ledger = try openLedger()
    let monitor = FetchMonitor()
    let opener = try settings.opener(monitor: monitor)
    let progress = settings.progress(monitor, readsTerminal: options.readsStandardInput(names.arguments))
    let preflight = Preflight(
      prober: prober,
      configuration: settings.preflight(before: submission), opener: opener, memo: ExaminationMemo())
    let client = WanClient(configuration, ledger: ledger, recheck: preflight)
    let results = ResultFetching(
      into: submission.download,
      allowPrivateHosts: options.allowPrivateHosts || configuration.base.isLoopback,
      options.fetching)
    try await results.prepare()
    let inputs = InputReader(InputExpansion(names, settings, jobsAlone: true))
    let follower = submission.follows ? follower(of: client, results, prober) : nil
    let status = try await Interruption.cancelling(isWaiting: { client.jobsUnderWay > 0 }) {
      var run = SubmitRun(
        client: client, options: submission, showURLs: options.fetching.showUrls,
        repeated: (provider.ledger.repeated, provider.repeated),
        checks: CheckPipeline(preflight: preflight, concurrency: settings.concurrency, progress: progress),
        writer: ReportWriter(
          settings.reporter(confinement: confinement), to: .output, files: reports,
          goesOnUnread: false,
          progress: progress,
          evidence: settings.evidence),
        follower: follower,
        tellsProgress: options.quiet == 0 && StandardStream.error.isTerminal)
      return try await run.submit(inputs)
    } onInterruption: {
      progress?.interrupt()
      let count = client.jobsUnderWay
      guard count > 0 else { return }
      StandardStream.error.writeLine(
        "wan-check: waiting for \(count == 1 ? "1 answer" : "\(count) answers"); if interrupted again, the outcome is unknown "
          + "(wan-check ledger list --state unknown)")
    } beforeExit: {
      prober.endWorkers()
      reports.discard()
    }
    settings.reportConfinement(of: prober)
    await prober.shutdown()
    await results.opener.shutdown()
    await opener.shutdown()
    if status != .valid { throw status }
  }

  private func providerConfiguration() throws -> ProviderConfiguration {
    var configuration = try provider.configuration(options.fetching)
    configuration.sendingLimit = .seconds(submission.submitTimeout)
    configuration.freshness = .seconds(submission.recheckAfter)
    return configuration
  }

  /// Without this check, an empty file of another kind would become the ledger.
  private func requireLedger(_ readFiles: ReadFiles) throws {
    let path = try provider.ledger.path()
    guard let kind = readFiles.knownKind(of: path) else { return }
    throw ValidationError("`--ledger` \(displayText(path)) is \(kind)")
  }

  /// A dry run reads an existing ledger, and does not create one.
  private func openLedger() throws -> Ledger {
    guard submission.dryRun else { return try provider.ledger.opening() }
    guard let ledger = try provider.ledger.readingIfThere() else {
      return try provider.ledger.none()
    }
    return ledger
  }

  private func follower(of client: WanClient, _ results: ResultFetching, _ prober: LocalAndRemoteProber)
    -> TaskFollower
  {
    var further = provider.arguments
    if options.allowPrivateHosts { further.append("--allow-private-hosts") }
    further += options.fetching.arguments
    return TaskFollower(
      lookup: client, downloader: results.downloader, probe: ResultProbe(prober),
      continuation: Continuation(download: submission.download, options: further))
  }
}
