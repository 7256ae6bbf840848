import MediaFacts
import Synchronization

/// An input as a source that counts how often it is asked.
final class CountedBytes: ByteSource {
  private let bytes: ArraySlice<UInt8>
  private let knowsLength: Bool
  private let counted = Mutex(0)

  init(_ bytes: ArraySlice<UInt8>, knowsLength: Bool = true) {
    self.bytes = bytes
    self.knowsLength = knowsLength
  }

  /// How many reads there were.
  var reads: Int { counted.withLock { $0 } }

  var length: Int64? { knowsLength ? Int64(bytes.count) : nil }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    counted.withLock { $0 += 1 }
    guard let skipped = Int(exactly: offset), skipped >= 0, skipped < bytes.count else { return 0 }
    let piece = bytes.dropFirst(skipped).prefix(buffer.count)
    buffer.copyBytes(from: piece)
    return piece.count
  }

  func cancel() {}
}
