/// A task's way to its end: the first answer, then each change of its status.
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
/// It asks at once and then at growing intervals, and ends after a final status, or when the time is up: then the last
/// element is not final, and the task is pending, not failed. A status that this version does not know is followed on.
/// Failures that pass (no connection, 429, 5xx) are waited out, and so is, at the beginning, an answer that there is
/// no such task. A question that was asked is waited for, even when the time is up meanwhile. Nothing is asked before
/// an element is waited for, and each iteration asks anew.
///
/// It throws `ClientError`: of code `refused` or `unreadable` when asking again would not help, the last failure when
/// the time was up without a single answer, `cancelled` when the task that iterates was cancelled.
public struct TaskUpdates: AsyncSequence, Sendable {
  /// A task, as the provider described it when its status was new.
  public typealias Element = WanTask
  /// Why there is nothing more to be learnt.
  public typealias Failure = ClientError

  /// The provider's name of the task.
  public let id: String

  private let lookup: any TaskLookup
  private let options: FollowingOptions
  private let pacing: Pacing

  /// The updates of the task called `id`, from what `lookup` answers.
  package init(
    of id: String, from lookup: any TaskLookup, _ options: FollowingOptions = FollowingOptions(),
    pacing: Pacing = .real
  ) {
    self.id = id
    self.lookup = lookup
    self.options = options
    self.pacing = pacing
  }

  /// Begins to follow; the time that it may take begins with the first element that is waited for.
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

    /// The task when its status is another than before; `nil` at its end, or when the time is up.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(ClientError) -> WanTask? {
      let start = start ?? pacing.now()
      self.start = start
      while let pause {
        // Whatever happens now, a caller who asks once more after a failure gets no more.
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

    /// The task, if its status is another than before.
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

/// Asks the provider how far a task is.
package protocol TaskLookup: Sendable {
  /// The task called `id` as the provider describes it now; one question, nothing repeated.
  func task(id: String) async throws(ClientError) -> WanTask
}

extension WanClient: TaskLookup {
  /// Follows a task: a sequence of what the provider says of it, at growing intervals, until it ends or the time is up.
  ///
  /// - Parameters:
  ///   - id: the provider's name of the task.
  ///   - options: how long and how often to ask.
  public func wait(for id: String, _ options: FollowingOptions = FollowingOptions()) -> TaskUpdates {
    TaskUpdates(of: id, from: self, options)
  }
}
