import ArgumentParser

/// The options of `submit`, without those for checking and for the provider.
struct SubmitOptions: ParsableArguments {
  @Flag(
    help: "Print the requests instead of sending them; nothing is sent and nothing written to the ledger.")
  var dryRun = false

  @Option(help: ArgumentHelp("Send at most this many jobs.", valueName: "n"))
  var maxJobs: Int?

  @Flag(help: "Send nothing unless every job can be sent, judged before the first request.")
  var allOrNothing = false

  @Flag(name: .shortAndLong, help: "Do not ask for confirmation on a terminal.")
  var yes = false

  @Flag(help: "Send jobs again that were submitted before, but not those whose outcome is unknown.")
  var force = false

  @Flag(help: "Send jobs that were judged by other limits than the documented ones.")
  var acceptOverrides = false

  @Flag(help: "Follow the tasks until they end.")
  var wait = false

  @Option(
    help: ArgumentHelp("Follow the tasks, and download their results into this folder.", valueName: "folder"))
  var download: String?

  @Option(
    help: ArgumentHelp("Longest time to follow a task; after that it is pending.", valueName: "seconds"))
  var waitTimeout: Double = 900

  @Option(
    help: ArgumentHelp(
      "Longest time for the provider to take one job, while connections fail or the answer is 429.",
      valueName: "seconds"))
  var submitTimeout: Double = 120

  @Option(
    help: ArgumentHelp(
      "Repeat a check that is older than this before the job is sent.", valueName: "seconds"))
  var recheckAfter: Double = 600

  func validate() throws {
    if let maxJobs, maxJobs < 1 { throw ValidationError("`--max-jobs` must be at least 1; found \(maxJobs)") }
    for (name, seconds) in [
      ("--wait-timeout", waitTimeout), ("--submit-timeout", submitTimeout), ("--recheck-after", recheckAfter),
    ] where !(seconds >= 0 && seconds <= 86400) {
      throw ValidationError("`\(name)` must be a number of seconds, at most a day")
    }
    if dryRun, wait || download != nil {
      throw ValidationError("`--dry-run` sends nothing; remove it, or `--wait` and `--download`")
    }
  }

  /// Whether tasks are followed.
  var follows: Bool { wait || download != nil }
}
