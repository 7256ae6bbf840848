/// What is done about one job after each try: a pure decision.
///
/// A request that may have left is never sent again. Only where no connection came about, and where the provider says
/// 429, it certainly did not take the job; then it is tried again until the deadline.
struct SendingMachine: Sendable {
  /// What a try came to.
  enum Event: Sendable {
    case notEstablished(String)
    case lost(String)
    case answered(AnswerReading)
  }

  /// What is done next.
  enum Action: Sendable, Equatable {
    /// Sends again, after a pause.
    case sendAgain(after: Duration, why: String)
    case end(SendingOutcome)
  }

  /// Longest time from the first try on.
  let limit: Duration
  private var failures = 0

  /// The pause after the first failure; it doubles from failure to failure.
  private static let firstPause = Duration.milliseconds(500)
  private static let longestPause = Duration.seconds(15)

  init(limit: Duration) { self.limit = limit }

  /// What to do after `event`, which came `elapsed` after the first try began; `jitter` is 0 to 1.
  mutating func next(after event: Event, elapsed: Duration, jitter: Double) -> Action {
    switch event {
    case .notEstablished(let why): again(nil, "no connection: \(why)", nil, elapsed, jitter)
    case .lost(let why): .end(.unknown(why))
    case .answered(.success(let json)):
      if let task = WanTask(json: json) {
        .end(.submitted(task))
      } else {
        .end(.unknown("the provider answered with success, but without a task id"))
      }
    case .answered(.unreadable(let why)): .end(.unknown(why))
    case .answered(.failure(let error)): next(after: error, elapsed, jitter)
    }
  }

  private mutating func next(after error: ProviderError, _ elapsed: Duration, _ jitter: Double) -> Action {
    // What names a task, or says that there is one already, does not say that the job was not taken.
    if error.namesTask || error.status == 409 {
      let task = error.namesTask ? ", and names a task" : ""
      return .end(.unknown("the provider answered \(error)\(task)", error))
    }
    switch error.status {
    case 429: return again(error.rateLimit.pause, "too many requests (429)", error, elapsed, jitter)
    // Too late to say that it did not arrive.
    case 408, 500...: return .end(.unknown("the provider answered \(error)", error))
    case 400..<500: return .end(.refused(error))
    // Redirects, and statuses that do not exist.
    default: return .end(.unknown("the provider answered \(error)", error))
    }
  }

  /// A server's wish is kept, or not worth waiting for.
  private mutating func again(
    _ wish: Duration?, _ why: String, _ error: ProviderError?, _ elapsed: Duration, _ jitter: Double
  ) -> Action {
    failures += 1
    var most = Self.firstPause
    for _ in 1..<max(1, min(failures, 16)) where most < Self.longestPause { most *= 2 }
    let own = min(most, Self.longestPause) * (0.5 + 0.5 * min(max(0, jitter), 1))
    let pause = max(own, wish ?? .zero)
    guard elapsed + pause < limit else { return .end(.notSent(why, error)) }
    return .sendAgain(after: pause, why: why)
  }
}
