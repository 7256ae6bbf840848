/// A table of records of equal size inside a box. Only a window of it is in memory.
///
/// The count is compared with the size of the box before a table is created.
package struct BoxTable: Sendable, Hashable {
  package let start: Int64
  package let count: Int
  /// Bytes of one record.
  package let stride: Int

  /// The table of `count` records of `stride` bytes after the first `skip` bytes of the payload of `box`, or `nil`
  /// if the box is too small for it.
  package init?(_ box: Box, skip: Int64, count: UInt64, stride: Int) {
    let room = Int64(box.payload.count) - skip
    guard room >= 0, stride > 0, let count = Int(exactly: count), count <= room / Int64(stride) else {
      return nil
    }
    start = box.payload.lowerBound + skip
    self.count = count
    self.stride = stride
  }

  package func cursor(_ reader: MeteredReader) -> BoxTableCursor { BoxTableCursor(self, reader) }
}

/// Reads a table once, from its first record to its last.
package struct BoxTableCursor {
  private let table: BoxTable
  private let reader: MeteredReader
  private var index = 0
  private var block: ArraySlice<UInt8> = []

  private static let blockSize = 12 << 10

  package init(_ table: BoxTable, _ reader: MeteredReader) {
    self.table = table
    self.reader = reader
  }

  /// The next record, or `nil` after the last one.
  package mutating func next() throws(ProbeStop) -> ArraySlice<UInt8>? {
    guard index < table.count else { return nil }
    if block.count < table.stride {
      try reader.checkTime()
      let records = min(max(1, Self.blockSize / table.stride), table.count - index)
      block = try reader.bytes(
        at: table.start + Int64(index) * Int64(table.stride), count: records * table.stride)
      guard block.count >= table.stride else { return nil }
    }
    index += 1
    defer { block = block.dropFirst(table.stride) }
    return block.prefix(table.stride)
  }
}
