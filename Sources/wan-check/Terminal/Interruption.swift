import Dispatch
import Libc

/// Handles Ctrl-C and termination signals. Work is cancelled, and the process ends within a second or two,
/// unless it must wait for the answers of requests.
enum Interruption {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Makes an interruption end the process at once until `cancelling` takes over, because
  /// no work is under way yet.
  static func endAtOnce() {
    for number in signals { signal(number) { _ in _exit(ExitStatus.interrupted.rawValue) } }
  }

  /// Runs `work`. An interruption cancels it, and calls `onInterruption` to clean up the terminal. A second
  /// interruption ends the process at once. While `isWaiting` returns true, only the second one ends the
  /// process. `beforeExit` removes temporary files if the process ends before the work does.
  static func cancelling<Value: Sendable>(
    isWaiting: @escaping @Sendable () -> Bool = { false },
    _ work: @escaping @Sendable () async throws -> Value,
    onInterruption: @escaping @Sendable () -> Void = {}, beforeExit: @escaping @Sendable () -> Void = {}
  ) async throws -> Value {
    // Dispatch handles a signal from the moment its source is registered. Until then, the signal ends the
    // process, so work begins after that.
    let (registrations, registered) = AsyncStream<Void>.makeStream()
    let task = Task {
      var iterator = registrations.makeAsyncIterator()
      for _ in signals { await iterator.next() }
      return try await work()
    }
    let sources = signals.map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setRegistrationHandler { registered.yield() }
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

  /// Ends the process after the grace period. If it was just waiting for answers, the period starts again, so
  /// that outcomes can be reported.
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
