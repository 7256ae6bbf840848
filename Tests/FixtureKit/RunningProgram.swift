public import Foundation
import Synchronization

/// A program that runs beside the test, and whose end can be awaited without holding up a thread.
public final class RunningProgram: Sendable {
  private struct State {
    var status: Int32?
    var waiters: [CheckedContinuation<Int32, Never>] = []
  }

  private let state = Mutex(State())
  /// Only ever used to start it and to send signals, under the lock.
  private let process: Mutex<Process>
  private let scratch: TemporaryFolder

  private init(_ process: sending Process, _ scratch: TemporaryFolder) {
    self.process = Mutex(process)
    self.scratch = scratch
  }

  /// Starts `program`; the parameters are those of `Program.run`.
  public static func start(
    _ program: Program, _ arguments: [String], input: Data = Data(), environment: [String: String] = [:],
    in folder: URL? = nil
  ) throws -> RunningProgram {
    let scratch = try TemporaryFolder()
    let process = Process()
    process.executableURL = program.executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = folder }
    // Files instead of pipes: nothing can block, whatever is written in whatever order.
    let files = [
      try FileHandle(forReadingFrom: scratch.write(input, to: "in")),
      try FileHandle(forWritingTo: scratch.write(Data(), to: "out")),
      try FileHandle(forWritingTo: scratch.write(Data(), to: "err")),
    ]
    (process.standardInput, process.standardOutput, process.standardError) = (files[0], files[1], files[2])
    // Foundation keeps them open as long as it keeps the process, and crashes while it lists more than about 1 300 of them.
    defer { for file in files { try? file.close() } }
    let running = RunningProgram(process, scratch)
    try running.process.withLock { process in
      process.terminationHandler = { process in
        running.ended(
          process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
      }
      try process.runWithoutBlockedSignals()
    }
    return running
  }

  /// Its number in the system.
  public var identifier: Int32 { process.withLock { $0.processIdentifier } }

  /// Sends it what Ctrl-C sends (SIGINT).
  public func interrupt() { process.withLock { if $0.isRunning { $0.interrupt() } } }

  /// Waits for its end; a program that has not ended after `patience` is killed, which shows as status -9.
  public func outcome(patience: Duration = .seconds(60)) async throws -> Program.Outcome {
    let identifier = identifier
    let watchdog = Task {
      try await Task.sleep(for: patience)
      kill(identifier, SIGKILL)
    }
    let status = await status
    watchdog.cancel()
    // It holds this object, and so the folder, for as long as the process lives.
    process.withLock { $0.terminationHandler = nil }
    return Program.Outcome(
      status: status, output: try Data(contentsOf: scratch.url.appending(path: "out")),
      errors: String(decoding: try Data(contentsOf: scratch.url.appending(path: "err")), as: UTF8.self))
  }

  private var status: Int32 {
    get async {
      await withCheckedContinuation { continuation in
        let status = state.withLock { state in
          if state.status == nil { state.waiters.append(continuation) }
          return state.status
        }
        if let status { continuation.resume(returning: status) }
      }
    }
  }

  private func ended(_ status: Int32) {
    let waiters = state.withLock { state in
      state.status = status
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume(returning: status) }
  }
}
