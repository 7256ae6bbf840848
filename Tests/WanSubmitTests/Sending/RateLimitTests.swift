import Testing

@testable import WanSubmit

struct RateLimitTests {
  private static func read(_ fields: [String: String], now: Double = 1_800_000_000) -> RateLimit {
    RateLimit(headers: { name in fields.first { $0.key.lowercased() == name.lowercased() }?.value }, now: now)
  }

  @Test func readsTheThreeNumbers() {
    let limit = Self.read([
      "X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "12", "X-RateLimit-Reset": "30",
    ])
    #expect(limit == RateLimit(limit: 50, remaining: 12, reset: .seconds(30)))
    #expect(limit.pause == nil)
  }

  @Test(arguments: [
    ("30", 30.0), ("1800000030", 30), ("1800000030000", 30), ("1799999999", 0), ("0", 0),
    ("9223372036854775807", 1e9),
  ])
  func aResetIsATimeFromNowOrADate(_ text: String, _ seconds: Double) {
    #expect(Self.read(["x-ratelimit-reset": text]).reset == .seconds(seconds))
  }

  @Test(arguments: ["", "soon", "-1", "1.5", "99999999999999999999", "0x10"])
  func whatIsNoNumberCountsForNothing(_ text: String) {
    let limit = Self.read([
      "x-ratelimit-limit": text, "x-ratelimit-remaining": text, "x-ratelimit-reset": text,
    ])
    #expect(limit == RateLimit())
  }

  @Test func aWindowThatIsUsedUpIsWaitedFor() {
    #expect(Self.read(["x-ratelimit-remaining": "0", "x-ratelimit-reset": "4"]).pause == .seconds(4))
    #expect(Self.read(["x-ratelimit-remaining": "0"]).pause == nil)
    #expect(Self.read(["x-ratelimit-remaining": "3", "x-ratelimit-reset": "4"]).pause == nil)
    #expect(Self.read(["Retry-After": "9"]).pause == .seconds(9))
  }
}
