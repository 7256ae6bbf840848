import ArgumentParser
import JobDocuments
import WanCheck
import WanSubmit
import WanSubmitReport

/// `wan-check watch TASK...`
struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Follow tasks until they end, and download their results.",
    discussion: """
      A task that has not ended when the time is up is pending, never failed, and the command that goes on is printed.

      Exit codes, the first that holds: 130 interrupted; 2 wrong usage; 4 internal error; 5 a task failed, made nothing, or \
      is not known to the provider; 7 not finished, run it again; 0 every task is completed.
      """)

  @OptionGroup var options: WatchOptions
  @OptionGroup(title: "Provider") var provider: ProviderOptions

  func run() async throws {
    StandardStream.ignoreClosedPipes()
    try ProcessLimits.prepare()
    let configuration = try provider.configuration(options.fetching)
    try ResultFetching.requireFolder(
      options.download,
      sparing: ReadFiles(ledger: try provider.ledger.path(), keyFile: provider.apiKeyFile))
    let ledger = try provider.ledger.readingIfThere()
    let client = WanClient(configuration, ledger: try ledger ?? provider.ledger.none())
    let status = try await options.watch(
      Provider(client: client, arguments: provider.arguments, isLocal: configuration.base.isLoopback))
    if status != .valid { throw status }
  }

  private struct Provider: WatchedProvider {
    let client: WanClient
    let arguments: [String]
    let isLocal: Bool

    var lookup: any TaskLookup { client }

    func origin(of taskID: String) async -> TaskOrigin {
      // A task can be followed even if the ledger cannot be read.
      let row = try? await client.ledger.row(ofTask: taskID, apiBase: client.configuration.base.text)
      return row.map(TaskOrigin.init) ?? TaskOrigin()
    }
  }
}

extension TaskOrigin {
  /// The facts about a job in the ledger, with the defaults for fields that it left out.
  init(_ row: LedgerRow) {
    let profile = Profile.freepik
    self.init(
      jobID: row.jobID,
      duration: row.orderedDuration
        ?? profile[.duration]?.defaultValue?.number?.integer.flatMap { Int(exactly: $0) },
      resolution: row.orderedResolution ?? profile[.resolution]?.defaultValue?.string)
  }
}
