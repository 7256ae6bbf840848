import AssetSource

/// Turns looks at a monitor into what a line of progress tells; keeps just enough of them for a rate.
struct ProgressMeter: Sendable {
  /// Inputs that are judged.
  var done = 0
  /// Inputs that are known of.
  var known = 0
  /// Whether there are no more inputs than those.
  var isComplete = false

  private var samples: [(taken: ContinuousClock.Instant, bytes: Int64)] = []

  /// How far back the rate looks.
  private static let window = Duration.seconds(5)
  /// Less than this is too short to tell a rate.
  private static let shortestWindow = Duration.seconds(1)
  /// What takes longer is slow.
  private static let patience = Duration.seconds(3)

  /// What there is to tell after another look; looks come in the order in which they were taken.
  mutating func state(_ look: FetchMonitor.Snapshot) -> ProgressState {
    samples.removeAll { look.taken - $0.taken > Self.window }
    samples.append((look.taken, look.bytes))
    return ProgressState(
      done: done, known: known, isComplete: isComplete, bytes: look.bytes,
      rate: look.active.isEmpty ? nil : rate(look), slow: Self.slow(look))
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
