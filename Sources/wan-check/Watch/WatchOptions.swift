import ArgumentParser
import AssetOpening
import AssetSource
import Locations
import ProbeWorkers
import WanSubmit
import WanSubmitReport

/// The provider whose tasks `watch` follows.
protocol WatchedProvider: Sendable {
  /// The source of a task's status.
  var lookup: any TaskLookup { get }
  /// The options of this command, for the command that continues later.
  var arguments: [String] { get }
  /// Whether the provider is a test server on this machine, so that its results may be on this machine, too.
  var isLocal: Bool { get }

  /// The known facts about the job of a task.
  func origin(of taskID: String) async -> TaskOrigin
}

/// The arguments of `wan-check watch TASK...`, without those that select the provider.
struct WatchOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The task_id of each task to follow.", valueName: "task"))
  var tasks: [String] = []

  @Option(
    help: ArgumentHelp(
      "Download the results into this folder; it is created if missing.", valueName: "folder"))
  var download: String?

  @Option(
    help: ArgumentHelp(
      "Longest time to wait for all tasks together; tasks that have not ended by then are pending.",
      valueName: "seconds"))
  var waitTimeout: Double = 900

  @Option(help: ArgumentHelp("Format of standard output: text, json or jsonl.", valueName: "format"))
  var format: ListFormat = .text

  @Flag(help: "Fetch results from private hosts, too: for servers under test.")
  var allowPrivateHosts = false

  @OptionGroup var fetching: FetchingOptions

  @Flag(name: .shortAndLong, help: "Show only tasks that did not succeed, and no progress.")
  var quiet = false

  @Option(help: ArgumentHelp("Use colour: auto, always or never.", valueName: "when"))
  var color: ColorChoice = .auto

  func validate() throws {
    guard !tasks.isEmpty else {
      throw ValidationError("missing task; give the `task_id` of each task to follow")
    }
    if let problem = tasks.lazy.compactMap(TaskID.problem).first { throw ValidationError(problem) }
    guard waitTimeout >= 0, waitTimeout <= 86400 else {
      throw ValidationError("--wait-timeout is a number of seconds, at most a day")
    }
    if let download, download.isEmpty || download.utf8.contains(0) {
      throw ValidationError("--download is the path of a folder")
    }
  }

  /// The tasks without duplicates, in the order in which they are first given.
  var distinctTasks: [String] {
    var seen: Set<String> = []
    return tasks.filter { seen.insert($0).inserted }
  }

  /// The options, other than `--download`, that a continuing `watch` command needs.
  var continuationOptions: [String] {
    var options: [String] = []
    if waitTimeout != 900 {
      options += ["--wait-timeout", Int(exactly: waitTimeout).map { "\($0)" } ?? "\(waitTimeout)"]
    }
    if format != .text { options += ["--format", format.rawValue] }
    if allowPrivateHosts { options.append("--allow-private-hosts") }
    options += fetching.arguments
    if fetching.showUrls { options.append("--show-urls") }
    if quiet { options.append("--quiet") }
    if color != .auto { options += ["--color", color.rawValue] }
    return options
  }

  /// Follows the tasks, reports them, and returns the exit status.
  func watch(_ provider: some WatchedProvider) async throws -> ExitStatus {
    let options = self
    let results = ResultFetching(
      into: download, allowPrivateHosts: allowPrivateHosts || provider.isLocal, fetching)
    let prober = ConfinedProber(workers: .installed)
    return try await Interruption.cancelling {
      try await results.prepare()
      let status = await options.watch(provider, results, prober)
      await prober.shutdown()
      await results.opener.shutdown()
      return status
    } beforeExit: {
      prober.endWorkers()
    }
  }

  private func watch(_ provider: some WatchedProvider, _ results: ResultFetching, _ prober: ConfinedProber)
    async -> ExitStatus
  {
    let follower = TaskFollower(
      lookup: provider.lookup, downloader: results.downloader, probe: ResultProbe(prober),
      continuation: Continuation(download: download, options: continuationOptions + provider.arguments))
    let tellsProgress = !quiet && StandardStream.error.isTerminal
    var run = WatchRun(
      follower,
      reporter: TaskReporter(
        format, version: ToolVersion.current,
        color: color.isEnabled(isTerminal: StandardStream.output.isTerminal),
        showURLs: fetching.showUrls,
        quiet: quiet),
      output: .output, origin: provider.origin
    ) { task in
      if tellsProgress { TaskProgress.tell(task) }
    }
    return await run.watch(distinctTasks, patience: .seconds(waitTimeout))
  }
}

extension ListFormat: ExpressibleByArgument {}

/// Validates ids of tasks on the command line.
enum TaskID {
  /// What is wrong with `text` as the id of a task, as a clause for people; `nil` if it is valid.
  static func problem(_ text: String) -> String? {
    guard !WanClient.isTaskID(text) else { return nil }
    return text.isEmpty
      ? "a task has an empty name"
      : "\"\(displayText(String(text.prefix(64))))…\" is longer than \(WanClient.longestTaskID) bytes"
  }
}
