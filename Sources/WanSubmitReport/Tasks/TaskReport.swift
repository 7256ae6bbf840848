import AssetOpening
import AssetSource
import Locations
public import MediaFacts
public import WanSubmit

/// The report of one task that was followed.
public struct TaskReport: Sendable {
  /// The provider's id of the task.
  public var taskID: String
  /// The known facts about the task's job.
  public var job: TaskOrigin
  /// How following it ended.
  public var ending: TaskEnding
  /// The files that were fetched or could not be, in the order of the provider's answer; empty if
  /// nothing was to be fetched.
  public var files: [ResultReport]
  /// The shell command that continues the work; `nil` if nothing is left to do.
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

  /// The overall outcome of a task.
  public enum Outcome: Sendable, Hashable {
    /// The task is completed, and all requested files are there.
    case good
    /// The task has not ended, or its files were not fetched; continuing may help.
    case open
    /// The task failed.
    case bad
  }

  /// The overall outcome.
  public var outcome: Outcome {
    if ending.kind.isFailure { return .bad }
    guard ending.kind == .completed else { return .open }
    let failures = files.compactMap(\.failure)
    if failures.contains(where: { !$0.isWorthAnotherTry }) { return .bad }
    return failures.isEmpty ? .good : .open
  }

  /// The URLs of the results, with their queries only if `showURLs` is set.
  func generated(showURLs: Bool) -> [String] {
    (ending.task?.generated ?? []).map { showURLs ? displayText($0) : Redactor.shown(url: $0) }
  }
}

/// The known facts about the job of a task; empty for a task of another ledger.
public struct TaskOrigin: Sendable, Hashable {
  /// The id in the job's file.
  public var jobID: String?
  /// The requested length in seconds, or the provider's default.
  public var duration: Int?
  /// The requested resolution: `720P` or `1080P`.
  public var resolution: String?

  /// The known facts about a job.
  public init(jobID: String? = nil, duration: Int? = nil, resolution: String? = nil) {
    self.jobID = jobID
    self.duration = duration
    self.resolution = resolution
  }
}

/// One result of a task.
public struct ResultReport: Sendable {
  /// The file, or the reason why there is none.
  public var outcome: Result<DownloadedResult, DownloadError>
  /// The measured facts of the file.
  public var facts: MediaFacts?
  /// What is wrong with the file as a video, in words for people.
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

  /// Why there is no file.
  public var failure: DownloadError? {
    if case .failure(let error) = outcome { error } else { nil }
  }
}
