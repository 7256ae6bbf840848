/// Writes small JPEG files whose every block is the same: one bit for the DC code, one for the end of block.
struct JPEGWriter {
  var marker: UInt8 = 0xC0
  var width = 64
  var height = 64
  var precision = 8
  var components = 1
  /// Sampling factors, horizontal and vertical, of the first component.
  var sampling = (1, 1)
  /// Segments between SOI and the tables.
  var segments: [[UInt8]] = []
  /// Extra AC scans of a progressive image.
  var moreScans = 0

  static let end: [UInt8] = [0xFF, 0xD9]

  static func segment(_ marker: UInt8, _ payload: [UInt8]) -> [UInt8] {
    [0xFF, marker] + Bytes.big(payload.count + 2, 2) + payload
  }

  /// An EXIF segment that states an orientation.
  static func exif(_ orientation: Int, bigEndian: Bool = true, padding: Int = 0) -> [UInt8] {
    segment(
      0xE1,
      Array("Exif\0\0".utf8) + tiff(orientation, bigEndian: bigEndian) + Array(repeating: 0, count: padding))
  }

  static func tiff(_ orientation: Int, bigEndian: Bool = true) -> [UInt8] {
    let number = bigEndian ? Bytes.big : Bytes.little
    return Array((bigEndian ? "MM" : "II").utf8) + number(42, 2) + number(8, 4) + number(2, 2)
      + number(0x010F, 2) + number(2, 2) + number(4, 4) + Array("abc\0".utf8)
      + number(0x0112, 2) + number(3, 2) + number(1, 4) + number(orientation, 2) + [0, 0] + number(0, 4)
  }

  /// The file up to and with the first SOS segment.
  var head: [UInt8] {
    let frame =
      [UInt8(precision)] + Bytes.big(height, 2) + Bytes.big(width, 2) + [UInt8(components)]
      + (0..<components).flatMap { [UInt8($0 + 1), UInt8($0 == 0 ? sampling.0 << 4 | sampling.1 : 0x11), 0] }
    let oneCode: [UInt8] = [1] + Array(repeating: 0, count: 15) + [0]
    return [0xFF, 0xD8] + segments.joined()
      + Self.segment(0xDB, [0] + Array(repeating: 1, count: 64))
      + Self.segment(marker, frame)
      + Self.segment(0xC4, [0x00] + oneCode) + Self.segment(0xC4, [0x10] + oneCode)
      + scanHeader(components: Array(1...max(1, components)), last: isProgressive ? 0 : 63)
  }

  private var isProgressive: Bool { marker == 0xC2 }

  private func scanHeader(components: [Int], first: Int = 0, last: Int) -> [UInt8] {
    Self.segment(
      0xDA,
      [UInt8(components.count)] + components.flatMap { [UInt8($0), 0] } + [UInt8(first), UInt8(last), 0])
  }

  /// Blocks of a one-component scan.
  private var blocks: Int { (width + 7) / 8 * ((height + 7) / 8) }

  /// Entropy-coded data of `bits` zero bits, padded with ones.
  private func zeros(_ bits: Int) -> [UInt8] {
    let whole = Array(repeating: UInt8(0), count: bits / 8)
    return bits % 8 == 0 ? whole : whole + [UInt8(0xFF >> (bits % 8))]
  }

  var bytes: [UInt8] {
    if isProgressive {
      let scan = scanHeader(components: [1], first: 1, last: 63) + zeros(blocks)
      return head + zeros(blocks * components) + Array(repeatElement(scan, count: 1 + moreScans).joined())
        + Self.end
    }
    return head + zeros(2 * blocks * components) + Self.end
  }
}
