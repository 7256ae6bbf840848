import AssetSource
import Foundation
import Synchronization

/// The rate limits in an answer's headers: `x-ratelimit-*` and `Retry-After`.
public struct RateLimit: Sendable, Hashable {
  /// The number of requests that a window allows.
  public var limit: Int64?
  /// The number of requests that are left in this window.
  public var remaining: Int64?
  /// The time until the window ends.
  public var reset: Duration?
  /// How long to wait before the next request, from `Retry-After`.
  public var retryAfter: Duration?

  /// Rate limits; unknown by default.
  public init(
    limit: Int64? = nil, remaining: Int64? = nil, reset: Duration? = nil, retryAfter: Duration? = nil
  ) {
    self.limit = limit
    self.remaining = remaining
    self.reset = reset
    self.retryAfter = retryAfter
  }

  /// The bounds between the meanings of `x-ratelimit-reset`: a smaller number is seconds from now, a larger
  /// one is seconds since 1970, and one that is a thousand times as large is milliseconds.
  private static let leastDate: Double = 1_000_000_000

  /// Reads the headers of an answer that arrived at `now`, in seconds since 1970.
  init(headers: (String) -> String?, now: Double) {
    func number(_ name: String) -> Int64? {
      headers(name).flatMap { Int64($0.filter { !$0.isWhitespace }) }.flatMap { $0 >= 0 ? $0 : nil }
    }
    limit = number("x-ratelimit-limit")
    remaining = number("x-ratelimit-remaining")
    reset = number("x-ratelimit-reset").map { value in
      let value = Double(value)
      let seconds =
        switch value {
        case ..<Self.leastDate: value
        case ..<(Self.leastDate * 1000): value - now
        default: value / 1000 - now
        }
      return .seconds(min(max(0, seconds), 1e9))
    }
    retryAfter = headers("Retry-After").flatMap { RetryAfter.duration($0, now: now) }
  }

  /// How long no request may be sent after this answer; `nil` if the answer does not limit it.
  var pause: Duration? {
    if let retryAfter { return retryAfter }
    return remaining == 0 ? reset : nil
  }
}

/// Delays all requests while they are rate-limited according to the provider's headers.
final class RateLimiter: Sendable {
  private let next = Mutex(ContinuousClock.now)

  /// Applies the rate limits of an answer.
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

/// Advice on when to try again, for people.
enum RetryAdvice {
  /// A clause such as `try again in 5 min, after 14:05:00 UTC`; `now` is in seconds since 1970.
  static func words(after pause: Duration, now: Double) -> String {
    let seconds = max(1, (pause / .seconds(1)).rounded(.up))
    return "try again in \(length(seconds)), after \(time(now + seconds))"
  }

  private static func length(_ seconds: Double) -> String {
    switch seconds {
    case ..<120: "\(Int(seconds)) s"
    case ..<7200: "\(Int((seconds / 60).rounded(.up))) min"
    case ..<172_800: "\(Int((seconds / 3600).rounded(.up))) h"
    default: "\(Int((min(seconds, longest) / 86_400).rounded(.up))) days"
    }
  }

  private static func time(_ seconds: Double) -> String {
    // The end of the year 9999 is the limit, whatever number a server sends.
    let date = Date(timeIntervalSince1970: min(max(0, seconds), 253_402_300_799))
    return date.formatted(.iso8601).replacing("T", with: " ").replacing("Z", with: " UTC")
  }

  private static let longest: Double = 1e10
}
