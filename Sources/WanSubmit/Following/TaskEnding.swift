/// How following a task ended.
public struct TaskEnding: Sendable, Hashable {
  /// The kind of an ending; new kinds may be added.
  public struct Kind: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The stable name.
    public var rawValue: String

    /// A kind by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The task is completed and has results.
    public static let completed = Kind(rawValue: "completed")
    /// The provider reports that the task failed.
    public static let failed = Kind(rawValue: "failed")
    /// The task is completed without a result, which counts as a failure.
    public static let completedWithNothing = Kind(rawValue: "completed_with_nothing")
    /// The task had not ended when the time was up.
    public static let pending = Kind(rawValue: "pending")
    /// The provider refused to report the task, such as for a wrong key or an unknown task.
    public static let refused = Kind(rawValue: "refused")
    /// The provider could not be reached; the task may be in any state.
    public static let unreachable = Kind(rawValue: "unreachable")

    /// The stable name.
    public var description: String { rawValue }

    /// Whether the task failed, or the provider refused to report it.
    public var isFailure: Bool { self == .failed || self == .completedWithNothing || self == .refused }

    /// Whether following the task again could give another result.
    public var isOpen: Bool { self == .pending || self == .unreachable }
  }

  /// The kind of the ending.
  public var kind: Kind
  /// The task in the provider's last description.
  public var task: WanTask?
  /// Why the status could not be requested further.
  public var error: ClientError?

  /// The ending that follows from the last update and the error after it.
  ///
  /// A final status counts whatever error came after it. Without an answer and an error, no request was made:
  /// the task is pending.
  public init(last task: WanTask?, error: ClientError? = nil) {
    self.task = task
    self.error = error
    if let task, task.status.isFinal {
      kind = task.status == .failed ? .failed : task.generated.isEmpty ? .completedWithNothing : .completed
    } else if let error {
      kind = error.code == .refused ? .refused : .unreachable
    } else {
      kind = .pending
    }
  }

  /// What happened, in words for people, without secrets; `nil` if the kind alone explains it.
  public var message: String? {
    switch kind {
    case .failed: task?.failureReason
    case .completedWithNothing: "the provider reports that the task is done, but there are no results"
    default: error?.message
    }
  }
}

extension TaskUpdates {
  /// Follows the task and returns how it ended; calls `onUpdate` with each change.
  ///
  /// If the waiting task was cancelled, the error has the code `cancelled`.
  public func ending(onUpdate: (WanTask) -> Void = { _ in }) async -> TaskEnding {
    var last: WanTask?
    do throws(ClientError) {
      for try await task in self {
        last = task
        onUpdate(task)
      }
      return TaskEnding(last: last)
    } catch {
      return TaskEnding(last: last, error: error)
    }
  }
}
