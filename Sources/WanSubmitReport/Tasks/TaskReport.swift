import AssetOpening
import AssetSource
import Locations
public import MediaFacts
public import WanSubmit

/// What is reported of one task that was followed.
public struct TaskReport: Sendable {
  /// The provider's name of the task.
  public var taskID: String
  /// What is known of the job that it came from.
  public var job: TaskOrigin
  /// How following it ended.
  public var ending: TaskEnding
  /// What was fetched, or could not be, in the order of the provider's answer; empty if nothing was to be fetched.
  public var files: [ResultReport]
  /// The shell command that continues; `nil` if nothing is left to do.
  public var continuation: String?

  /// A report of a task that was followed.
  public init(
    taskID: String, job: TaskOrigin = TaskOrigin(), ending: TaskEnding, files: [ResultReport] = [],
    continuation: String? = nil
  ) {
    self.taskID = taskID
    self.job = job
    self.ending = ending
    self.files = files
    self.continuation = continuation
  }

  /// How good it is, all in all.
  public enum Outcome: Sendable, Hashable {
    /// It is done, and all that was to be fetched is there.
    case good
    /// It has not ended, or was not fetched: going on may help.
    case open
    /// It failed.
    case bad
  }

  /// How good it is, all in all.
  public var outcome: Outcome {
    if ending.kind.isFailure { return .bad }
    guard ending.kind == .completed else { return .open }
    let failures = files.compactMap(\.failure)
    if failures.contains(where: { !$0.isWorthAnotherTry }) { return .bad }
    return failures.isEmpty ? .good : .open
  }

  /// The URLs of what it made, without their queries unless those are asked for.
  func generated(showURLs: Bool) -> [String] {
    (ending.task?.generated ?? []).map { showURLs ? displayText($0) : Redactor.shown(url: $0) }
  }
}

/// What is known here of the job that a task came from; nothing, for a task of another ledger.
public struct TaskOrigin: Sendable, Hashable {
  /// The id that the job's file gives it.
  public var jobID: String?
  /// The length in seconds that was ordered, the provider's default included.
  public var duration: Int?
  /// The resolution that was ordered: `720P` or `1080P`.
  public var resolution: String?

  /// What is known of a job.
  public init(jobID: String? = nil, duration: Int? = nil, resolution: String? = nil) {
    self.jobID = jobID
    self.duration = duration
    self.resolution = resolution
  }
}

/// One result of a task.
public struct ResultReport: Sendable {
  /// The file, or why there is none.
  public var outcome: Result<DownloadedResult, DownloadError>
  /// What was measured of the file.
  public var facts: MediaFacts?
  /// What is wrong with the file as a video, for people.
  public var remark: String?

  /// A result.
  public init(
    outcome: Result<DownloadedResult, DownloadError>, facts: MediaFacts? = nil, remark: String? = nil
  ) {
    self.outcome = outcome
    self.facts = facts
    self.remark = remark
  }

  /// The file, if there is one.
  public var file: DownloadedResult? { try? outcome.get() }

  /// Why there is none.
  public var failure: DownloadError? {
    if case .failure(let error) = outcome { error } else { nil }
  }
}
