import MediaFacts

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file that the parent opened and handed over, read by position.
final class HandedFile: ByteSource {
  let length: Int64?
  private let descriptor: CInt

  /// The file at `descriptor`, which whoever received it closes later.
  init(descriptor: CInt, length: Int64?) {
    self.descriptor = descriptor
    self.length = length
  }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard offset >= 0 else {
      throw ByteSourceError(.unreadable, message: "a read before the start of the file")
    }
    // The end is where it was when the parent looked; what was added since is seen by the parent.
    let wanted = length.map { Int(clamping: min(Int64(buffer.count), $0 - offset)) } ?? buffer.count
    guard wanted > 0 else { return 0 }
    while true {
      let count = pread(descriptor, buffer.baseAddress, wanted, off_t(offset))
      if count > 0 || (count == 0 && length == nil) { return count }
      if count == 0 { throw ByteSourceError(.changed, message: "the file became shorter while it was read") }
      let number = errno
      if number != EINTR {
        throw ByteSourceError(.unreadable, message: String(cString: strerror(number)), errno: number)
      }
    }
  }

  /// Nothing: a parent that no longer wants the answer ends the worker.
  func cancel() {}
}
