import Foundation

/// When to try again, for people.
enum ComeBack {
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
    // To the end of the year 9999, whatever a server says.
    let date = Date(timeIntervalSince1970: min(max(0, seconds), 253_402_300_799))
    return date.formatted(.iso8601).replacing("T", with: " ").replacing("Z", with: " UTC")
  }

  private static let longest: Double = 1e10
}
