/// Time as following sees it, so that a test need not wait.
package struct Pacing: Sendable {
  /// Time since a moment that stays the same.
  package var now: @Sendable () -> Duration
  /// Waits; throws as soon as the task is cancelled.
  package var sleep: @Sendable (Duration) async throws -> Void
  /// A number from 0 to 1, by chance.
  package var jitter: @Sendable () -> Double

  /// A clock, a way to wait, and chance.
  package init(
    now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
    jitter: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.jitter = jitter
  }

  /// The machine's clock, which setting the date does not move.
  package static let real: Pacing = {
    let start = ContinuousClock.now
    return Pacing {
      start.duration(to: .now)
    } sleep: {
      try await Task.sleep(for: $0)
    } jitter: {
      .random(in: 0...1)
    }
  }()
}
