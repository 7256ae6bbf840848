import MediaFacts

@testable import ImageProbing
@testable import MediaReading

/// A file in memory that counts how it is read.
final class ImageBytes: ByteSource, @unchecked Sendable {
  // Tests read it from one thread at a time.
  private let bytes: [UInt8]
  private let knowsLength: Bool
  private(set) var ranges: [Range<Int>] = []

  init(_ bytes: [UInt8], knowsLength: Bool = true) {
    self.bytes = bytes
    self.knowsLength = knowsLength
  }

  var length: Int64? { knowsLength ? Int64(bytes.count) : nil }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    let start = Int(min(offset, Int64(bytes.count)))
    let count = min(buffer.count, bytes.count - start)
    buffer.copyBytes(from: bytes[start..<start + count])
    if count > 0 { ranges.append(start..<start + count) }
    return count
  }

  func cancel() {}

  var bytesRead: Int { ranges.reduce(0) { $0 + $1.count } }

  /// Runs of bytes that were read, each of which would cost one request.
  var contiguousRuns: Int {
    zip([0..<0] + ranges, ranges).reduce(0) {
      $0 + ($1.0.upperBound == $1.1.lowerBound && $1.1.lowerBound > 0 ? 0 : 1)
    }
  }
}

/// Measures `bytes` as an image of `format`; a bound that was hit is the last defect.
func measure(
  _ bytes: [UInt8], as format: MediaFormat, _ depth: Depth = .full, chunkSize: Int = ImageProbe.chunkSize,
  knowsLength: Bool = true, budget: Budget = Budget()
) -> MediaFacts {
  measure(
    ImageBytes(bytes, knowsLength: knowsLength), as: format, depth, chunkSize: chunkSize, budget: budget)
}

/// Measures `source` as an image of `format`.
func measure(
  _ source: ImageBytes, as format: MediaFormat, _ depth: Depth = .full, chunkSize: Int = ImageProbe.chunkSize,
  budget: Budget = Budget()
) -> MediaFacts {
  var facts = MediaFacts(format: format)
  do throws(ProbeStop) {
    try ImageProbe.measure(MeteredReader(source, budget: budget), depth, chunkSize: chunkSize, &facts)
  } catch {
    if case .limit(let defect) = error { facts.defects.append(defect) }
  }
  return facts
}

extension MediaFacts {
  var kinds: [Defect.Kind] { defects.map(\.kind) }
}

/// Numbers as bytes.
enum Bytes {
  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func big(_ value: Int, _ count: Int) -> [UInt8] { little(value, count).reversed() }
}
