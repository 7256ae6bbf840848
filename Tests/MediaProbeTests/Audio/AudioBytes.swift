import MediaFacts

@testable import MediaProbe
@testable import MediaReading
@testable import StreamProbing

/// Bytes in memory as a source; may hide their length, as a server that sends chunks does, and counts reads.
final class AudioBytes: ByteSource {
  let bytes: [UInt8]
  let length: Int64?

  init(_ bytes: [UInt8], statesLength: Bool = true) {
    self.bytes = bytes
    length = statesLength ? Int64(bytes.count) : nil
  }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard let start = Int(exactly: offset), bytes.indices.contains(start) else { return 0 }
    let slice = bytes[start...].prefix(buffer.count)
    buffer.copyBytes(from: slice)
    return slice.count
  }

  func cancel() {}

  /// What the prober measures of these bytes.
  func probed(_ depth: Depth = .full, budget: Budget = Budget()) throws -> MediaFacts {
    try InProcessProber.measure(self, ProbeRequest(depth: depth, budget: budget)).get()
  }
}
