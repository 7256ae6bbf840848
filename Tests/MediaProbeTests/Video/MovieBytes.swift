import MediaFacts
import Synchronization

/// Bytes in memory as a source, which can be made to fail, to stay silent about their length, or to be cancelled.
final class MovieBytes: ByteSource {
  private let bytes: [UInt8]
  private let failingFrom: Int64?
  private let knowsLength: Bool
  private let cancelled = Mutex(false)

  /// - Parameters:
  ///   - failingFrom: The offset from which on every read fails.
  ///   - knowsLength: Whether `length` is told.
  init(_ bytes: [UInt8], failingFrom: Int64? = nil, knowsLength: Bool = true) {
    self.bytes = bytes
    self.failingFrom = failingFrom
    self.knowsLength = knowsLength
  }

  var length: Int64? { knowsLength ? Int64(bytes.count) : nil }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    if cancelled.withLock({ $0 }) { throw ByteSourceError(.cancelled, message: "cancelled") }
    guard offset >= 0, offset < Int64(bytes.count) else { return 0 }
    var count = min(buffer.count, bytes.count - Int(offset))
    if let failingFrom {
      if offset >= failingFrom { throw ByteSourceError(.unreadable, message: "the disk failed") }
      count = min(count, Int(failingFrom - offset))
    }
    buffer.copyBytes(from: bytes[Int(offset)..<Int(offset) + count])
    return count
  }

  func cancel() {
    cancelled.withLock { $0 = true }
  }
}
