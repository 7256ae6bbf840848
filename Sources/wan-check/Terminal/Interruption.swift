import Dispatch

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Ends a run on Ctrl-C or a polite kill: work is cancelled, and the process is gone within a second or two either way,
/// unless something is under way that is worth its time.
enum Interruption {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Until `cancelling` takes over, an interruption ends the process at once: nothing is under way yet.
  static func endAtOnce() {
    for number in signals { signal(number) { _ in _exit(ExitStatus.interrupted.rawValue) } }
  }

  /// Runs `work`; an interruption cancels it, and `onInterruption` tidies up in case it cannot any more. A second
  /// interruption ends the process at once. While it `isWaiting`, there is no end but that one. `beforeExit` takes away what must not be left behind, where nothing else
  /// will: when the process ends before the work does.
  static func cancelling<Value: Sendable>(
    isWaiting: @escaping @Sendable () -> Bool = { false },
    _ work: @escaping @Sendable () async throws -> Value,
    onInterruption: @escaping @Sendable () -> Void = {}, beforeExit: @escaping @Sendable () -> Void = {}
  ) async throws -> Value {
    let task = Task { try await work() }
    let sources = signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler {
        if task.isCancelled { exit(beforeExit) }
        task.cancel()
        exitLater(isWaiting, beforeExit)
        onInterruption()
      }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
  }

  private static let grace = DispatchTimeInterval.milliseconds(800)

  /// Ends the process after the time of grace; what was waited for just now gets it once more, to say what came of it.
  private static func exitLater(
    _ isWaiting: @escaping @Sendable () -> Bool, _ beforeExit: @escaping @Sendable () -> Void
  ) {
    let waits = isWaiting()
    DispatchQueue.global().asyncAfter(deadline: .now() + grace) {
      guard waits || isWaiting() else { exit(beforeExit) }
      exitLater(isWaiting, beforeExit)
    }
  }

  private static func exit(_ tidyingUp: () -> Void) -> Never {
    tidyingUp()
    _exit(ExitStatus.interrupted.rawValue)
  }
}
