import MediaFacts
import MediaReading

/// Random access for walking headers, which keeps both edges of the file.
///
/// Headers and declared ends are in the first 64 KiB and the last 64 KiB, so these are read at most once
/// each. For a remote image, each costs one contiguous range. Bytes between them go through the reader's
/// window.
///
/// Not thread-safe: one probe on one thread owns it.
final class EdgeReader {
  /// The number of bytes in an edge.
  static let edge = 64 << 10
  /// The first step is the part that sniffing has read already, so it costs no second read.
  private static let firstStep = 16 << 10

  let reader: MeteredReader
  private var head: [UInt8] = []
  private var headIsComplete = false
  private var tail: [UInt8] = []
  private var tailStart: Int64?

  init(_ reader: MeteredReader) {
    self.reader = reader
  }

  /// The length in bytes, if the source knows it.
  var length: Int64? { reader.length }

  /// Where the last 64 KiB begin, if the length is known.
  var tailOffset: Int64? { length.map { max(0, $0 - Int64(Self.edge)) } }

  /// `count` bytes from `offset` on, or fewer at the proven end of the source.
  func bytes(at offset: Int64, count: Int) throws(ProbeStop) -> ArraySlice<UInt8> {
    var count = count
    if let length {
      guard offset < length else { return [] }
      count = Int(min(Int64(count), length - offset))
    }
    let (end, overflow) = offset.addingReportingOverflow(Int64(count))
    guard offset >= 0, count > 0, !overflow else { return [] }
    if end <= Int64(Self.edge) {
      try fillHead(to: Int(end))
      let available = min(Int(end), head.count)
      return Int(offset) < available ? head[Int(offset)..<available] : []
    }
    if let tailOffset, offset >= tailOffset {
      let start = try fillTail(from: max(tailOffset, Int64(head.count)), wanted: offset)
      let first = Int(offset - start)
      return first < tail.count ? tail[first..<min(first + count, tail.count)] : []
    }
    return try reader.bytes(at: offset, count: count)
  }

  /// Whether there is a byte at `offset`.
  func hasByte(at offset: Int64) throws(ProbeStop) -> Bool {
    try !bytes(at: offset, count: 1).isEmpty
  }

  private func fillHead(to end: Int) throws(ProbeStop) {
    let most = Int(min(length ?? .max, Int64(Self.edge)))
    if head.isEmpty {
      let step = min(Self.firstStep, most)
      head = Array(try reader.bytes(at: 0, count: step))
      headIsComplete = head.count < step || head.count == most
    }
    if end > head.count, !headIsComplete {
      head += try reader.bytes(at: Int64(head.count), count: most - head.count)
      headIsComplete = true
    }
  }

  private func fillTail(from start: Int64, wanted: Int64) throws(ProbeStop) -> Int64 {
    if let tailStart, tailStart <= wanted { return tailStart }
    let start = min(start, wanted)
    let count = Int((length ?? start) - start)
    tail = Array(try reader.bytes(at: start, count: count))
    tailStart = start
    return start
  }
}
