import Foundation

/// Formats times of the ledger for people and scripts.
enum LedgerTime {
  /// A time in ISO 8601, in UTC, with milliseconds.
  static func text(_ seconds: Double) -> String {
    date(seconds).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// A time for people, in UTC.
  static func shortText(_ seconds: Double) -> String {
    let text = date(seconds).formatted(.iso8601)
    return text.replacingOccurrences(of: "T", with: " ").replacingOccurrences(of: "Z", with: " UTC")
  }

  /// The age of a time: `5s`, `3m`, `2h`, `12d`.
  static func age(_ seconds: Double, now: Double) -> String {
    let age = bounded(now - seconds)
    return switch age {
    case ..<60: "\(Int(age))s"
    case ..<3600: "\(Int(age / 60))m"
    case ..<86_400: "\(Int(age / 3600))h"
    default: "\(Int(age / 86_400))d"
    }
  }

  private static func date(_ seconds: Double) -> Date { Date(timeIntervalSince1970: bounded(seconds)) }

  /// The time within 1970 to the end of the year 9999, so that every value from a file
  /// can be written as a date.
  private static func bounded(_ seconds: Double) -> Double {
    seconds.isNaN ? 0 : min(max(0, seconds), 253_402_300_799)
  }
}
