import FixtureKit
import Foundation
import Synchronization

/// A program that runs beside the test, and whose end can be awaited without holding up a thread.
final class ChildProcess: Sendable {
  private struct State {
    var hasEnded = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  /// Only ever used to start and to end it, under the lock.
  private let process: Mutex<Process>

  private init(_ process: sending Process) { self.process = Mutex(process) }

  /// Runs `executable`; its output goes nowhere.
  static func start(_ executable: URL, _ arguments: [String]) throws -> ChildProcess {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let child = ChildProcess(process)
    try child.process.withLock { process in
      process.terminationHandler = { _ in child.ended() }
      try process.runWithoutBlockedSignals()
    }
    return child
  }

  /// Whether it is over.
  var hasEnded: Bool { state.withLock { $0.hasEnded } }

  /// Asks it to end (SIGTERM) and waits until it has.
  func terminate() async {
    process.withLock { if $0.isRunning { $0.terminate() } }
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if !state.hasEnded { state.waiters.append(continuation) }
        return state.hasEnded
      }
      if isOver { continuation.resume() }
    }
  }

  private func ended() {
    let waiters = state.withLock { state in
      state.hasEnded = true
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}
