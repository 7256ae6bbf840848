import MediaFacts
import MediaReading

/// One pass over the bytes from an offset on, in chunks of one size.
///
/// Not thread-safe: one probe on one thread owns it, and with it the buffer.
final class SequentialReader {
  let reader: MeteredReader
  /// The position of the next byte in the file.
  private(set) var offset: Int64

  private let buffer: UnsafeMutableRawBufferPointer
  private var used = 0
  private var filled = 0

  init(_ reader: MeteredReader, from offset: Int64, chunkSize: Int) {
    self.reader = reader
    self.offset = offset
    buffer = .allocate(byteCount: max(1, chunkSize), alignment: 16)
  }

  deinit {
    buffer.deallocate()
  }

  /// Passes on the next bytes, at most `most` and at most a chunk; none at the proven end of the source.
  ///
  /// The bytes are valid only inside `body`.
  func next<Result>(
    _ most: Int, _ body: (UnsafeRawBufferPointer) throws(ProbeStop) -> Result
  ) throws(ProbeStop) -> Result {
    if used == filled, most > 0 {
      used = 0
      filled = try reader.read(at: offset, into: buffer)
    }
    let count = min(max(0, most), filled - used)
    let piece = UnsafeRawBufferPointer(rebasing: buffer[used..<used + count])
    used += count
    offset += Int64(count)
    return try body(piece)
  }

  /// The next byte, or `nil` at the proven end of the source.
  func byte() throws(ProbeStop) -> UInt8? {
    if used == filled {
      used = 0
      filled = try reader.read(at: offset, into: buffer)
      if filled == 0 { return nil }
    }
    let byte = buffer[used]
    used += 1
    offset += 1
    return byte
  }

  /// The next `count` bytes, or fewer at the proven end of the source; for structures of bounded size.
  func take(_ count: Int) throws(ProbeStop) -> ArraySlice<UInt8> {
    var taken: [UInt8] = []
    taken.reserveCapacity(count)
    while taken.count < count {
      let more = try next(count - taken.count) { piece in
        taken.append(contentsOf: piece)
        return !piece.isEmpty
      }
      if !more { break }
    }
    return taken[...]
  }
}
