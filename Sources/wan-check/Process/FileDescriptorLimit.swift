import Libc
import NIOCore
import NIOPosix
import SystemPackage

/// The limit of files, sockets and pipes that the process has open at a time.
///
/// An event loop that cannot get a descriptor ends the process, so the loops get theirs before
/// anything else is opened, and the concurrency depends on the number of descriptors. An asset that
/// cannot get one is inconclusive.
enum FileDescriptorLimit {
  /// Raises the limit as far as the system allows, and starts the event loops.
  /// - Throws: `ExitStatus`, after an error message, if the limit is too low.
  static func raise() throws(ExitStatus) {
    let allowed = raisedLimit()
    guard hasRoom(least) else {
      StandardStream.error.writeLine(
        "wan-check: too few files may be open at a time (\(allowed)): `ulimit -n` must be at least \(least * 2)"
      )
      throw .internalError
    }
    NIOSingletons.groupLoopCountSuggestion = min(NIOCore.System.coreCount, mostLoops)
    _ = MultiThreadedEventLoopGroup.singleton
  }

  /// The largest number of assets at a time, up to `wanted`, for which there are enough descriptors.
  static func concurrency(atMost wanted: Int) -> Int {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return wanted }
    let share = (Int(clamping: limit.rlim_cur) - least) / perAsset
    return max(1, min(wanted, share))
  }

  /// The descriptors that every run needs: for event loops, signals, a ledger, reports,
  /// and the start of a worker.
  private static let least = 32
  /// The most descriptors of one job: for files, their copies, connections, and idle workers.
  private static let perAsset = 16
  /// More loops would not transfer more bytes from a few servers, and each needs three descriptors.
  private static let mostLoops = 4
  /// More than a run can use. Some systems report a limit that they do not provide.
  private static let most: rlim_t = 8192

  /// Raises the soft limit as far as allowed, and returns the new limit.
  private static func raisedLimit() -> UInt64 {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return 0 }
    let wanted = min(limit.rlim_max, most)
    if limit.rlim_cur < wanted {
      var raised = limit
      raised.rlim_cur = wanted
      if setrlimit(resource, &raised) == 0 { return UInt64(wanted) }
    }
    return UInt64(limit.rlim_cur)
  }

  /// Whether `count` more descriptors can be opened.
  private static func hasRoom(_ count: Int) -> Bool {
    var taken: [CInt] = []
    defer { for descriptor in taken { close(descriptor) } }
    while taken.count < count {
      let descriptor = fcntl(StandardStream.error.descriptor.rawValue, F_DUPFD_CLOEXEC, 3)
      guard descriptor >= 0 else { return false }
      taken.append(descriptor)
    }
    return true
  }

  #if canImport(Glibc)
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let resource = RLIMIT_NOFILE
  #endif
}
