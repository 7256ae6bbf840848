/// A span of time in words for people.
package enum ElapsedTime {
  /// `0.5 s`, `301 s`, `90 min`, `30 h`, `40 days`.
  package static func words(_ seconds: Double) -> String {
    switch seconds {
    case ..<3600:
      // Tenths, lest what is just past a bound looks like the bound.
      let tenths = (seconds * 10).rounded() / 10
      return tenths == tenths.rounded() ? "\(whole(tenths)) s" : "\(tenths) s"
    case ..<7200: return "\(whole(seconds / 60)) min"
    case ..<172_800: return "\(whole(seconds / 3600)) h"
    case ..<1e14: return "\(whole(seconds / 86400)) days"
    // Also what is no number, of which no integer can be made.
    default: return "ages"
    }
  }

  private static func whole(_ amount: Double) -> Int64 { Int64(exactly: amount.rounded(.towardZero)) ?? 0 }
}
