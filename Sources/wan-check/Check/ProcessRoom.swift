import NIOCore

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How much of the machine the process may have: memory, stacks, files.
///
/// Where a thread gets no stack, or a stack no room, the process ends as if it had crashed. Bounds that are too tight for
/// any work are told of before.
enum ProcessRoom {
  /// Makes sure that there is room for fetching and probing, and takes it where it can be taken.
  /// - Throws: `ExitStatus`, after the person was told that it is too little.
  static func take() throws(ExitStatus) {
    let needed = leastMemory
    let allowed = limit(of: memory)
    guard allowed >= needed else {
      throw tooLittle("too little memory may be used (\(allowed >> 10) KiB)", "-v", needed)
    }
    try ThreadRoom.makeRoom()
    try OpenFiles.makeRoom()
  }

  /// Makes sure that stacks are large enough for any command.
  /// - Throws: `ExitStatus`, after the person was told that they are too small.
  static func requireStack() throws(ExitStatus) {
    let allowed = limit(of: stack)
    guard allowed >= leastStack else {
      throw tooLittle("the stack may have too little memory (\(allowed >> 10) KiB)", "-s", leastStack)
    }
  }

  private static func tooLittle(_ what: String, _ option: String, _ least: UInt64) -> ExitStatus {
    StandardStream.error.writeLine("wan-check: \(what): `ulimit \(option)` must say at least \(least >> 10)")
    return .internalError
  }

  /// Four times what makes commands crash; other systems give threads no more.
  private static let leastStack: UInt64 = 512 << 10

  /// The most of `wanted` assets at a time for which there are memory and descriptors enough.
  static func concurrency(atMost wanted: Int) -> Int {
    let allowed = limit(of: memory)
    let wanted = ThreadRoom.concurrency(atMost: OpenFiles.concurrency(atMost: wanted))
    guard allowed != .max else { return wanted }
    // Two threads for each: one that reads, and one that waits for its worker.
    let share = (allowed - min(allowed, leastMemory)) / (2 * (threadStack + heap))
    return max(1, min(wanted, Int(clamping: share)))
  }

  /// Address space, most of which is never touched, for a run that does one thing at a time: programs and libraries, the
  /// stack of each thread, and the heaps that threads get of their own.
  private static var leastMemory: UInt64 {
    let cores = UInt64(NIOCore.System.coreCount)
    let threads = 16 + 2 * cores
    return 384 << 20 + threads * threadStack + min(8 * cores, threads) * heap
  }

  /// What a thread reserves for its heap.
  private static let heap: UInt64 = 64 << 20

  /// What a thread reserves for its stack; without a bound, some usual size.
  private static var threadStack: UInt64 {
    let bound = limit(of: stack)
    return bound == .max ? 8 << 20 : min(bound, 1 << 40)
  }

  /// The soft limit in bytes; the greatest number where there is none.
  private static func limit(of resource: Resource) -> UInt64 {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur != unlimited else { return .max }
    return UInt64(limit.rlim_cur)
  }

  // The headers define it as an expression that Swift does not import.
  #if canImport(Darwin)
    private static let unlimited: rlim_t = rlim_t.max >> 1
  #else
    private static let unlimited: rlim_t = .max
  #endif

  #if canImport(Glibc)
    private typealias Resource = __rlimit_resource_t
    private static let memory = __rlimit_resource_t(RLIMIT_AS.rawValue)
    private static let stack = __rlimit_resource_t(RLIMIT_STACK.rawValue)
  #else
    private typealias Resource = CInt
    private static let memory = RLIMIT_AS
    private static let stack = RLIMIT_STACK
  #endif
}
