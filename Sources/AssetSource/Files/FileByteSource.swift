public import AssetOpening
public import MediaFacts
import Synchronization
public import SystemPackage

/// The bytes of a local file, read by position, so that any number of threads can read at once.
public final class FileByteSource: ByteSource {
  /// The length in bytes when the file was opened.
  public let size: Int64
  /// The state of the file when it was opened.
  public let stamp: FileStamp

  // `FileDescriptor` is not Sendable; the number is, and only `deinit` closes it.
  private let number: CInt
  /// The first failure, which every later read throws again.
  private let failure = Mutex<ByteSourceError?>(nil)

  /// One read at most; Darwin refuses more than its `INT_MAX`.
  private static let longestRead = 1 << 30

  /// Opens the regular file at `path`, following links; never waits for a writer at the other end of a pipe.
  public init(_ path: FilePath) throws(AssetError) {
    let (descriptor, stat) = try Self.open(path)
    number = descriptor.rawValue
    stamp = FileStamp(stat)
    size = max(0, stat.size)
  }

  deinit {
    // Nothing was written, so nothing can be lost.
    try? FileDescriptor(rawValue: number).close()
  }

  /// The length in bytes when the file was opened.
  public var length: Int64? { size }

  /// The descriptor that the source reads from; closed with the source.
  public var fileDescriptor: CInt? { number }

  /// Reads up to `buffer.count` bytes at `offset`; 0 is the end that the file had when it was opened.
  ///
  /// A file that turns out shorter than that is `changed`.
  public func read(
    at offset: Int64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(ByteSourceError) -> Int {
    if let failure = failure.withLock({ $0 }) { throw failure }
    guard offset >= 0 else {
      throw keep(
        ByteSourceError(
          .unreadable, message: "a read before the start of the file",
          errno: Errno.invalidArgument.rawValue))
    }
    guard offset < size, !buffer.isEmpty else { return 0 }
    let wanted = min(buffer.count, Self.longestRead, Int(clamping: size - offset))
    let count: Int
    do {
      count = try FileDescriptor(rawValue: number).read(
        fromAbsoluteOffset: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]))
    } catch {
      let errno = error as? Errno
      throw keep(
        ByteSourceError(
          .unreadable, message: errno?.description ?? "the file could not be read", errno: errno?.rawValue))
    }
    if count == 0 { throw keep(Self.shrunk) }
    // A cancellation during the system call applies to this read, too.
    if let failure = failure.withLock({ $0 }) { throw failure }
    return count
  }

  /// Makes the current and every later read fail.
  public func cancel() {
    _ = keep(ByteSourceError(.cancelled, message: "reading was cancelled"))
  }

  /// Checks that the file has not changed since it was opened, and that no read failed.
  public func checkUnchanged() throws(AssetError) {
    if let failure = failure.withLock({ $0 }) { throw AssetError(failure) }
    let now: FileStamp
    do {
      now = FileStamp(try FileDescriptor(rawValue: number).stat())
    } catch {
      throw AssetError(error)
    }
    if now != stamp { throw AssetError(.changed, message: "the file changed while it was checked") }
  }

  private static let shrunk = ByteSourceError(.changed, message: "the file became shorter while it was read")

  private func keep(_ error: ByteSourceError) -> ByteSourceError {
    failure.withLock { kept in
      let first = kept ?? error
      kept = first
      return first
    }
  }

  private static func open(_ path: FilePath) throws(AssetError) -> (FileDescriptor, Stat) {
    guard !path.isEmpty else { throw AssetError(.badLocation, message: "the path is empty") }
    do {
      // Opening a device or a pipe can have side effects, so the type is checked first.
      try requireRegular(try path.stat())
      let descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
      do {
        // The opened file may be another one than the one that was checked.
        let stat = try descriptor.stat()
        try requireRegular(stat)
        if stat.size == 0 { try requireEmpty(descriptor) }
        return (descriptor, stat)
      } catch {
        try? descriptor.close()
        throw error
      }
    } catch let error as AssetError {
      throw error
    } catch let error as Errno {
      throw AssetError(error)
    } catch {
      throw AssetError(.unreadable, message: "the file could not be opened")
    }
  }

  /// Files of the system, such as those in `/proc`, state a length of 0 and have content.
  private static func requireEmpty(_ descriptor: FileDescriptor) throws {
    let count = try withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { buffer in
      try descriptor.read(fromAbsoluteOffset: 0, into: buffer)
    }
    guard count == 0 else {
      throw AssetError(.notRegularFile, message: "this is a file that states no length, and is not empty")
    }
  }

  private static func requireRegular(_ stat: Stat) throws(AssetError) {
    let what: String
    switch stat.type {
    case .regular: return
    case .directory: what = "a folder"
    case .fifo: what = "a pipe"
    case .socket: what = "a socket"
    case .characterSpecial, .blockSpecial: what = "a device"
    default: what = "something of an unknown kind"
    }
    throw AssetError(.notRegularFile, message: "this is \(what), not a file")
  }
}
