import MediaFacts
import MediaReading

/// The file header, the information header and the masks of a BMP.
struct BMPHeader {
  enum Compression {
    case none, runLength8, runLength4, bitFields, jpeg, png, obscure
  }

  /// What is wrong with a header, as a clause.
  struct Flaw: Error {
    var message: String
  }

  static let fileHeaderSize = 14
  /// `MBED`, as a colour space.
  private static let embeddedProfile: UInt64 = 0x4D42_4544
  /// Bytes of the file header, the longest information header, and the masks after a short one.
  static let mostBytes = 14 + 124 + 16

  var fileSize: Int64
  var pixelOffset: Int64
  var width: Int
  /// The magnitude. `topDown` is the sign.
  var height: Int
  var topDown: Bool
  var bitCount: Int
  var compression: Compression
  /// Bytes of compressed data; 0 if not stated.
  var dataSize: Int64
  /// Red, green, blue, alpha; all zero without bit fields.
  var masks: [UInt32]
  /// Colours in the table.
  var colors: Int64
  /// Bytes of the information header.
  var infoSize: Int
  /// The compression as a number.
  var code: UInt64
  /// The range of the colour profile that a version 5 header states, counted from the start of the file.
  var profile: Range<Int64>?
  var isCMYK = false

  /// The header in the first bytes of the file; `nil` if they end inside it.
  init?(_ bytes: ArraySlice<UInt8>) throws(Flaw) {
    guard let fileSize = bytes.littleEndian(2, 4), let pixelOffset = bytes.littleEndian(10, 4),
      let size = bytes.littleEndian(14, 4)
    else { return nil }
    let known = size == 12 || (16...64).contains(size) || size == 108 || size == 124
    guard known else { throw Flaw(message: "the information header has \(size) bytes") }
    guard bytes.count >= Self.fileHeaderSize + Int(size) else { return nil }
    let info = bytes.dropFirst(Self.fileHeaderSize).prefix(Int(size))
    self.fileSize = Int64(fileSize)
    infoSize = Int(size)
    self.pixelOffset = Int64(pixelOffset)
    let isCore = size == 12
    let signed = { (position: Int) in Int32(truncatingIfNeeded: info.littleEndian(position, 4) ?? 0) }
    let wide = isCore ? Int(info.littleEndian(4, 2) ?? 0) : Int(signed(4))
    let high = isCore ? Int(info.littleEndian(6, 2) ?? 0) : Int(signed(8))
    guard wide > 0, high != 0, high != Int(Int32.min) else {
      throw Flaw(message: "the header states an impossible size of \(wide)x\(high)")
    }
    (width, height, topDown) = (wide, abs(high), high < 0)
    let planes = info.littleEndian(isCore ? 8 : 12, 2) ?? 0
    bitCount = Int(info.littleEndian(isCore ? 10 : 14, 2) ?? 0)
    guard planes == 1 else { throw Flaw(message: "the header states \(planes) planes, not 1") }
    // Headers of OS/2 may end early. Missing fields are 0.
    let isOS2 = size != 12 && size <= 64 && size != 40 && size != 52 && size != 56
    let code = info.littleEndian(16, 4) ?? 0
    self.code = code
    if size == 124, info.littleEndian(56, 4) == Self.embeddedProfile, let start = info.littleEndian(112, 4),
      let count = info.littleEndian(116, 4)
    {
      let first = Int64(Self.fileHeaderSize) + Int64(start)
      profile = first..<first + Int64(count)
    }
    compression = try Self.compression(code, isOS2: isOS2)
    isCMYK = (11...13).contains(code)
    dataSize = Int64(info.littleEndian(20, 4) ?? 0)
    // The masks of a version 1 header follow it.
    let headers = Self.fileHeaderSize + Int(size) + (size == 40 ? code == 3 ? 12 : code == 6 ? 16 : 0 : 0)
    guard bytes.count >= headers else { return nil }
    masks = Self.masks(bytes, Int(size), code)
    colors = Int64(info.littleEndian(32, 4) ?? 0)
    try check(code)
    try placeTable(behind: Int64(headers), entrySize: isCore ? 3 : 4, isCore: isCore)
  }

  private static func compression(_ code: UInt64, isOS2: Bool) throws(Flaw) -> Compression {
    switch code {
    case 0: return .none
    case 1: return .runLength8
    case 2: return .runLength4
    case 3: return isOS2 ? .obscure : .bitFields
    case 4: return isOS2 ? .obscure : .jpeg
    case 5: return .png
    case 6: return .bitFields
    case 11, 12, 13: return .obscure
    default: throw Flaw(message: "the header states an unknown compression \(code)")
    }
  }

