/// Writes WAV files, chunk by chunk.
enum WAVBytes {
  static func chunk(_ name: String, _ body: [UInt8], size: Int? = nil, padded: Bool = true) -> [UInt8] {
    Array(name.utf8) + MP3Bytes.little(size ?? body.count, 4) + body
      + (padded && body.count % 2 == 1 ? [0] : [])
  }

  static func format(
    tag: Int = 1, channels: Int = 1, rate: Int = 8000, bits: Int = 16, block: Int? = nil,
    byteRate: Int? = nil,
    more: [UInt8] = []
  ) -> [UInt8] {
    let block = block ?? channels * ((bits + 7) / 8)
    return chunk(
      "fmt ",
      MP3Bytes.little(tag, 2) + MP3Bytes.little(channels, 2) + MP3Bytes.little(rate, 4)
        + MP3Bytes.little(byteRate ?? rate * block, 4) + MP3Bytes.little(block, 2) + MP3Bytes.little(bits, 2)
        + more)
  }

  /// `count` bytes of samples.
  static func data(_ count: Int, size: Int? = nil, padded: Bool = true) -> [UInt8] {
    chunk("data", [UInt8](repeating: 0x11, count: count), size: size, padded: padded)
  }

  static func data(_ samples: [UInt8]) -> [UInt8] { chunk("data", samples) }

  static func riff(_ chunks: [UInt8]..., size: Int? = nil, name: String = "RIFF") -> [UInt8] {
    let body = Array("WAVE".utf8) + chunks.flatMap { $0 }
    return Array(name.utf8) + MP3Bytes.little(size ?? body.count, 4) + body
  }

  /// The rest of an extensible format, with `tag` as the SubFormat.
  static func extensible(_ tag: Int, bits: Int, known: Bool = true) -> [UInt8] {
    let guid: [UInt8] = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
    return MP3Bytes.little(22, 2) + MP3Bytes.little(bits, 2) + MP3Bytes.little(4, 4) + MP3Bytes.little(tag, 2)
      + (known ? guid : [UInt8](repeating: 0x55, count: 14))
  }

  /// One second of 16 bits mono at 8 kHz.
  static let plain = riff(format(), data(16_000))
}
