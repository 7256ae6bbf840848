import AssetOpening
import Foundation

/// Decides when to retry. Pauses grow with each try and have jitter, so that the clients of an overloaded server do not
/// all come back at once.
struct RetryPolicy: Sendable, Hashable {
  /// Tries without progress, the first included.
  var attempts: Int
  /// The longest pause before the second try; it doubles from try to try.
  var firstPause: Duration = .milliseconds(500)
  /// The longest pause that the server did not request.
  var longestPause: Duration = .seconds(8)

  /// How long to wait before the next try; `nil`: give up.
  ///
  /// `failures` counts the tries that failed without progress. `retryAfter` is what the server requested; a retry never
  /// comes earlier. `jitter` is 0 to 1.
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

/// The value of a `Retry-After` header (RFC 9110, 10.2.3).
package enum RetryAfter {
  /// How long to wait: a number of seconds, or the time until a date; never negative.
  package static func duration(_ text: String, now: Double) -> Duration? {
    let text = text.trimmingCharacters(in: .whitespaces)
    if let seconds = ContentRange.number(text) { return .seconds(min(seconds, 1 << 31)) }
    guard let date = date(text) else { return nil }
    return .seconds(min(max(0, date - now), Double(1 << 31)))
  }

  /// The preferred form of an HTTP date: `Sun, 06 Nov 1994 08:49:37 GMT`.
  private static func date(_ text: String) -> Double? {
    let style = Date.ParseStrategy(
      format:
        "\(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT",
      locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt)
    return (try? Date(text, strategy: style))?.timeIntervalSince1970
  }
}
