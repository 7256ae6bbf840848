import CMediaShims

/// The shims around the C libraries by themselves: without the bounds that probes set before them, fed in pieces of a size
/// that the first byte chooses.
enum Decoders {
  static let targets = [
    FuzzTarget("jpeg-decoder", longest: 32 << 10) { bytes throws(BrokenPromise) in try jpeg(bytes) },
    FuzzTarget("png-decoder", longest: 32 << 10) { bytes throws(BrokenPromise) in try png(bytes) },
    FuzzTarget("png-rows", longest: 32 << 10) { bytes throws(BrokenPromise) in try rows(bytes) },
  ]

  /// Bytes that a decoder may hold; the sizes that hostile headers state are bounded by nothing else here.
  private static let memory: Int64 = 8 << 20

  private struct Answer: Equatable {
    var status: DecoderStatus
    /// Whether there are any. Their number and order may differ: a library that begins a row again when more bytes
    /// arrive repeats some.
    var warns: Bool
  }

  private static func jpeg(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
    guard let first = bytes.first, isSmallJPEG(bytes.dropFirst()) else { return false }
    let stream = bytes.dropFirst()
    let inPieces = try jpeg(stream, pieces: Int(first) + 1)
    let whole = try jpeg(stream, pieces: stream.count)
    try demand(inPieces == whole, "in pieces \(inPieces), as a whole \(whole)")
    return true
  }

  private static func jpeg(_ stream: ArraySlice<UInt8>, pieces: Int) throws(BrokenPromise) -> Answer {
    guard let decoder = wan_jpeg_open(memory, 20) else { throw BrokenPromise("no memory") }
    defer { wan_jpeg_close(decoder) }
    var status = DecoderStatus.more
    var rest = stream
    while status == .more, !rest.isEmpty {
      let piece = rest.prefix(pieces)
      rest = rest.dropFirst(pieces)
      status = piece.withUnsafeBufferPointer { wan_jpeg_feed(decoder, $0.baseAddress, $0.count) }
      while status == .paused { status = wan_jpeg_feed(decoder, nil, 0) }
    }
    try demand(
      (0...Int64(stream.count)).contains(wan_jpeg_consumed(decoder)), "more bytes taken than there are")
    try demand(status != .done || wan_jpeg_consumed(decoder) >= 4, "an image of no bytes")
    _ = (wan_jpeg_ended_early(decoder), wan_jpeg_missing_component(decoder))
    return Answer(status: status, warns: wan_jpeg_warnings(decoder) > 0)
  }

  /// Whether no frame header states more than a few pixels, or arithmetic coding, which no probe hands to the decoder.
  private static func isSmallJPEG(_ stream: ArraySlice<UInt8>) -> Bool {
    let bytes = Array(stream)
    return bytes.indices.dropLast(8).allSatisfy { index in
      guard bytes[index] == 0xFF, bytes[index + 1] & 0xF0 == 0xC0 else { return true }
      if bytes[index + 1] > 0xC8 { return false }
      let height = Int(bytes[index + 5]) << 8 | Int(bytes[index + 6])
      let width = Int(bytes[index + 7]) << 8 | Int(bytes[min(index + 8, bytes.count - 1)])
      return width * height <= 1 << 16
    }
  }

  private static func png(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
    guard let first = bytes.first else { return false }
    let stream = bytes.dropFirst()
    // The sides are at a fixed place, since the header has to come first.
    let sides = Array(stream.dropFirst(16).prefix(8))
    guard sides.count == 8, sides[0] == 0, sides[1] == 0, sides[2] < 2, sides[4] == 0, sides[5] == 0,
      sides[6] < 2
    else { return false }
    let inPieces = try png(stream, pieces: Int(first) + 1)
    let whole = try png(stream, pieces: stream.count)
    try demand(inPieces == whole, "in pieces \(inPieces), as a whole \(whole)")
    return true
  }

  private static func png(_ stream: ArraySlice<UInt8>, pieces: Int) throws(BrokenPromise) -> Answer {
    guard let decoder = wan_png_open() else { throw BrokenPromise("no memory") }
    defer { wan_png_close(decoder) }
    var status = DecoderStatus.more
    var rest = stream
    while status == .more, !rest.isEmpty {
      let piece = rest.prefix(pieces)
      rest = rest.dropFirst(pieces)
      status = piece.withUnsafeBufferPointer { wan_png_feed(decoder, $0.baseAddress, $0.count) }
    }
    _ = (wan_png_transparent(decoder), wan_png_index_beyond_palette(decoder))
    return Answer(status: status, warns: wan_png_warnings(decoder) > 0)
  }

  /// Two bytes of width, two of height, one of depth and interlace, one of piece size; the rest is compressed.
  private static func rows(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
    guard bytes.count > 6 else { return false }
    let width = UInt32(bytes[0] & 3) << 8 | UInt32(bytes[1])
    let height = UInt32(bytes[2] & 3) << 8 | UInt32(bytes[3])
    let bits: UInt32 = [1, 2, 4, 8, 16, 24, 32, 48, 64][Int(bytes[4] & 0x7F) % 9]
    let stream = bytes.dropFirst(6)
    let shape = Shape(width: width, height: height, bits: bits, interlaced: bytes[4] & 0x80 != 0)
    let inPieces = try rows(stream, shape, pieces: Int(bytes[5]) + 1)
    let whole = try rows(stream, shape, pieces: stream.count)
    try demand(inPieces == whole, "in pieces \(inPieces), as a whole \(whole)")
    return true
  }

  private struct Shape {
    var width: UInt32
    var height: UInt32
    var bits: UInt32
    var interlaced: Bool
  }

  private static func rows(
    _ stream: ArraySlice<UInt8>, _ shape: Shape, pieces: Int
  ) throws(BrokenPromise) -> Answer {
    guard let rows = wan_rows_open(shape.width, shape.height, shape.bits, shape.interlaced) else {
      throw BrokenPromise("no memory")
    }
    defer { wan_rows_close(rows) }
    var status = DecoderStatus.more
    var rest = stream
    while status == .more || status == .done, !rest.isEmpty {
      let piece = rest.prefix(pieces)
      rest = rest.dropFirst(pieces)
      status = piece.withUnsafeBufferPointer { wan_rows_feed(rows, $0.baseAddress, $0.count) }
    }
    status = wan_rows_finish(rows)
    return Answer(status: status, warns: false)
  }
}