  private static func masks(_ bytes: ArraySlice<UInt8>, _ size: Int, _ code: UInt64) -> [UInt32] {
    guard code == 3 || code == 6, size >= 40 else { return [0, 0, 0, 0] }
    // The colour masks are in the header from version 2 (52 bytes) on, the alpha mask from version 3 (56
    // bytes) on.
    let count = size >= 56 || code == 6 ? 4 : 3
    let masks = (0..<count).map { UInt32(truncatingIfNeeded: bytes.littleEndian(14 + 40 + 4 * $0, 4) ?? 0) }
    return masks + Array(repeating: 0, count: 4 - count)
  }

  private func check(_ code: UInt64) throws(Flaw) {
    let allowed: [Int] =
      switch compression {
      case .none: [1, 2, 4, 8, 16, 24, 32]
      case .runLength8: [8]
      case .runLength4: [4]
      case .bitFields: [16, 32]
      case .jpeg, .png, .obscure: [bitCount]
      }
    guard allowed.contains(bitCount) else {
      throw Flaw(message: "the header states \(bitCount) bits per pixel with compression \(code)")
    }
    if topDown, compression == .runLength4 || compression == .runLength8 {
      throw Flaw(message: "run lengths cannot be stored top-down")
    }
    guard compression == .bitFields else { return }
    var used: UInt32 = 0
    for mask in masks {
      let bits = mask >> UInt32(mask.trailingZeroBitCount)
      guard bits & (bits &+ 1) == 0, used & mask == 0, bitCount == 32 || mask >> 16 == 0 else {
        throw Flaw(message: "a channel mask is impossible")
      }
      used |= mask
    }
    if masks[0] | masks[1] | masks[2] == 0 { throw Flaw(message: "all channel masks are 0") }
  }

  /// Finds the number of colours in the table between the headers and the pixels.
  private mutating func placeTable(behind headers: Int64, entrySize: Int64, isCore: Bool) throws(Flaw) {
    if pixelOffset < headers {
      throw Flaw(message: "the pixels begin at byte \(pixelOffset), inside the headers")
    }
    let room = (pixelOffset - headers) / entrySize
    guard bitCount <= 8, compression != .jpeg, compression != .png, compression != .obscure else { return }
    let full: Int64 = 1 << Int64(bitCount)
    // OS/2 version 1 does not state the number, and some of its files have fewer.
    if isCore { colors = min(full, room) } else if colors == 0 { colors = full }
    if colors < 1 || colors > room {
      throw Flaw(message: "the table of \(colors) colours reaches into the pixels")
    }
  }
}

extension BMPHeader {
  /// Bytes of one uncompressed row, padded to four.
  var rowBytes: Int64 { (Int64(width) * Int64(bitCount) + 31) / 32 * 4 }

  /// Where uncompressed pixels end, or data of a stated size; `nil` if the header does not state it.
  var pixelEnd: Int64? {
    switch compression {
    case .none, .bitFields:
      let (bytes, overflow) = rowBytes.multipliedReportingOverflow(by: Int64(height))
      return overflow
        ? .max : pixelOffset.addingReportingOverflow(bytes).overflow ? .max : pixelOffset + bytes
    case .runLength8, .runLength4, .jpeg, .png, .obscure:
      return dataSize > 0 ? pixelOffset + dataSize : nil
    }
  }

  /// Where the file should end; `nil` if no field states it. A file size that is too small for the pixels is
  /// ignored, as all readers do.
  var end: Int64? {
    let least = pixelEnd ?? pixelOffset + 1
    return fileSize >= least ? fileSize : pixelEnd
  }

  var facts: ImageFacts {
    let coding: ImageFacts.Coding =
      switch compression {
      case .none, .bitFields: .uncompressed
      case .runLength8, .runLength4: .runLength
      case .jpeg: .embeddedJPEG
      case .png: .embeddedPNG
      case .obscure: .obscure
      }
    let indexed = (1...8).contains(bitCount)
    var image = ImageFacts(
      width: width, height: height, color: isCMYK ? .cmyk : indexed ? .palette : .rgb,
      bitDepth: channelBits, coding: coding)
    image.alpha = masks[3] != 0
    if !image.alpha { image.transparentPixels = false }
    return image
  }

  private var channelBits: Int {
    if compression == .bitFields { return masks.map(\.nonzeroBitCount).max() ?? 8 }
    switch bitCount {
    case 1...8: return bitCount
    case 16: return 5
    default: return 8
    }
  }

  /// Why the image is not decoded here, as a clause; `nil` if it is decoded.
  var undecodable: String? {
    switch compression {
    case .jpeg: "a JPEG inside a BMP is not decoded here"
    case .png: "a PNG inside a BMP is not decoded here"
    case .obscure: "this compression of BMP is not decoded here"
    case .none, .runLength8, .runLength4, .bitFields: nil
    }
  }
}
