import AssetSource
import Locations

/// Turns looks at a monitor into what a line of progress tells; keeps just enough of them for a rate.
struct ProgressMeter: Sendable {
  /// Inputs that are judged.
  var done = 0
  /// Inputs that are known of.
  var known = 0
  /// Whether there are no more inputs than those.
  var isComplete = false

  private var start: ContinuousClock.Instant?
  private var samples: [(taken: ContinuousClock.Instant, bytes: Int64)] = []

  /// How far back the rate looks.
  private static let window = Duration.seconds(5)
  /// Less than this is too short to tell a rate.
  private static let shortestWindow = Duration.seconds(1)
  /// What takes longer is slow.
  private static let patience = Duration.seconds(3)

  /// What there is to tell after another look; looks come in the order in which they were taken.
  mutating func state(_ look: FetchMonitor.Snapshot) -> ProgressState {
    start = start ?? look.taken
    samples.removeAll { look.taken - $0.taken > Self.window }
    samples.append((look.taken, look.bytes))
    let rate = look.active.isEmpty ? nil : rate(look)
    return ProgressState(
      done: done, known: known, isComplete: isComplete, bytes: look.bytes, rate: rate,
      left: isComplete && done < known ? left(look, rate) : nil, slow: Self.slow(look))
  }

  /// The time that is left: by the bytes that are on their way, if nothing else is to be done; else by the inputs.
  private func left(_ look: FetchMonitor.Snapshot, _ rate: Int64?) -> Int64? {
    let lengths = look.active.compactMap { fetch in fetch.length.map { max(0, $0 - fetch.bytes) } }
    if let rate, rate > 0, known - done <= look.active.count, lengths.count == look.active.count {
      // Lengths are what servers state: a sum of them may be anything.
      let bytes = lengths.reduce(Int64(0)) { $0.addingReportingOverflow($1).overflow ? .max : $0 + $1 }
      return Self.told(Double(bytes) / Double(rate))
    }
    guard let start, done > 0, case let span = look.taken - start, span >= Self.shortestWindow else {
      return nil
    }
    return Self.told(span / .seconds(1) * Double(known - done) / Double(done))
  }

  /// Seconds worth telling; nobody believes in more than a few days.
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
