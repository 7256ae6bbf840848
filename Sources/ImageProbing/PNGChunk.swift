import CMediaShims
import MediaFacts
import MediaReading

/// The head of one PNG chunk.
struct PNGChunk {
  static let overhead = 12
  static let longest: UInt64 = 0x7FFF_FFFF

  /// The four letters, big-endian.
  var type: UInt32
  /// Bytes of payload.
  var length: Int
  /// Where the chunk begins.
  var offset: Int64

  static let header: UInt32 = 0x4948_4452  // IHDR
  static let palette: UInt32 = 0x504C_5445  // PLTE
  static let data: UInt32 = 0x4944_4154  // IDAT
  static let end: UInt32 = 0x4945_4E44  // IEND
  static let transparency: UInt32 = 0x7452_4E53  // tRNS
  static let exif: UInt32 = 0x6558_4966  // eXIf
  static let animation: UInt32 = 0x6163_544C  // acTL
  static let frame: UInt32 = 0x6663_544C  // fcTL
  static let frameData: UInt32 = 0x6664_4154  // fdAT
  static let text: UInt32 = 0x7445_5874  // tEXt
  static let compressedText: UInt32 = 0x7A54_5874  // zTXt
  static let internationalText: UInt32 = 0x6954_5874  // iTXt
  private static let appleVariant: UInt32 = 0x4367_4249  // CgBI

  /// The chunk whose first eight bytes are `head`; `nil` if no chunk begins like this.
  init?(_ head: ArraySlice<UInt8>, at offset: Int64) {
    guard let length = head.bigEndian(0, 4), length <= Self.longest, let type = head.bigEndian(4, 4),
      head.suffix(4).allSatisfy({ (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) })
    else { return nil }
    self.type = UInt32(truncatingIfNeeded: type)
    self.length = Int(length)
    self.offset = offset
  }

  /// The type that these four letters name.
  static func type(named name: String) -> UInt32 {
    name.utf8.reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// Whether the chunk holds pixels.
  var isData: Bool { type == Self.data || type == Self.frameData }
  /// Whether a decoder that does not support the chunk must refuse the file.
  var isCritical: Bool { type & 0x2000_0000 == 0 }
  /// Why the chunk cannot be the first one, as a clause, if it is not IHDR.
  var flawAsFirst: String {
    type == Self.appleVariant
      ? "this is Apple's variant of PNG (CgBI), which build tools for iOS make and other decoders refuse"
      : "the file begins with \(name), not with IHDR"
  }
  /// Where the next chunk begins.
  var next: Int64 { offset + Int64(length + Self.overhead) }
  /// Where the payload begins.
  var payload: Int64 { offset + 8 }
  /// The type as its four letters.
  var name: String {
    String(decoding: typeBytes, as: UTF8.self)
  }
  /// The four letters, which the checksum covers.
  var typeBytes: [UInt8] { Self.bigEndian(type) }

  /// The first eight bytes of a chunk with `count` bytes of payload.
  static func head(_ type: UInt32, _ count: Int) -> [UInt8] {
    bigEndian(UInt32(clamping: count)) + bigEndian(type)
  }

  /// Four bytes, the most significant first.
  static func bigEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  /// The checksum of `bytes` after those that gave `start`.
  static func checksum(_ bytes: UnsafeRawBufferPointer, from start: UInt32) -> UInt32 {
    wan_crc32(start, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  /// The checksum of `bytes` after those that gave `start`.
  static func checksum(_ bytes: [UInt8], from start: UInt32 = 0) -> UInt32 {
    bytes.withUnsafeBytes { checksum($0, from: start) }
  }
}
