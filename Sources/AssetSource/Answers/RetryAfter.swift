import Foundation

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
