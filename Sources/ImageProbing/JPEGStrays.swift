import CMediaShims
import MediaFacts
import MediaReading

/// Judges the bytes left over after the data of a JPEG scan or restart interval.
///
/// Padding that a device added loses nothing. But a decoder that lost synchronisation, because bits flipped
/// or a part was overwritten, also reaches the last block before the data end. Then the remaining bytes are
/// part of the image.
struct JPEGStrays {
  /// Bytes other than padding: the marker or the counter of a device. Remains of an image are mostly longer.
  private static let mostUneven: Int64 = 16
  /// Bytes after the last block that libjpeg may have read ahead, and does not count.
  private static let readAhead: Int64 = 8

  private let edges: EdgeReader

  init(_ edges: EdgeReader) {
    self.edges = edges
  }

  func judge(_ decoder: borrowing JPEGDecoder, _ facts: inout MediaFacts) throws(ProbeStop) {
    var padding: Defect?
    var total: Int64 = 0
    for index in 0..<decoder.strayCount {
      try edges.reader.checkTime()
      let stray = decoder.stray(index)
      let start = stray.end - stray.count
      guard try isPadding(from: start, to: stray.end) else {
        facts.defects.append(
          Defect(
            .corrupt, "picture data (\(stray.count) bytes) are left over after the last block",
            offset: start, bytes: stray.count))
        return
      }
      total += stray.count
      padding = padding ?? Defect(.irregular, "", offset: start)
    }
    guard var padding else { return }
    if decoder.oddities & UInt32(WAN_JPEG_MORE_STRAYS) != 0 {
      facts.defects.append(Defect(.corrupt, "picture data are left over after many restart intervals"))
      return
    }
    padding.message = "stray bytes (\(total)) follow the picture data"
    padding.bytes = total
    facts.defects.append(padding)
  }

  /// Whether the bytes are few, or are all equal and none of them was decoded.
  private func isPadding(from start: Int64, to end: Int64) throws(ProbeStop) -> Bool {
    if end - start <= Self.mostUneven, try !isOverwritten(from: start, to: end) { return true }
    guard let value = try edges.bytes(at: start, count: 1).first else { return false }
    var offset = start
    while offset < end {
      try edges.reader.checkTime()
      let piece = try edges.bytes(at: offset, count: Int(min(end - offset, Int64(EdgeReader.edge))))
      guard !piece.isEmpty, piece.allSatisfy({ $0 == value }) else { return false }
      offset += Int64(piece.count)
    }
    return try !isOverwritten(from: start, to: end)
  }

  /// Whether the same value fills more bytes before `start` than libjpeg reads ahead. Then some of them were
  /// decoded as blocks.
  private func isOverwritten(from start: Int64, to end: Int64) throws(ProbeStop) -> Bool {
    let first = max(0, start - Self.readAhead - 1)
    let before = try edges.bytes(at: first, count: Int(start - first + 1))
    return before.count > Self.readAhead && Set(before).count == 1
  }
}
