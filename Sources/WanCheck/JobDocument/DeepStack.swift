import Foundation
import Synchronization

/// Runs work that a hostile text can make recurse deeper than the caller's stack may allow.
///
/// libyaml nests up to 1000 levels before it gives up, and Yams calls itself, and frees its nodes, once for
/// each. A thread of macOS has room for 512 KiB only.
enum DeepStack {
  private static let bytes = 64 << 20

  /// Runs `work` on a thread of its own and waits for it; `nil` if it left no result within the time limit.
  ///
  /// Work that takes too long is left to itself, and told to end: `isTooLate`.
  static func run<Result: Sendable>(
    within limit: Duration? = nil, _ work: @escaping @Sendable () -> Result
  ) -> Result? {
    let outcome = Outcome<Result>()
    let thread = Thread {
      outcome.value.withLock { $0 = work() }
      outcome.done.signal()
    }
    thread.stackSize = bytes
    thread.start()
    let end = limit.map { DispatchTime.now() + min($0 / .seconds(1), 1e6) } ?? .distantFuture
    guard outcome.done.wait(timeout: end) == .success else {
      thread.cancel()
      return nil
    }
    return outcome.value.withLock { $0 }
  }

  /// Whether nobody waits any more for the work of the current thread.
  static var isTooLate: Bool { Thread.current.isCancelled }

  private final class Outcome<Result: Sendable>: Sendable {
    let value = Mutex<Result?>(nil)
    let done = DispatchSemaphore(value: 0)
  }
}
