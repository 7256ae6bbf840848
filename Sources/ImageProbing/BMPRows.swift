import MediaFacts
import MediaReading

/// Reads the uncompressed rows of a BMP.
struct BMPRows {
  private let header: BMPHeader
  private let file: SequentialReader
  /// Whether a pixel was seen that is not fully opaque.
  private(set) var transparent = false
  /// Whether the alpha of some pixel is not 0.
  private var sawAlpha = false
  /// Whether the alpha of every pixel is 0.
  var emptyAlpha: Bool { header.masks[3] != 0 && !sawAlpha }
  private var badIndex = false
  /// Bytes of the pixel that the end of a chunk cut.
  private var pixel: UInt32 = 0
  private var pixelBytes = 0

  init(_ header: BMPHeader, _ file: SequentialReader) {
    self.header = header
    self.file = file
  }

  /// Reads all rows, and returns what is wrong with them.
  mutating func read() throws(ProbeStop) -> Defect? {
    let looksAtIndices = header.bitCount <= 8 && header.colors < 1 << Int64(header.bitCount)
    for _ in 0..<header.height {
      try file.reader.checkTime()
      var column: Int64 = 0
      while column < header.rowBytes {
        let most = Int(header.rowBytes - column)
        let count = try file.next(most) { piece in
          if header.masks[3] != 0, !transparent || !sawAlpha { lookAtAlpha(piece, from: column) }
          if looksAtIndices, !badIndex { lookAtIndices(piece, from: column) }
          return piece.count
        }
        if count == 0 { return Defect(.truncated, "the file ends inside the pixels", offset: file.offset) }
        column += Int64(count)
      }
      (pixel, pixelBytes) = (0, 0)
    }
    return badIndex ? Defect(.corrupt, "a pixel has no colour in the table of \(header.colors)") : nil
  }

  private mutating func lookAtAlpha(_ piece: UnsafeRawBufferPointer, from column: Int64) {
    let (mask, size) = (header.masks[3], header.bitCount / 8)
    // Padding after the last pixel of a row has no meaning.
    for byte in piece.prefix(max(0, header.width * size - Int(column))) {
      pixel |= UInt32(byte) << UInt32(8 * pixelBytes)
      pixelBytes += 1
      guard pixelBytes == size else { continue }
      if pixel & mask != mask { transparent = true }
      if pixel & mask != 0 { sawAlpha = true }
      if transparent, sawAlpha { return }
      (pixel, pixelBytes) = (0, 0)
    }
  }

  private mutating func lookAtIndices(_ piece: UnsafeRawBufferPointer, from column: Int64) {
    let perByte = 8 / header.bitCount
    let mask = UInt8(truncatingIfNeeded: 1 << header.bitCount - 1)
    for (position, byte) in piece.enumerated() {
      let first = (Int(column) + position) * perByte
      for index in 0..<perByte where first + index < header.width {
        let value = byte >> UInt8(8 - header.bitCount * (index + 1)) & mask
        if Int64(value) >= header.colors { badIndex = true }
      }
    }
  }
}
