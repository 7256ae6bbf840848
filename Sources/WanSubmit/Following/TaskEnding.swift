/// How following a task ended.
public struct TaskEnding: Sendable, Hashable {
  /// The kinds of ends; new ones may be added.
  public struct Kind: RawRepresentable, Sendable, Hashable, Codable, CustomStringConvertible {
    /// The stable name.
    public var rawValue: String

    /// A kind by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Done, and there is something to fetch.
    public static let completed = Kind(rawValue: "completed")
    /// The provider gave up.
    public static let failed = Kind(rawValue: "failed")
    /// The provider says that it is done, and made nothing: a failure.
    public static let completedWithNothing = Kind(rawValue: "completed_with_nothing")
    /// It had not ended when the time was up.
    public static let pending = Kind(rawValue: "pending")
    /// The provider refused to report the task: a wrong key, no such task.
    public static let refused = Kind(rawValue: "refused")
    /// The provider could not be asked; the task may be in any state.
    public static let unreachable = Kind(rawValue: "unreachable")

    /// The stable name.
    public var description: String { rawValue }

    /// Whether the provider's last word was no.
    public var isFailure: Bool { self == .failed || self == .completedWithNothing || self == .refused }

    /// Whether following the task again could show more.
    public var isOpen: Bool { self == .pending || self == .unreachable }
  }

  /// The kind of end.
  public var kind: Kind
  /// The task as the provider last described it.
  public var task: WanTask?
  /// Why no more could be learnt.
  public var error: ClientError?

  /// The end that the last update and the error after it mean.
  ///
  /// A final answer counts whatever came after it. Without an answer and without an error nothing was asked: that is
  /// pending.
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

  /// What happened, in words for people, where the kind alone does not say; without secrets.
  public var message: String? {
    switch kind {
    case .failed: task?.failureReason
    case .completedWithNothing: "the provider says that it is done, and made nothing"
    default: error?.message
    }
  }
}

extension TaskUpdates {
  /// Follows the task and returns how it ended; calls `onUpdate` with each change.
  ///
  /// Where the task that waits was cancelled, the error has the code `cancelled`.
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
