import MediaFacts
import MediaReading

/// The IHDR chunk of a PNG.
struct PNGHeader {
  enum ColorType: UInt8 {
    case gray = 0
    case rgb = 2
    case palette = 3
    case grayAlpha = 4
    case rgbAlpha = 6

    var channels: Int {
      switch self {
      case .gray, .palette: 1
      case .grayAlpha: 2
      case .rgb: 3
      case .rgbAlpha: 4
      }
    }

    var hasAlpha: Bool { self == .grayAlpha || self == .rgbAlpha }

    func allows(_ bitDepth: Int) -> Bool {
      switch self {
      case .gray: [1, 2, 4, 8, 16].contains(bitDepth)
      case .palette: [1, 2, 4, 8].contains(bitDepth)
      case .rgb, .grayAlpha, .rgbAlpha: bitDepth == 8 || bitDepth == 16
      }
    }
  }

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  /// What is wrong with the beginning of a file, as a clause; `nil` for a signature, or the beginning of one.
  static func flaw(inSignature head: ArraySlice<UInt8>) -> String? {
    if head.prefix(signature.count).elementsEqual(signature.prefix(head.count)) { return nil }
    let known = conversions.first { head.starts(with: $0.bytes) }
    return "the PNG signature is damaged" + (known.map { ": \($0.cause)" } ?? "")
  }

  /// The signature after programs have converted a PNG as if it were text.
  private static let conversions: [(bytes: [UInt8], cause: String)] = [
    (
      [0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A],
      "line ends were converted (CR LF to LF), as git or FTP do with text"
    ),
    (
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0D, 0x0A, 0x1A, 0x0D, 0x0A],
      "line ends were converted (LF to CR LF), as git or FTP do with text"
    ),
    (
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0D, 0x0A],
      "line ends were converted (LF to CR LF), as git or FTP do with text"
    ),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x1A, 0x0D], "line ends were converted (to CR), as FTP does with text"),
    (
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0D, 0x1A, 0x0D],
      "line ends were converted (to CR), as FTP does with text"
    ),
    ([0xC2, 0x89, 0x50, 0x4E, 0x47], "the file was converted to UTF-8, as if it were text"),
    ([0xEF, 0xBF, 0xBD, 0x50, 0x4E, 0x47], "the file was read as UTF-8 text, and bytes were replaced"),
  ]
  /// The whole IEND chunk, which is always the same.
  static let end: [UInt8] = [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82]
  static let size = 13
  static let longestSide: UInt64 = 0x7FFF_FFFF

  var width: Int
  var height: Int
  var bitDepth: Int
  var colorType: ColorType
  var interlaced: Bool

  /// What is wrong with an IHDR payload, as a clause.
  struct Flaw: Error {
    var message: String
  }

  init(_ payload: ArraySlice<UInt8>) throws(Flaw) {
    guard payload.count == Self.size, let width = payload.bigEndian(0, 4),
      let height = payload.bigEndian(4, 4)
    else { throw Flaw(message: "IHDR has \(payload.count) bytes, not \(Self.size)") }
    let rest = payload.dropFirst(8).map { Int($0) }
    guard (1...Self.longestSide).contains(width), (1...Self.longestSide).contains(height) else {
      throw Flaw(message: "IHDR states an impossible size of \(width)x\(height)")
    }
    guard let colorType = ColorType(rawValue: UInt8(rest[1])), colorType.allows(rest[0]) else {
      throw Flaw(message: "IHDR states an impossible colour type \(rest[1]) with \(rest[0]) bits")
    }
    guard rest[2] == 0, rest[3] == 0, rest[4] <= 1 else {
      throw Flaw(message: "IHDR states an unknown compression, filter or interlace method")
    }
    (self.width, self.height) = (Int(width), Int(height))
    (bitDepth, self.colorType, interlaced) = (rest[0], colorType, rest[4] == 1)
  }

  var facts: ImageFacts {
    let color: ImageFacts.Color =
      switch colorType {
      case .gray, .grayAlpha: .gray
      case .rgb, .rgbAlpha: .rgb
      case .palette: .palette
      }
    var image = ImageFacts(
      width: width, height: height, color: color, bitDepth: bitDepth, coding: interlaced ? .adam7 : .deflate)
    image.alpha = colorType.hasAlpha
    return image
  }

  /// Bytes of one row; libpng holds two of them. Sides are below 2^31, so this does not overflow.
  var rowBytes: Int { (width * pixelBits + 7) / 8 }

  /// Bits of one pixel.
  var pixelBits: Int { colorType.channels * bitDepth }

  /// The signature and an IHDR chunk of `width` x `height` for a decoder that does not look at checksums.
  func stream(width: UInt32, height: UInt32) -> [UInt8] {
    Self.signature + PNGChunk.head(PNGChunk.header, Self.size)
      + PNGChunk.bigEndian(width) + PNGChunk.bigEndian(height)
      + [UInt8(bitDepth), colorType.rawValue, 0, 0, interlaced ? 1 : 0] + [0, 0, 0, 0]
  }
}
