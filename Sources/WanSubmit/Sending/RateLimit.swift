import AssetSource

/// What an answer's headers say of how much may be sent: `x-ratelimit-*` and `Retry-After`.
public struct RateLimit: Sendable, Hashable {
  /// Requests that a window allows.
  public var limit: Int64?
  /// Requests that are left in this window.
  public var remaining: Int64?
  /// Time until the window ends.
  public var reset: Duration?
  /// How long the provider wants to be left alone.
  public var retryAfter: Duration?

  /// What is known; nothing by default.
  public init(
    limit: Int64? = nil, remaining: Int64? = nil, reset: Duration? = nil, retryAfter: Duration? = nil
  ) {
    self.limit = limit
    self.remaining = remaining
    self.reset = reset
    self.retryAfter = retryAfter
  }

  /// The times that servers mean by `x-ratelimit-reset`: a number below this counts seconds from now, one above it
  /// seconds since 1970, and one a thousand times as large milliseconds.
  private static let leastDate: Double = 1_000_000_000

  /// Reads the headers of an answer that came at `now`, in seconds since 1970.
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

  /// How long to send nothing after this answer; `nil` if it does not say.
  var pause: Duration? {
    if let retryAfter { return retryAfter }
    return remaining == 0 ? reset : nil
  }
}
