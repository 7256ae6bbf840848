import AssetOpening
import Libc
import MediaFacts
import SystemPackage

/// Bytes that have arrived: in memory up to a bound, then in a temporary file. The file is unlinked at once, so that
/// nothing remains when the process ends for any reason.
///
/// A spool is not thread-safe. Its owner holds a lock.
struct Spool: ~Copyable {
  /// Bytes that are kept in memory.
  static let memoryLimit = 1 << 20

  /// Bytes that have arrived.
  private(set) var count: Int64 = 0
  private var memory: [UInt8] = []
  private var file: CInt?
  private let folder: String

  init(folder: String) { self.folder = folder }

  deinit {
    if let file { close(file) }
  }

  /// The descriptor of the file, which others must only read; `nil` as long as the bytes are in memory.
  var descriptor: CInt? { file }

  /// Appends bytes.
  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(ByteSourceError) {
    guard !bytes.isEmpty else { return }
    if file == nil {
      if memory.count + bytes.count <= Self.memoryLimit {
        memory.append(contentsOf: bytes)
        count += Int64(bytes.count)
        return
      }
      try openFile()
    }
    try write(bytes)
    count += Int64(bytes.count)
  }

  /// Copies the bytes from `offset` on; returns 0 if `offset` is at or after the end of what has arrived.
  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard offset >= 0, offset < count, !buffer.isEmpty else { return 0 }
    let wanted = Int(min(Int64(buffer.count), count - offset))
    let target = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
    guard let file else {
      memory.withUnsafeBytes {
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[Int(offset)...].prefix(wanted)))
      }
      return wanted
    }
    let read: Int
    do {
      read = try FileDescriptor(rawValue: file).read(fromAbsoluteOffset: offset, into: target)
    } catch {
      throw Self.failure("the temporary file cannot be read", error)
    }
    // The file has all the bytes that were written to it, so an early end is an error.
    guard read > 0 else { throw Self.failure("the temporary file cannot be read", Errno.ioError) }
    return read
  }

  private mutating func openFile() throws(ByteSourceError) {
    // The name cannot be guessed, and an existing file is not opened.
    let name = "wan-check-\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
    let path = FilePath(folder).appending(name)
    do {
      // Readable by the owner only, independent of the process's mask, and not inherited by child processes.
      file = try FileDescriptor.open(
        path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite
      ).rawValue
    } catch {
      throw Self.failure("cannot create a temporary file in \(folder)", error)
    }
    _ = path.withPlatformString { unlink($0) }
    let early = memory
    memory = []
    var failure: ByteSourceError?
    early.withUnsafeBytes { bytes in
      do throws(ByteSourceError) { try write(bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(ByteSourceError) {
    guard let file else { return }
    do {
      try FileDescriptor(rawValue: file).writeAll(bytes)
    } catch {
      throw Self.failure("the temporary file cannot be written", error)
    }
  }

  private static func failure(_ what: String, _ error: any Error) -> ByteSourceError {
    let errno = error as? Errno
    return ByteSourceError(
      .unreadable, message: errno.map { "\(what): \($0)" } ?? what, errno: errno?.rawValue)
  }
}
