import Libc
import NIOCore

/// The process's limits of memory and stacks (`ulimit`), and the concurrency that they allow.
///
/// A thread that cannot get memory for its stack crashes the process, so limits that are too low are reported
/// before any work begins.
enum ProcessLimits {
  /// Checks that the limits allow fetching and probing, and raises the limit of file descriptors.
  /// - Throws: `ExitStatus`, after an error message, if a limit is too low.
  static func prepare() throws(ExitStatus) {
    let needed = leastMemory
    let allowed = limit(of: memory)
    guard allowed >= needed else {
      throw tooLittle("too little memory may be used (\(allowed >> 10) KiB)", "-v", needed)
    }
    try ThreadLimit.prepare()
    try FileDescriptorLimit.raise()
  }

  /// Checks that stacks are large enough for any command.
  /// - Throws: `ExitStatus`, after an error message, if they are too small.
  static func requireStack() throws(ExitStatus) {
    let allowed = limit(of: stack)
    guard allowed >= leastStack else {
      throw tooLittle("the stack may have too little memory (\(allowed >> 10) KiB)", "-s", leastStack)
    }
  }

  /// Disables core dumps: the process's memory may contain an API key or a signed link.
  static func forbidCoreDumps() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(coreDump, &none)
  }

  private static func tooLittle(_ what: String, _ option: String, _ least: UInt64) -> ExitStatus {
    StandardStream.error.writeLine("wan-check: \(what): `ulimit \(option)` must be at least \(least >> 10)")
    return .internalError
  }

  /// Four times the size at which commands crash. Other systems do not give threads more.
  private static let leastStack: UInt64 = 512 << 10

  /// The largest number of assets at a time, up to `wanted`, for which there are
  /// enough memory and descriptors.
  static func concurrency(atMost wanted: Int) -> Int {
    let allowed = limit(of: memory)
    let wanted = ThreadLimit.concurrency(atMost: FileDescriptorLimit.concurrency(atMost: wanted))
    guard allowed != .max else { return wanted }
    // Two threads for each asset: one reads, and one waits for its worker.
    let share = (allowed - min(allowed, leastMemory)) / (2 * (threadStack + heap))
    return max(1, min(wanted, Int(clamping: share)))
  }

  /// The address space of a run without concurrency: programs and libraries, and the stack and heap of each
  /// thread. Most of it is reserved and never used.
  private static var leastMemory: UInt64 {
    let cores = UInt64(NIOCore.System.coreCount)
    let threads = 16 + 2 * cores
    return 384 << 20 + threads * threadStack + min(8 * cores, threads) * heap
  }

  /// The address space that a thread reserves for its heap.
  private static let heap: UInt64 = 64 << 20

  /// The address space that a thread reserves for its stack; a usual size if there is no limit.
  private static var threadStack: UInt64 {
    let bound = limit(of: stack)
    return bound == .max ? 8 << 20 : min(bound, 1 << 40)
  }

  /// The soft limit in bytes; the largest number if there is no limit.
  private static func limit(of resource: Resource) -> UInt64 {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur != unlimited else { return .max }
    return UInt64(limit.rlim_cur)
  }

  // The C headers define it as an expression that Swift does not import.
  #if canImport(Darwin)
    private static let unlimited: rlim_t = rlim_t.max >> 1
  #else
    private static let unlimited: rlim_t = .max
  #endif

  #if canImport(Glibc)
    private typealias Resource = __rlimit_resource_t
    private static let memory = __rlimit_resource_t(RLIMIT_AS.rawValue)
    private static let stack = __rlimit_resource_t(RLIMIT_STACK.rawValue)
    private static let coreDump = __rlimit_resource_t(RLIMIT_CORE.rawValue)
  #else
    private typealias Resource = CInt
    private static let memory = RLIMIT_AS
    private static let stack = RLIMIT_STACK
    private static let coreDump = RLIMIT_CORE
  #endif
}
