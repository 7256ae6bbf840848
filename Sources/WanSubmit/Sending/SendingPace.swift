import Synchronization

/// Holds back all requests while the provider wants to be left alone, as its headers say.
final class SendingPace: Sendable {
  private let next = Mutex(ContinuousClock.now)

  /// Minds what an answer says of rate limits.
  func mind(_ limit: RateLimit) {
    guard let pause = limit.pause else { return }
    let until = ContinuousClock.now.advanced(by: pause)
    next.withLock { $0 = max($0, until) }
  }

  /// How long to wait before the next request; zero if not at all.
  var pause: Duration {
    let now = ContinuousClock.now
    return next.withLock { $0 > now ? now.duration(to: $0) : .zero }
  }
}
