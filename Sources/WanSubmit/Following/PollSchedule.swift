/// How long and how often a task's status is requested.
public struct FollowingOptions: Sendable, Hashable {
  /// How long a task is followed; after that, it counts as pending.
  public var patience: Duration = .seconds(900)
  /// How long after the start an answer that the task does not exist is ignored.
  public var notFoundPatience: Duration = .seconds(15)
  /// The pause after the first answer.
  public var firstPause: Duration = .seconds(2)
  /// The factor by which each pause is longer than the one before it.
  public var growth = 1.5
  /// The longest pause between two answers.
  public var longestPause: Duration = .seconds(15)
  /// The longest pause after a failure, unless the provider requests a longer one.
  public var longestPauseAfterFailure: Duration = .seconds(60)
  /// The number of unreadable answers in a row after which following ends.
  public var unreadableAnswers = 4

  /// The defaults.
  public init() {}
}

/// Decides when to request a task's status again. Pauses grow after each answer, and faster after failures.
struct PollSchedule: Sendable, Hashable {
  /// The outcome of the last request.
  enum Outcome: Sendable, Hashable {
    /// The provider described the task.
    case answered
    /// The provider answered that the task does not exist, perhaps not yet.
    case notFound
    /// A failure that may pass, such as no connection or a rate limit; the provider may have given a pause.
    case passing(wish: Duration?)
    /// The answer could not be read.
    case unreadable
    /// Another request would not help.
    case refused
  }

  /// What to do next.
  enum Step: Sendable, Hashable {
    /// Request the status again after this pause.
    case ask(after: Duration)
    /// There is no time left for another request.
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

  /// What to do after `outcome`, at `elapsed` after the start; `jitter` is 0 to 1.
  ///
  /// The last request is made when the time is up. If the provider requests a pause
  /// beyond that, following ends.
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
    // Jitter spreads the requests for many tasks that were sent together. It only shortens pauses,
    // so that the bounds hold.
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
  /// The outcome that a failed request means.
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
