import Libc
import SystemPackage

/// Ends waiting for input when a run is interrupted. A read that waits for a pipe or a terminal would hold the run up
/// until its next bytes.
final class InputInterruption: Sendable {
  private struct Pipe {
    let read: FileDescriptor
    let write: FileDescriptor
  }

  /// The pipe whose other end wakes a reader; `nil` if none could be made.
  private let pipe: Pipe?

  init() {
    guard let ends = try? FileDescriptor.pipe() else {
      pipe = nil
      return
    }
    pipe = Pipe(read: ends.readEnd, write: ends.writeEnd)
    for end in [ends.readEnd, ends.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
  }

  deinit {
    try? pipe?.read.close()
    try? pipe?.write.close()
  }

  /// Ends the waiting of every reader, now and later.
  func interrupt() {
    // One byte suffices, because nothing reads it.
    _ = try? pipe?.write.writeAll([0])
  }

  /// The next bytes of `descriptor`; empty at the end.
  /// - Throws: `Errno.canceled` after an interruption, or the error of the read.
  func chunk(of descriptor: FileDescriptor) throws(Errno) -> [UInt8] {
    try wait(for: descriptor)
    do {
      return try [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
        count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
    } catch {
      throw error as? Errno ?? .ioError
    }
  }

  private func wait(for descriptor: FileDescriptor) throws(Errno) {
    guard let pipe else { return }
    var awaited = [
      pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0),
      pollfd(fd: pipe.read.rawValue, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&awaited, nfds_t(awaited.count), -1) < 0 {
      guard errno == EINTR else { throw Errno(rawValue: errno) }
    }
    if awaited[1].revents != 0 { throw .canceled }
  }
}
