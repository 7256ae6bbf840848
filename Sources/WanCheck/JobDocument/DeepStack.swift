import Foundation
import Synchronization

/// Runs work that a hostile text can make recurse deeper than the caller's stack may allow.
///
/// libyaml nests up to 1000 levels before it gives up, and Yams calls itself, and frees its nodes, once for
/// each. A thread of macOS has room for 512 KiB only.
enum DeepStack {
  private static let bytes = 64 << 20

  /// Runs `work` on a thread of its own and waits for it; `nil` if it left no result.
  static func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) -> Result? {
    let outcome = Outcome<Result>()
    let thread = Thread {
      outcome.value.withLock { $0 = work() }
      outcome.done.signal()
    }
    thread.stackSize = bytes
    thread.start()
    outcome.done.wait()
    return outcome.value.withLock { $0 }
  }

  private final class Outcome<Result: Sendable>: Sendable {
    let value = Mutex<Result?>(nil)
    let done = DispatchSemaphore(value: 0)
  }
}
