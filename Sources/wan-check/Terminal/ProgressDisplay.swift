import AssetSource
import Foundation
import Synchronization

/// Keeps a progress line on a terminal up to date, and removes it before anything else is written.
final class ProgressDisplay: Sendable {
  private struct State {
    var meter = ProgressMeter()
    var isShown = false
    var isOver = false
    var redrawing: Task<Void, any Error>?
  }

  private let monitor: FetchMonitor
  private let stream: StandardStream
  private let color: Bool
  private let state = Mutex(State())

  /// Runs that end within this time show no progress.
  private static let delay = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(200)
  private static let usualWidth = 80
  /// Moves to the first column, and clears the line from there.
  private static let erasure = "\r\u{1B}[K"

  /// A display of the fetches in `monitor`; `nil` if `stream` is not a terminal that can redraw a line.
  init?(_ monitor: FetchMonitor, on stream: StandardStream, color: Bool) {
    guard stream.isTerminal, ProcessInfo.processInfo.environment["TERM"] != "dumb" else { return nil }
    self.monitor = monitor
    self.stream = stream
    self.color = color
  }

  /// Starts redrawing, until `end()`.
  func begin() {
    let redrawing = Task { [weak self] in
      try await Task.sleep(for: Self.delay)
      while let self {
        draw()
        try await Task.sleep(for: Self.interval)
      }
    }
    state.withLock { $0.redrawing = redrawing }
  }

  /// Updates the numbers of inputs.
  func count(done: Int, known: Int, isComplete: Bool) {
    state.withLock { state in
      state.meter.done = done
      state.meter.known = known
      state.meter.isComplete = isComplete
    }
  }

  /// Removes the line while `body` writes; the next update draws it again.
  func makingRoom<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
    try state.withLock { (state) throws(Failure) in
      hide(&state)
      try body()
    }
  }

  /// Removes the line permanently.
  func end() {
    state.withLock { end(&$0) }
  }

  /// The same for a signal handler. It must not wait for the lock, since another
  /// write may be blocked forever.
  func interrupt() {
    _ = state.withLockIfAvailable { end(&$0) }
  }

  private func end(_ state: inout State) {
    hide(&state)
    state.isOver = true
    state.redrawing?.cancel()
  }

  private func hide(_ state: inout State) {
    guard state.isShown else { return }
    state.isShown = false
    try? stream.write(Self.erasure)
  }

  private func draw() {
    let look = monitor.snapshot()
    _ = state.withLockIfAvailable { state in
      guard !state.isOver else { return }
      let told = state.meter.state(look)
      let line = ProgressLine.render(told, width: stream.columns ?? Self.usualWidth, color: color)
      state.isShown = true
      try? stream.write(Self.erasure + line)
    }
  }
}
