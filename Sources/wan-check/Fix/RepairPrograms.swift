import CProcess
import Foundation
import Libc
import NIOPosix
import Synchronization
import SystemPackage

/// Starts the programs of fix commands without a shell, and ends them after a time limit or an interruption.
///
/// Foundation's `Process` is not used, because it lets programs inherit descriptors.
final class RepairPrograms: Sendable {
  /// Why a program did not do its work.
  enum Failure: Error {
    case missing(String)
    case failed(String)
  }

  /// One run of a program; all names are relative to its folder.
  struct Run {
    var executable: String
    var arguments: [[UInt8]]
    var folder: FilePath
    var input: FilePath?
    var output: FilePath?
    /// The file that gets what the program prints about errors.
    var errors: FilePath
  }

  private struct State {
    var running: Set<pid_t> = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let timeLimit: Duration
  private let threads: NIOThreadPool

  /// At most `concurrency` programs at a time, each of which ends within `timeLimit`.
  init(timeLimit: Duration, concurrency: Int) {
    self.timeLimit = timeLimit
    threads = NIOThreadPool(numberOfThreads: concurrency)
    threads.start()
  }

  /// Runs a program to its end, and returns its exit status.
  /// - Throws: `Failure`; `CancellationError` after `endAll`.
  func status(of run: Run) async throws -> Int32 {
    guard let path = Self.path(of: run.executable) else { throw Failure.missing(run.executable) }
    let pid = try start(run, at: path)
    let isLate = Mutex(false)
    let timer = Task { [timeLimit] in
      try await Task.sleep(for: timeLimit)
      isLate.withLock { $0 = true }
      kill(pid)
    }
    defer { timer.cancel() }
    // An unstructured task, because a wait that is cancelled would leave a zombie.
    let status = try await Task { [self] in
      try await threads.runIfActive { [self] in
        _ = wan_wait_for_program(pid)
        return state.withLock { state in
          state.running.remove(pid)
          return wan_reap_program(pid)
        }
      }
    }.value
    if state.withLock({ $0.isClosed }) { throw CancellationError() }
    if isLate.withLock({ $0 }) {
      throw Failure.failed("it ran for more than \(timeLimit.components.seconds) s")
    }
    return status
  }

  /// Ends every program, and starts no further ones.
  func endAll() {
    state.withLock { state in
      state.isClosed = true
      for pid in state.running { _ = Libc.kill(-pid, SIGKILL) }
    }
  }

  func shutdown() async { try? await threads.shutdownGracefully() }

  /// The path of an executable in the folders of PATH; relative folders in it are not searched.
  static func path(of executable: String) -> FilePath? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    return folders.lazy.filter { $0.hasPrefix("/") }.map { FilePath("\($0)/\(executable)") }
      .first { path in path.withPlatformString { access($0, X_OK) } == 0 && FileKind(at: path) == .other }
  }

  private func kill(_ pid: pid_t) {
    state.withLock { if $0.running.contains(pid) { _ = Libc.kill(-pid, SIGKILL) } }
  }

  private func start(_ run: Run, at path: FilePath) throws -> pid_t {
    let read = FilePath("/dev/null")
    var opened: [FileDescriptor] = []
    defer { for descriptor in opened { try? descriptor.close() } }
    opened.append(
      try FileDescriptor.open(
        run.input.map { run.folder.pushing($0) } ?? read, .readOnly, options: .closeOnExec))
    for file in [run.output, run.errors] {
      opened.append(
        try FileDescriptor.open(
          file.map { run.folder.pushing($0) } ?? read, .writeOnly,
          options: file == nil ? .closeOnExec : [.closeOnExec, .create, .truncate],
          permissions: file == nil ? nil : FilePermissions(rawValue: 0o666)))
    }
    // Above the standard streams, so that no descriptor is replaced before it is copied.
    let streams = try opened.map { descriptor -> CInt in
      let moved = fcntl(descriptor.rawValue, F_DUPFD_CLOEXEC, 10)
      guard moved >= 0 else { throw Errno(rawValue: errno) }
      return moved
    }
    defer { for stream in streams { close(stream) } }
    var words: [UnsafeMutablePointer<CChar>?] =
      ([Array(run.executable.utf8)] + run.arguments).map { word in
        strdup(word.map { CChar(bitPattern: $0) } + [0])
      }
    defer { for word in words { free(word) } }
    guard !words.contains(nil) else { throw Errno.noMemory }
    words.append(nil)
    var pid: pid_t = 0
    let error: CInt = try state.withLock { state in
      if state.isClosed { throw CancellationError() }
      let error = path.withPlatformString { path in
        run.folder.withPlatformString { wan_start_program(path, words, $0, streams, &pid) }
      }
      if error == 0 { state.running.insert(pid) }
      return error
    }
    guard error == 0 else { throw Errno(rawValue: error) }
    return pid
  }
}
