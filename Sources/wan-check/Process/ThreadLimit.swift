import CProcess
import NIOCore
import NIOPosix
import Synchronization

/// How many threads and worker processes may run at a time.
///
/// A thread that cannot be created ends the process, or makes it wait forever. So the free threads are counted before any is
/// needed, and no more is done at a time than they allow.
enum ThreadLimit {
  /// Makes sure that a command can run that neither fetches nor probes.
  /// - Throws: `ExitStatus`, after an error message, if too few may run.
  static func requireLeast() throws(ExitStatus) { try require(4) }

  /// Makes sure that one asset at a time can be fetched and probed, and sets the size of the blocking pool.
  /// - Throws: `ExitStatus`, after an error message, if too few may run.
  static func prepare() throws(ExitStatus) {
    try require(base + perAsset)
    NIOSingletons.blockingPoolThreadCountSuggestion = min(NIOCore.System.coreCount, mostOfAKind)
  }

  /// The most of `wanted` assets at a time that the limit allows.
  static func concurrency(atMost wanted: Int) -> Int {
    let needed = base + wanted * perAsset
    let found = room(for: needed)
    return found >= needed ? wanted : max(1, (found - base) / perAsset)
  }

  /// Event loops, threads that may block, those of Swift's tasks, signals and the ledger.
  private static var base: Int { 3 * min(NIOCore.System.coreCount, mostOfAKind) + 8 }
  /// A thread for a file and one for what is fetched, the resolver's, and two workers for each of both.
  private static let perAsset = 7
  /// More threads of a kind than these are never busy at the same time.
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
