import Dispatch

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Ends a run on Ctrl-C or a polite kill: work is cancelled, and the process is gone after a time of grace either way.
enum Interruption {
  /// Runs `work`; an interruption cancels it, and `onInterruption` tidies up in case it cannot any more. A second
  /// interruption ends the process at once. `beforeExit` takes away what must not be left behind, where nothing else
  /// will: when the process ends before the work does.
  static func cancelling<Value: Sendable>(
    grace: Duration = .milliseconds(800), _ work: @escaping @Sendable () async throws -> Value,
    onInterruption: @escaping @Sendable () -> Void = {}, beforeExit: @escaping @Sendable () -> Void = {}
  ) async throws -> Value {
    let task = Task { try await work() }
    let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler {
        if task.isCancelled { exit(beforeExit) }
        task.cancel()
        DispatchQueue.global().asyncAfter(deadline: .now() + grace / .seconds(1)) {
          exit(beforeExit)
        }
        onInterruption()
      }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
  }
  private static func exit(_ tidyingUp: () -> Void) -> Never {
    tidyingUp()
    _exit(ExitStatus.interrupted.rawValue)
  }
}
