import CProcess
import NIOCore
import NIOPosix
import Synchronization

/// The limit of threads and worker processes that run at a time.
///
/// If a thread cannot be created, the process ends or hangs. So the free threads are counted before they are
/// needed, and limit the concurrency.
enum ThreadLimit {
  /// Checks that a command can run that neither fetches nor probes.
  /// - Throws: `ExitStatus`, after an error message, if the limit is too low.
  static func requireLeast() throws(ExitStatus) { try require(4) }

  /// Checks that one asset at a time can be fetched and probed, and sets the size of
  /// the pool for blocking work.
  /// - Throws: `ExitStatus`, after an error message, if the limit is too low.
  static func prepare() throws(ExitStatus) {
    try require(base + perAsset)
    NIOSingletons.blockingPoolThreadCountSuggestion = min(NIOCore.System.coreCount, mostOfAKind)
  }

  /// The largest number of assets at a time, up to `wanted`, that the limit allows.
  static func concurrency(atMost wanted: Int) -> Int {
    let needed = base + wanted * perAsset
    let found = room(for: needed)
    return found >= needed ? wanted : max(1, (found - base) / perAsset)
  }

  /// The threads of event loops, of blocking work, of Swift's tasks, of signals and of the ledger.
  private static var base: Int { 3 * min(NIOCore.System.coreCount, mostOfAKind) + 8 }
  /// A thread for a file, one for a fetch, one for the resolver, and two workers each for files and fetches.
  private static let perAsset = 7
  /// More threads of one kind are never busy at the same time.
  private static let mostOfAKind = 8

  private static let measured = Mutex((wanted: 0, found: 0))

  private static func room(for wanted: Int) -> Int {
    measured.withLock { measured in
      if measured.wanted < wanted, measured.found == measured.wanted {
        measured = (wanted, Int(wan_room_for_threads(CInt(clamping: wanted))))
      }
      return measured.found
    }
  }

  private static func require(_ least: Int) throws(ExitStatus) {
    let found = room(for: least)
    guard found < least else { return }
    StandardStream.error.writeLine(
      "wan-check: too few threads and processes may run (\(found) more, at least \(least) are needed): raise "
        + "`ulimit -u`, or the container's limit of processes")
    throw .internalError
  }
}
