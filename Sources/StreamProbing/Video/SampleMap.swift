import MediaFacts
import MediaReading

/// The positions of the samples of one track, from its sizes, runs and chunks.
struct SampleMap: Sendable, Hashable {
  /// The first byte after the sample that is last in the file.
  var end: Int64 = 0
  /// Samples that no chunk holds.
  var unplaced: UInt64 = 0
  /// Samples of no bytes.
  var empty = 0
  /// Bytes of all samples together; more than the file has if samples share bytes.
  var bytes: UInt64 = 0

  /// Walks the chunks of `table` and keeps only sums, so that hostile counts cost time but not memory.
  ///
  /// - Throws: A limit if the samples together are more than the budget lets a probe read.
  init(_ table: SampleTable, _ reader: MeteredReader) throws(ProbeStop) {
    guard let declared = table.sizes else { return }
    var sizes = SampleSizes(declared, reader)
    defer { unplaced = sizes.remaining }
    guard let runs = table.runs, let chunks = table.chunks else { return }
    var runCursor = runs.cursor(reader)
    var chunkCursor = chunks.cursor(reader)
    var run = try runCursor.next()
    var following = try runCursor.next()
    var number: UInt64 = 0
    while sizes.remaining > 0, let chunk = try chunkCursor.next() {
      number += 1
      while let next = following, let first = next.bigEndian(0, 4), first <= number {
        run = next
        following = try runCursor.next()
      }
      guard let position = chunk.bigEndian(0, chunks.stride), let perChunk = run?.bigEndian(4, 4) else {
        return
      }
      guard let sum = try sizes.sum(next: min(perChunk, sizes.remaining)) else { return }
      try add(sum, at: position, reader)
    }
  }

  private mutating func add(
    _ sum: (bytes: UInt64, empty: Int), at position: UInt64, _ reader: MeteredReader
  ) throws(ProbeStop) {
    empty += sum.empty
    let (total, overflow) = bytes.addingReportingOverflow(sum.bytes)
    bytes = overflow ? .max : total
    let (last, beyond) = position.addingReportingOverflow(sum.bytes)
    end = max(end, beyond ? .max : Int64(clamping: last))
    guard bytes <= UInt64(clamping: reader.budget.bytesRead) else {
      throw reader.exceeded("the sample tables name more than \(reader.budget.bytesRead) bytes")
    }
  }
}

/// The totals of stts and ctts.
struct SampleTimes: Sendable, Hashable {
  var count: UInt64 = 0
  var totals = SampleTotals()
  /// Whether a duration is below 0. Some writers use this to correct the clock.
  var runsBackwards = false

  /// Durations from this value on are negative, as in libavformat.
  private static let firstNegative = UInt64(UInt32.max) - 480_000 + 1

  /// Walks the runs of both tables in parallel.
  init(_ table: SampleTable, _ reader: MeteredReader) throws(ProbeStop) {
    guard let durations = table.durations else { return }
    var cursor = durations.cursor(reader)
    var offsets = table.presentationOffsets?.cursor(reader)
    var offset: (left: UInt64, value: Int64) = (0, 0)
    while let record = try cursor.next() {
      guard var left = record.bigEndian(0, 4), let delta = record.bigEndian(4, 4) else { return }
      let isNegative = delta >= Self.firstNegative && left > 0
      runsBackwards = runsBackwards || isNegative
      let ticks = isNegative ? Int64(Int32(truncatingIfNeeded: delta)) : Int64(delta)
      while left > 0 {
        if offset.left == 0 { offset = try Self.next(&offsets) }
        let taken = min(left, offset.left)
        totals.add(taken, duration: ticks, offset: offset.value)
        count = count.addingReportingOverflow(taken).partialValue
        left -= taken
        offset.left -= taken
      }
    }
  }

  private static func next(_ cursor: inout BoxTableCursor?) throws(ProbeStop) -> (left: UInt64, value: Int64)
  {
    while let record = try cursor?.next() {
      guard let count = record.bigEndian(0, 4), let value = record.bigEndian(4, 4) else { break }
      // Version 0 specifies unsigned offsets, but writers put negative ones there and demuxers read them as
      // negative.
      if count > 0 { return (count, Int64(Int32(truncatingIfNeeded: value))) }
    }
    return (.max, 0)
  }
}
