/// Writes small WebP files.
enum WebPWriter {
  /// A lossy bitstream of 16x16 pixels of one colour.
  static let lossy: [UInt8] = [
    0x70, 0x01, 0x00, 0x9D, 0x01, 0x2A, 0x10, 0x00, 0x10, 0x00, 0x05, 0x40, 0x7C, 0x25, 0xA0, 0x02,
    0x74, 0x01, 0x40, 0x00, 0x00, 0xFE, 0xE5, 0xF9, 0xED, 0x21, 0xF6, 0x7F, 0xF0, 0x41, 0x7E, 0x20,
    0xFD, 0x41, 0xA8, 0x00, 0x00, 0x00,
  ]

  static func chunk(_ name: String, _ payload: [UInt8]) -> [UInt8] {
    Array(name.utf8) + Bytes.little(payload.count, 4) + payload + (payload.count % 2 == 1 ? [0] : [])
  }

  static func riff(_ chunks: [[UInt8]]) -> [UInt8] {
    let body = Array("WEBP".utf8) + chunks.joined()
    return Array("RIFF".utf8) + Bytes.little(body.count, 4) + body
  }

  static func extended(flags: UInt8, width: Int, height: Int) -> [UInt8] {
    chunk("VP8X", [flags, 0, 0, 0] + Bytes.little(width - 1, 3) + Bytes.little(height - 1, 3))
  }

  /// What comes before the frames of an animation.
  static let animation = chunk("ANIM", [0, 0, 0, 0, 0, 0])

  /// A frame of an animation.
  static func frame(x: Int = 0, y: Int = 0, width: Int, height: Int, _ chunks: [[UInt8]]) -> [UInt8] {
    chunk(
      "ANMF",
      Bytes.little(x / 2, 3) + Bytes.little(y / 2, 3) + Bytes.little(width - 1, 3)
        + Bytes.little(height - 1, 3)
        + Bytes.little(100, 3) + [0] + chunks.joined())
  }

  /// A lossless bitstream of one colour: every code has one symbol, so the pixels take no bits. With two values of
  /// alpha they take one bit each, all zero: the lesser value.
  static func lossless(width: Int, height: Int, alpha: UInt8? = nil, otherAlpha: UInt8? = nil) -> [UInt8] {
    var bits = Bits()
    bits.put(0x2F, 8)
    bits.put(width - 1, 14)
    bits.put(height - 1, 14)
    bits.put(alpha == nil ? 0 : 1, 1)
    bits.put(0, 3)  // version
    bits.put(0, 3)  // no transform, no colour cache, no meta code
    for symbol in [40, 80, 120] { bits.code([symbol]) }
    bits.code([Int(alpha ?? 255)] + (otherAlpha.map { [Int($0)] } ?? []))
    bits.code([0])
    if otherAlpha != nil { for _ in 0..<width * height { bits.put(0, 1) } }
    return bits.bytes
  }

  /// Bits, the least significant first.
  private struct Bits {
    var bytes: [UInt8] = []
    private var count = 0

    mutating func put(_ value: Int, _ bits: Int) {
      for bit in 0..<bits {
        if count % 8 == 0 { bytes.append(0) }
        bytes[count / 8] |= UInt8(value >> bit & 1) << UInt8(count % 8)
        count += 1
      }
    }

    /// A simple prefix code of one or two symbols.
    mutating func code(_ symbols: [Int]) {
      put(1, 1)
      put(symbols.count - 1, 1)
      put(1, 1)  // the first symbol has eight bits
      for symbol in symbols { put(symbol, 8) }
    }
  }
}
