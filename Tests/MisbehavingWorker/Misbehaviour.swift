import Libc
import MediaFacts
import MediaReading

/// What a worker that was taken over might do.
enum Misbehaviour: String {
  case crash, trap, abort, exit, loop, sleep, allocate, open, write, connect, fork, program, execute, signal,
    babble
  case flood, lie, overread, hangUp, hold, take, greed

  /// What the end of a file tells it to do.
  init?(_ tail: ArraySlice<UInt8>) {
    guard let colon = tail.lastIndex(of: UInt8(ascii: ":")),
      String(decoding: tail[..<colon].suffix(9), as: UTF8.self) == "misbehave"
    else { return nil }
    self.init(rawValue: String(decoding: tail[(colon + 1)...], as: UTF8.self))
  }

  /// The socket to the parent.
  private static let parent: CInt = 3

  /// Does it; what is prevented without an end of the process returns, and so does what a worker may do.
  func happen(_ reader: MeteredReader) throws(ProbeStop) {
    switch self {
    case .crash: UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
    case .trap: fatalError("as told")
    case .abort: endByAbort()
    case .exit: _exit(0)
    case .loop: while true { busy &+= 1 }
    case .sleep: while true { usleep(100_000) }
    case .allocate: allocate()
    case .open: _ = openFile("/etc/passwd", O_RDONLY)
    case .write: _ = openFile("/tmp/wan-check-was-here", O_WRONLY | O_CREAT, 0o600)
    case .connect: _ = openSocket()
    case .fork: openChild()
    case .program: run("/bin/true")
    case .execute: _ = mmap(nil, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    case .signal: kill(getppid(), SIGKILL)
    case .babble: say([UInt8](repeating: 0x41, count: 64))
    case .flood: say([8, 0xFF, 0xFF, 0xFF, 0xFF])
    case .lie: say([8, 2, 0, 0, 0] + Array("{}".utf8))
    case .overread: say([4, 12, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 12))
    case .hangUp: close(Self.parent)
    case .hold: try reader.holding(Self.large) { () throws(ProbeStop) in while true { usleep(100_000) } }
    case .take: for _ in 0..<3 { try reader.holding(Self.large) {} }
    case .greed: say([9, 0, 0, 0, 0, 9, 0, 0, 0, 0])
    }
  }

  /// What only one worker may hold at a time.
  private static let large = ImageFacts(
    width: 4000, height: 4000, color: .rgb, bitDepth: 8, coding: .progressive)

  private func allocate() {
    while true {
      guard let space = malloc(64 << 20) else { endByAbort() }
      memset(space, 1, 64 << 20)
    }
  }

  /// Swift does not import `fork`; it is reached through the system's interface for it.
  private func openChild() {
    var pid: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
    posix_spawn(&pid, "/bin/true", nil, nil, &arguments, nil)
  }

  private func run(_ program: String) {
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(program), nil]
    execve(program, &arguments, nil)
  }

  private func say(_ bytes: [UInt8]) { _ = send(Self.parent, bytes, bytes.count, 0) }
}

/// What an endless loop counts, so that it is not optimized away.
nonisolated(unsafe) private var busy = 0  // One thread runs here.

private func endByAbort() -> Never { abort() }

private func openFile(_ path: String, _ flags: CInt, _ mode: mode_t = 0) -> CInt {
  #if canImport(Darwin)
    Darwin.open(path, flags, mode)
  #elseif canImport(Glibc)
    Glibc.open(path, flags, mode)
  #elseif canImport(Musl)
    Musl.open(path, flags, mode)
  #endif
}

private func openSocket() -> CInt {
  #if canImport(Glibc)
    socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
  #else
    socket(AF_INET, SOCK_STREAM, 0)
  #endif
}
