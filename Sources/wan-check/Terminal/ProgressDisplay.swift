import AssetSource
import Foundation
import Synchronization

/// Keeps one line on a terminal up to date while a run goes on, and takes it away before anything else is written.
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

  /// Runs that end within this time are left alone.
  private static let delay = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(200)
  private static let usualWidth = 80
  /// Back to the first column, then away with everything to the right.
  private static let erasure = "\r\u{1B}[K"

  /// A display of what `monitor` sees; `nil` if `stream` is no terminal that can redraw a line.
  init?(_ monitor: FetchMonitor, on stream: StandardStream, color: Bool) {
    guard stream.isTerminal, ProcessInfo.processInfo.environment["TERM"] != "dumb" else { return nil }
    self.monitor = monitor
    self.stream = stream
    self.color = color
  }

  /// Redraws from now on, until `end()`.
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

  /// What the line says of the inputs from now on.
  func count(done: Int, known: Int, isComplete: Bool) {
    state.withLock { state in
      state.meter.done = done
      state.meter.known = known
      state.meter.isComplete = isComplete
    }
  }

  /// Takes the line away while `body` writes; it is back with the next redrawing.
  func makingRoom<Failure: Error>(_ body: () throws(Failure) -> Void) throws(Failure) {
    try state.withLock { (state) throws(Failure) in
      hide(&state)
      try body()
    }
  }

  /// Takes the line away for good.
  func end() {
    state.withLock { end(&$0) }
  }

  /// The same, from wherever a signal is handled: if somebody is writing just now, they may never be done.
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
