/// The clock, the pauses and the randomness of following a task; tests replace them so
/// that they need not wait.
package struct Pacing: Sendable {
  /// The time since a fixed moment.
  package var now: @Sendable () -> Duration
  /// Waits; throws as soon as the task is cancelled.
  package var sleep: @Sendable (Duration) async throws -> Void
  /// A random number from 0 to 1.
  package var jitter: @Sendable () -> Double

  /// A clock, a function that waits, and a source of randomness.
  package init(
    now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
    jitter: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.jitter = jitter
  }

  /// The machine's monotonic clock, which a change of the date does not affect.
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
