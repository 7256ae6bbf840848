import NIOCore
import NIOPosix
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How many files, sockets and pipes the process may have open at a time.
///
/// An event loop that gets no descriptor ends the process, so the loops take theirs before anything else is opened, and no
/// more is done at a time than there are descriptors for. An asset that gets none is inconclusive.
enum FileDescriptorLimit {
  /// Raises the limit as far as the system allows, and starts the event loops.
  /// - Throws: `ExitStatus`, after an error message, if the limit is too low.
  static func raise() throws(ExitStatus) {
    let allowed = raisedLimit()
    guard hasRoom(least) else {
      StandardStream.error.writeLine(
        "wan-check: too few files may be open at a time (\(allowed)): `ulimit -n` must say at least \(least * 2)"
      )
      throw .internalError
    }
    NIOSingletons.groupLoopCountSuggestion = min(NIOCore.System.coreCount, mostLoops)
    _ = MultiThreadedEventLoopGroup.singleton
  }

  /// The most of `wanted` assets at a time for which there are descriptors enough.
  static func concurrency(atMost wanted: Int) -> Int {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return wanted }
    let share = (Int(clamping: limit.rlim_cur) - least) / perAsset
    return max(1, min(wanted, share))
  }

  /// Descriptors that every run needs: event loops, signals, a ledger, reports, a worker that starts.
  private static let least = 32
  /// Descriptors of one job at most: files, their copies, connections, and workers that wait for the next.
  private static let perAsset = 16
  /// More loops would carry no more bytes from a few servers; each has three descriptors.
  private static let mostLoops = 4
  /// More than a run can use; some systems name a limit that they do not keep.
  private static let most: rlim_t = 8192

  /// Raises the soft limit as far as allowed, and returns it.
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

  /// Whether so many more can be open.
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
