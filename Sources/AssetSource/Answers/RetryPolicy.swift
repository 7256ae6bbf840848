/// When to ask again: a pure decision. Waiting grows from try to try, with jitter, so that many clients that a
/// server sent away do not come back together.
struct RetryPolicy: Sendable, Hashable {
  /// Tries without progress, the first included.
  var attempts: Int
  /// The longest pause before the second try; it doubles from try to try.
  var firstPause: Duration = .milliseconds(500)
  /// No pause of our own is longer.
  var longestPause: Duration = .seconds(8)

  /// How long to wait before the next try; `nil`: give up.
  ///
  /// `failures` counts the tries that failed without progress; `retryAfter` is the server's wish, which is kept or
  /// not worth waiting for; `jitter` lies in 0 to 1.
  func pause(afterFailures failures: Int, retryAfter: Duration?, remaining: Duration, jitter: Double)
    -> Duration?
  {
    guard failures < attempts else { return nil }
    var most = firstPause
    for _ in 1..<max(1, failures) where most < longestPause { most *= 2 }
    let own = min(most, longestPause) * (0.5 + 0.5 * min(max(0, jitter), 1))
    let pause = max(own, retryAfter ?? .zero)
    return pause < remaining ? pause : nil
  }
}
