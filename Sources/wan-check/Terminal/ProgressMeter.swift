import AssetSource
import Locations

/// Computes the values of a progress line from snapshots of a monitor. It keeps only the
/// snapshots that the rate needs.
struct ProgressMeter: Sendable {
  /// The number of inputs that are checked.
  var done = 0
  /// The number of known inputs.
  var known = 0
  /// Whether all inputs are known.
  var isComplete = false

  private var start: ContinuousClock.Instant?
  private var samples: [(taken: ContinuousClock.Instant, bytes: Int64)] = []

  /// The time span of the rate.
  private static let window = Duration.seconds(5)
  /// The shortest time span that gives a useful rate.
  private static let shortestWindow = Duration.seconds(1)
  /// The time after which a fetch is slow.
  private static let patience = Duration.seconds(3)

  /// The values after another snapshot; snapshots must come in the order in which they were taken.
  mutating func state(_ look: FetchMonitor.Snapshot) -> ProgressState {
    start = start ?? look.taken
    samples.removeAll { look.taken - $0.taken > Self.window }
    samples.append((look.taken, look.bytes))
    let rate = look.active.isEmpty ? nil : rate(look)
    return ProgressState(
      done: done, known: known, isComplete: isComplete, bytes: look.bytes, rate: rate,
      left: isComplete && done < known ? left(look, rate) : nil, slow: Self.slow(look))
  }

  /// The estimated time left: from the remaining bytes of the fetches if these are the only inputs left, else
  /// from the number of inputs.
  private func left(_ look: FetchMonitor.Snapshot, _ rate: Int64?) -> Int64? {
    let lengths = look.active.compactMap { fetch in fetch.length.map { max(0, $0 - fetch.bytes) } }
    if let rate, rate > 0, known - done <= look.active.count, lengths.count == look.active.count {
      // The lengths come from servers, so that their sum may overflow.
      let bytes = lengths.reduce(Int64(0)) { $0.addingReportingOverflow($1).overflow ? .max : $0 + $1 }
      return Self.told(Double(bytes) / Double(rate))
    }
    guard let start, done > 0, case let span = look.taken - start, span >= Self.shortestWindow else {
      return nil
    }
    return Self.told(span / .seconds(1) * Double(known - done) / Double(done))
  }

  /// The seconds if the estimate is useful: one of more than a few days is not.
  private static func told(_ seconds: Double) -> Int64? {
    seconds < 360_000 ? Int64(seconds.rounded(.up)) : nil
  }

  private func rate(_ look: FetchMonitor.Snapshot) -> Int64? {
    guard let first = samples.first, case let span = look.taken - first.taken, span >= Self.shortestWindow
    else { return nil }
    return Int64(exactly: (Double(look.bytes - first.bytes) / (span / .seconds(1))).rounded())
  }

  private static func slow(_ look: FetchMonitor.Snapshot) -> ProgressState.Slow? {
    guard let oldest = look.active.first, case let age = look.taken - oldest.since, age > patience else {
      return nil
    }
    return ProgressState.Slow(name: oldest.location.displayText, seconds: age.components.seconds)
  }
}
