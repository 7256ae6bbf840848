/// Decides what to do about one job after each try, without I/O.
///
/// A request that may have left is never sent again. The provider certainly did not take the job only if no
/// connection was made, or if it answered 429; then the job is tried again until the deadline.
struct SendingMachine: Sendable {
  /// The outcome of a try.
  enum Event: Sendable {
    case notEstablished(String)
    case lost(String)
    case answered(AnswerReading)
  }

  /// The next action.
  enum Action: Sendable, Equatable {
    /// Send again, after a pause.
    case sendAgain(after: Duration, why: String)
    case end(SendingOutcome)
  }

  /// The time limit, from the first try.
  let limit: Duration
  private var failures = 0

  /// The pause after the first failure; it doubles after each further failure.
  private static let firstPause = Duration.milliseconds(500)
  private static let longestPause = Duration.seconds(15)

  init(limit: Duration) { self.limit = limit }

  /// What to do after `event`, at `elapsed` after the first try began; `jitter` is 0 to 1.
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
    // If the answer contains a task id, or says that there is already a task, the
    // provider may have taken the job.
    if error.namesTask || error.status == 409 {
      let task = error.namesTask ? ", and names a task" : ""
      return .end(.unknown("the provider answered \(error)\(task)", error))
    }
    switch error.status {
    case 429: return again(error.rateLimit.pause, "too many requests (429)", error, elapsed, jitter)
    // The request arrived, or may have arrived.
    case 408, 500...: return .end(.unknown("the provider answered \(error)", error))
    case 400..<500: return .end(.refused(error))
    // Redirects, and statuses that are not defined.
    default: return .end(.unknown("the provider answered \(error)", error))
    }
  }

  /// A pause that the provider requests is kept in full; if it exceeds the time limit, the job is not sent.
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
