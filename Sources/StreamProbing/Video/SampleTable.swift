import MediaFacts
import MediaReading

/// The boxes of one stbl box.
struct SampleTable: Sendable {
  /// How sizes are stored in stsz or stz2.
  enum Sizes: Sendable {
    /// All samples are `size` bytes long.
    case constant(size: UInt64, count: UInt64)
    /// Big-endian sizes of 1, 2 or 4 bytes.
    case table(BoxTable)
    /// Two sizes of 4 bits a byte.
    case nibbles(BoxTable, count: UInt64)
  }

  /// stts: count, duration.
  var durations: BoxTable?
  /// ctts: count, offset of presentation from decoding.
  var presentationOffsets: BoxTable?
  var sizes: Sizes?
  /// stsc: first chunk, samples in a chunk, sample entry.
  var runs: BoxTable?
  /// stco or co64: positions of 4 or 8 bytes.
  var chunks: BoxTable?

  /// How many samples stsz or stz2 declare.
  var sampleCount: UInt64 {
    switch sizes {
    case .constant(_, let count), .nibbles(_, let count): count
    case .table(let table): UInt64(table.count)
    case nil: 0
    }
  }
}

/// Returns the sizes of samples one by one.
struct SampleSizes {
  private let sizes: SampleTable.Sizes
  private var cursor: BoxTableCursor?
  private var left: UInt64
  private var lowNibble: UInt64?

  init(_ sizes: SampleTable.Sizes, _ reader: MeteredReader) {
    self.sizes = sizes
    switch sizes {
    case .constant(_, let count):
      left = count
    case .table(let table):
      left = UInt64(table.count)
      cursor = table.cursor(reader)
    case .nibbles(let table, let count):
      left = count
      cursor = table.cursor(reader)
    }
  }

  /// The size of the next sample in bytes, or `nil` after the last one.
  mutating func next() throws(ProbeStop) -> UInt64? {
    guard left > 0 else { return nil }
    left -= 1
    switch sizes {
    case .constant(let size, _):
      return size
    case .table(let table):
      return try cursor?.next()?.bigEndian(0, table.stride)
    case .nibbles:
      if let nibble = lowNibble {
        lowNibble = nil
        return nibble
      }
      guard let byte = try cursor?.next()?.first else { return nil }
      lowNibble = UInt64(byte & 0x0F)
      return UInt64(byte >> 4)
    }
  }

  /// The bytes of the next `count` samples together, and how many of them are empty; `nil` if there are fewer
  /// samples.
  mutating func sum(next count: UInt64) throws(ProbeStop) -> (bytes: UInt64, empty: Int)? {
    if case .constant(let size, _) = sizes {
      guard count <= left else { return nil }
      left -= count
      let (bytes, overflow) = size.multipliedReportingOverflow(by: count)
      return (overflow ? .max : bytes, 0)
    }
    var total: (bytes: UInt64, empty: Int) = (0, 0)
    for _ in 0..<min(count, left) {
      guard let size = try next() else { return nil }
      // 2^32 sizes of 2^32 bytes stay below 2^64.
      total.bytes += size
      if size == 0 { total.empty += 1 }
    }
    return total
  }

  /// Samples whose sizes were not returned yet.
  var remaining: UInt64 { left }
}
