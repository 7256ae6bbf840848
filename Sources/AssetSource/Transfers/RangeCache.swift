import AssetOpening

/// Fetched pieces of a file. If there are too many bytes, the oldest pieces except the first are dropped.
struct RangeCache: Sendable {
  private static let capacity: Int64 = 8 << 20

  private struct Piece {
    var start: Int64
    var bytes: [UInt8]
    var end: Int64 { start + Int64(bytes.count) }
  }

  private var pieces: [Piece] = []

  /// Copies the known bytes from `offset` on, up to the end of one piece; returns 0 if there are none.
  func copy(from offset: Int64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard let piece = pieces.last(where: { $0.start <= offset && offset < $0.end }) else { return 0 }
    let known = piece.bytes[Int(offset - piece.start)...].prefix(buffer.count)
    known.withUnsafeBytes { buffer.copyMemory(from: $0) }
    return known.count
  }

  /// The first known byte at or after `offset`.
  func next(behind offset: Int64) -> Int64? {
    pieces.map(\.start).filter { $0 >= offset }.min()
  }

  /// The end of the last piece before `offset`. Bytes from there on are unknown.
  func end(before offset: Int64) -> Int64 {
    pieces.map(\.end).filter { $0 <= offset }.max() ?? 0
  }

  mutating func add(_ bytes: [UInt8], at start: Int64) {
    guard !bytes.isEmpty else { return }
    pieces.append(Piece(start: start, bytes: bytes))
    while pieces.count > 2, pieces.reduce(0, { $0 + Int64($1.bytes.count) }) > Self.capacity {
      pieces.remove(at: 1)
    }
  }
}
