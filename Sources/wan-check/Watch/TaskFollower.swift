import WanCheck
import WanSubmit
import WanSubmitReport

/// Follows a task until it ends, downloads its results, and measures them.
struct TaskFollower: Sendable {
  /// The source of a task's status.
  var lookup: any TaskLookup
  /// The downloader of results; `nil` if they are not fetched.
  var downloader: ResultDownloader?
  /// The probe that measures the results.
  var probe: ResultProbe
  /// The command that continues later.
  var continuation: Continuation
  /// The clock, which tests replace.
  var pacing = Pacing.real

  /// The report of the task, after at most `patience` and the time for its results.
  ///
  /// - Throws: `CancellationError` if following was cancelled.
  func follow(
    _ taskID: String, of job: TaskOrigin = TaskOrigin(), patience: Duration,
    onUpdate: (WanTask) -> Void = { _ in }
  ) async throws -> TaskReport {
    var options = FollowingOptions()
    options.patience = patience
    let updates = TaskUpdates(of: taskID, from: lookup, options, pacing: pacing)
    var report = TaskReport(taskID: taskID, job: job, ending: await updates.ending(onUpdate: onUpdate))
    try Task.checkCancellation()
    if report.ending.kind == .completed, let task = report.ending.task, let downloader {
      for outcome in await downloader.results(of: task, jobID: job.jobID) {
        report.files.append(await examined(outcome))
      }
      try Task.checkCancellation()
    }
    if report.outcome == .open { report.continuation = continuation.command(taskID) }
    return report
  }

  private func examined(_ outcome: Result<DownloadedResult, DownloadError>) async -> ResultReport {
    var report = ResultReport(outcome: outcome)
    if let file = report.file { (report.facts, report.remark) = await probe.look(at: file.path) }
    return report
  }
}

/// The command that continues to follow a task.
struct Continuation: Sendable, Hashable {
  /// The folder of `--download`, as it was given.
  var download: String?
  /// Further options with their values, each as a separate argument.
  var options: [String] = []

  /// The command, quoted for a shell.
  func command(_ taskID: String) -> String {
    var arguments = ["wan-check", "watch"]
    // An id that begins with a hyphen would be parsed as an option.
    let isPlain = !taskID.hasPrefix("-")
    if isPlain { arguments.append(taskID) }
    if let download {
      arguments += download.hasPrefix("-") ? ["--download=\(download)"] : ["--download", download]
    }
    arguments += options
    if !isPlain { arguments += ["--", taskID] }
    return arguments.map(ShellWord.quoted).joined(separator: " ")
  }
}
