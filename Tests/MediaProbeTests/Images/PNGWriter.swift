@testable import ImageProbing
@testable import MediaReading

/// Writes small PNG files without compressing them.
struct PNGWriter {
  var width = 5
  var height = 4
  var bitDepth = 8
  /// The colour type as in IHDR.
  var colorType = 2
  var interlaced = false
  /// Chunks between IHDR and IDAT, and between IDAT and IEND.
  var before: [[UInt8]] = []
  var after: [[UInt8]] = []
  /// All samples bytes of the rows, unless `pixel` says other ones.
  var fill: UInt8 = 0x5A
  /// Bytes that replace the first ones of the first row.
  var firstBytes: [UInt8] = []
  /// How many bytes an IDAT chunk has at most.
  var dataChunk = 1000

  static func chunk(_ type: String, _ payload: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + payload
    return Bytes.big(payload.count, 4) + body + Bytes.big(Int(PNGChunk.checksum(body)), 4)
  }

  /// A zlib stream of stored blocks.
  static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    var (a, b) = (1, 0)
    for byte in bytes {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    var stream: [UInt8] = [0x78, 0x01]
    let starts = Array(stride(from: 0, to: max(1, bytes.count), by: 65535))
    for start in starts {
      let block = bytes[start..<min(start + 65535, bytes.count)]
      stream +=
        [start == starts.last ? 1 : 0] + Bytes.little(block.count, 2) + Bytes.little(~block.count, 2) + block
    }
    return stream + Bytes.big(b << 16 | a, 4)
  }

  /// Rows of `width` x `height` pixels, each with filter type 0.
  func rows(_ width: Int, _ height: Int) -> [UInt8] {
    let channels = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType] ?? 1
    let row = [0] + Array(repeating: fill, count: (width * channels * bitDepth + 7) / 8)
    return width == 0 ? [] : Array(repeatElement(row, count: height).joined())
  }

  var pixels: [UInt8] {
    var all: [UInt8] = []
    if interlaced {
      let passes = [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
      ]
      for (x, y, dx, dy) in passes { all += rows((width - x + dx - 1) / dx, (height - y + dy - 1) / dy) }
    } else {
      all = rows(width, height)
    }
    for (index, byte) in firstBytes.enumerated() { all[1 + index] = byte }
    return all
  }

  var header: [UInt8] {
    PNGHeader.signature
      + Self.chunk(
        "IHDR",
        Bytes.big(width, 4) + Bytes.big(height, 4) + [
          UInt8(bitDepth), UInt8(colorType), 0, 0, interlaced ? 1 : 0,
        ])
  }

  var bytes: [UInt8] { bytes(data: Self.zlib(pixels)) }

  /// The file with the compressed data `data`.
  func bytes(data: [UInt8]) -> [UInt8] {
    let chunks = stride(from: 0, to: data.count, by: dataChunk).flatMap {
      Self.chunk("IDAT", Array(data[$0..<min($0 + dataChunk, data.count)]))
    }
    return header + before.joined() + chunks + after.joined() + PNGHeader.end
  }
}
