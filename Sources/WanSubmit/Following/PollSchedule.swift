/// How long and how often a task is asked for.
public struct FollowingOptions: Sendable, Hashable {
  /// How long a task is followed; after that it is pending.
  public var patience: Duration = .seconds(900)
  /// How long after the start an answer that the task does not exist is ignored.
  public var notFoundPatience: Duration = .seconds(15)
  /// The pause after the first answer.
  public var firstPause: Duration = .seconds(2)
  /// What a pause is to the one before it.
  public var growth = 1.5
  /// No pause between two answers is longer.
  public var longestPause: Duration = .seconds(15)
  /// No pause after a failure is longer, unless the provider asks for it.
  public var longestPauseAfterFailure: Duration = .seconds(60)
  /// So many answers in a row that cannot be read end the following.
  public var unreadableAnswers = 4

  /// The defaults.
  public init() {}
}

/// Decides when to ask for a task again. Pauses grow from answer to answer, and faster after failures.
struct PollSchedule: Sendable, Hashable {
  /// The outcome of the last question.
  enum Outcome: Sendable, Hashable {
    /// The provider described the task.
    case answered
    /// There is no such task, or not yet.
    case notFound
    /// The provider could not be asked now; it may have said for how long requests are rate-limited.
    case passing(wish: Duration?)
    /// The answer could not be read.
    case unreadable
    /// Asking again would not help.
    case refused
  }

  /// What to do next.
  enum Step: Sendable, Hashable {
    /// Ask again after this pause.
    case ask(after: Duration)
    /// There is no time left to ask again.
    case stop
    /// The last failure is final.
    case fail
  }

  private let options: FollowingOptions
  private var pause: Duration
  private var failures = 0
  private var unreadable = 0

  init(_ options: FollowingOptions) {
    self.options = options
    pause = options.firstPause
  }

  /// What to do after `outcome`, so long after the beginning; `jitter` is 0 to 1.
  ///
  /// The last question is asked when the time is up; a wish that reaches beyond that is not waited for.
  mutating func next(after outcome: Outcome, elapsed: Duration, jitter: Double) -> Step {
    var wish: Duration?
    unreadable = outcome == .unreadable ? unreadable + 1 : 0
    switch outcome {
    case .refused: return .fail
    case .notFound where elapsed >= options.notFoundPatience: return .fail
    case .unreadable where unreadable >= options.unreadableAnswers: return .fail
    case .answered, .notFound: failures = 0
    case .unreadable: failures += 1
    case .passing(let asked):
      failures += 1
      wish = asked
    }
    let remaining = options.patience - elapsed
    guard remaining > .zero else { return .stop }
    if let wish, wish > remaining { return .stop }
    let own = min(max(ownPause(), .milliseconds(1)), remaining)
    // Many tasks that were sent together are not asked for together; jitter shortens, so that the bounds hold.
    return .ask(after: max(own * (0.8 + 0.2 * min(max(0, jitter), 1)), wish ?? .zero))
  }

  private mutating func ownPause() -> Duration {
    guard failures == 0 else {
      var most = pause
      for _ in 0..<failures where most < options.longestPauseAfterFailure { most *= 2 }
      return min(most, options.longestPauseAfterFailure)
    }
    defer { pause = min(pause * max(1, options.growth), options.longestPause) }
    return min(pause, options.longestPause)
  }
}

extension PollSchedule.Outcome {
  /// What a failed question means for the next one.
  init(_ error: ClientError) {
    if error.error?.status == 404 {
      self = .notFound
    } else if error.isPassing {
      self = .passing(wish: error.error?.rateLimit.pause)
    } else if error.code == .unreadable {
      self = .unreadable
    } else {
      self = .refused
    }
  }
}
