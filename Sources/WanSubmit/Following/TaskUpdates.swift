/// The updates of a task until it ends: the first answer, then each change of its status.
///
/// ```swift
/// var last: WanTask?
/// for try await task in client.wait(for: id) {
///   last = task  // task.status is news
/// }
/// switch TaskEnding(last: last).kind {
/// case .completed: …  // fetch the results at once: their links expire
/// case .pending: …    // the time was up; the task goes on, so follow it again later
/// default: …
/// }
/// ```
///
/// The first request is made at once, the next ones at growing intervals. The sequence ends after a final
/// status, or when the time is up: then the last element is not final, and the task is pending, not failed. A
/// status that this version does not know is not final. After failures that may pass (no connection, 429,
/// 5xx), and at the beginning after an answer that the task does not exist, the request is repeated. A
/// request under way is completed even when the time is up. No request is made before the first element is
/// awaited, and each iteration starts again.
///
/// It throws `ClientError`: with the code `refused` or `unreadable` if another request would not help,
/// with the last failure if the time was up without a single answer, and with `cancelled` if the
/// iterating task was cancelled.
public struct TaskUpdates: AsyncSequence, Sendable {
  /// A task in the provider's description, when its status was new.
  public typealias Element = WanTask
  /// Why the sequence ended early.
  public typealias Failure = ClientError

  /// The provider's id of the task.
  public let id: String

  private let lookup: any TaskLookup
  private let options: FollowingOptions
  private let pacing: Pacing

  /// The updates of the task with this id, requested through `lookup`.
  package init(
    of id: String, from lookup: any TaskLookup, _ options: FollowingOptions = FollowingOptions(),
    pacing: Pacing = .real
  ) {
    self.id = id
    self.lookup = lookup
    self.options = options
    self.pacing = pacing
  }

  /// Starts to follow the task. Its time limit starts when the first element is awaited.
  public func makeAsyncIterator() -> Iterator {
    Iterator(id: id, lookup: lookup, options: options, pacing: pacing)
  }

  /// Follows the task once.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate let id: String
    fileprivate let lookup: any TaskLookup
    fileprivate let pacing: Pacing
    private let options: FollowingOptions
    private var schedule: PollSchedule
    private var start: Duration?
    private var pause: Duration? = .zero
    private var status: TaskStatus?

    fileprivate init(id: String, lookup: any TaskLookup, options: FollowingOptions, pacing: Pacing) {
      self.id = id
      self.lookup = lookup
      self.pacing = pacing
      self.options = options
      schedule = PollSchedule(options)
    }

    /// The task when its status has changed; `nil` after the last update, or when the time is up.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(ClientError) -> WanTask? {
      let start = start ?? pacing.now()
      self.start = start
      while let pause {
        // After a failure, a further call of `next` returns `nil`.
        self.pause = nil
        try await Self.wait(pause, pacing)
        do throws(ClientError) {
          let task = try await lookup.task(id: id)
          if !task.status.isFinal {
            guard
              case .ask(let pause) = schedule.next(
                after: .answered, elapsed: pacing.now() - start, jitter: pacing.jitter())
            else { return changed(task) }
            self.pause = pause
          }
          if let task = changed(task) { return task }
        } catch {
          switch schedule.next(
            after: PollSchedule.Outcome(error), elapsed: pacing.now() - start, jitter: pacing.jitter())
          {
          case .ask(let pause): self.pause = pause
          case .stop where status != nil: return nil
          case .stop, .fail: throw error
          }
        }
      }
      return nil
    }

    /// The task, if its status has changed.
    private mutating func changed(_ task: WanTask) -> WanTask? {
      guard task.status != status else { return nil }
      status = task.status
      return task
    }

    private static func wait(_ pause: Duration, _ pacing: Pacing) async throws(ClientError) {
      do {
        try Task.checkCancellation()
        if pause > .zero { try await pacing.sleep(pause) }
      } catch {
        throw ClientError(.cancelled, message: "following the task was cancelled")
      }
    }
  }
}

/// Requests the status of a task from the provider.
package protocol TaskLookup: Sendable {
  /// The current description of the task with this id; one request, without repetition.
  func task(id: String) async throws(ClientError) -> WanTask
}

extension WanClient: TaskLookup {
  /// Follows a task: a sequence of its status updates, requested at growing intervals, until
  /// it ends or the time is up.
  ///
  /// - Parameters:
  ///   - id: the provider's id of the task.
  ///   - options: how long and how often to request the status.
  public func wait(for id: String, _ options: FollowingOptions = FollowingOptions()) -> TaskUpdates {
    TaskUpdates(of: id, from: self, options)
  }
}
