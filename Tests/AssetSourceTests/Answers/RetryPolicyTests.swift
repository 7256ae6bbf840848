import Testing

@testable import AssetSource

@Suite struct RetryPolicyTests {
  private let policy = RetryPolicy(attempts: 4)

  private func pause(
    _ failures: Int, retryAfter: Duration? = nil, remaining: Duration = .seconds(60), jitter: Double = 1
  ) -> Duration? {
    policy.pause(afterFailures: failures, retryAfter: retryAfter, remaining: remaining, jitter: jitter)
  }

  @Test func pausesGrowAndEnd() {
    #expect([1, 2, 3, 4, 5].map { pause($0) } == [.milliseconds(500), .seconds(1), .seconds(2), nil, nil])
  }

  @Test func jitterHalvesAPauseAtMost() {
    #expect(pause(1, jitter: 0) == .milliseconds(250))
    #expect(pause(1, jitter: -3) == .milliseconds(250))
    #expect(pause(1, jitter: 7) == .milliseconds(500))
  }

  @Test func noPauseIsLongerThanTheLongest() {
    let patient = RetryPolicy(attempts: 1000)
    let last = patient.pause(afterFailures: 999, retryAfter: nil, remaining: .seconds(3600), jitter: 1)
    #expect(last == patient.longestPause)
  }

  @Test func theServersWishIsKeptOrNotWorthWaitingFor() {
    #expect(pause(1, retryAfter: .seconds(20)) == .seconds(20))
    #expect(pause(1, retryAfter: .zero) == .milliseconds(500))
    #expect(pause(1, retryAfter: .seconds(20), remaining: .seconds(20)) == nil)
    #expect(pause(3, remaining: .seconds(1)) == nil)
  }
}
