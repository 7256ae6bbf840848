import CMediaShims

/// Decodes one image of a PNG. It uses libpng if pixels must be examined, otherwise it only inflates the
/// rows.
struct PNGImageDecoder {
  private enum Engine {
    case pixels(PNGDecoder)
    case rows(PNGRows)
  }

  /// How an image ended.
  struct Outcome {
    var status: DecoderStatus
    var warnings: Int64 = 0
    var message = ""
    /// A violation of the format that loses no data; empty if there is none.
    var oddity = ""
    var transparent = false
    var indexBeyondPalette = false
  }

  private let engine: Engine

  /// Whether libpng examines the pixels. Then its result for damaged data depends on the size of its rows.
  var looksAtPixels: Bool {
    if case .pixels = engine { true } else { false }
  }

  /// A decoder of an image in a file with this header; `nil` if memory ran out. `palette` and
  /// `transparency` are whole PLTE and tRNS chunks, or empty.
  init?(_ header: PNGHeader, width: Int, height: Int, palette: [UInt8], transparency: [UInt8]) {
    let (width, height) = (UInt32(clamping: width), UInt32(clamping: height))
    if header.colorType.hasAlpha || header.colorType == .palette || !transparency.isEmpty {
      guard let decoder = PNGDecoder.open() else { return nil }
      decoder.feed(header.stream(width: width, height: height))
      decoder.feed(palette)
      decoder.feed(transparency)
      engine = .pixels(decoder)
    } else {
      guard let rows = PNGRows.open(header, width: width, height: height) else { return nil }
      engine = .rows(rows)
    }
  }

  /// Begins a chunk with `count` bytes of compressed data, which `feed` and `endChunk` must follow.
  func beginChunk(_ count: Int) {
    if case .pixels(let decoder) = engine { decoder.feed(PNGChunk.head(PNGChunk.data, count)) }
  }

  /// Decodes `bytes` as far as possible.
  func feed(_ bytes: UnsafeRawBufferPointer) {
    switch engine {
    case .pixels(let decoder): decoder.feed(bytes)
    case .rows(let rows): rows.feed(bytes)
    }
  }

  /// Ends a chunk without checking its checksum.
  func endChunk() {
    if case .pixels(let decoder) = engine { decoder.feed([0, 0, 0, 0]) }
  }

  /// Ends the image.
  func finish() -> Outcome {
    switch engine {
    case .pixels(let decoder):
      Outcome(
        status: decoder.feed(PNGHeader.end), warnings: decoder.warnings, message: decoder.message,
        transparent: decoder.transparent, indexBeyondPalette: decoder.indexBeyondPalette)
    case .rows(let rows):
      Self.outcome(of: rows)
    }
  }

  static func outcome(of rows: PNGRows) -> Outcome {
    // The fault is known only after the end.
    let status = rows.finish()
    return Outcome(status: status, message: rows.message, oddity: rows.oddity)
  }
}

/// One libpng decoder, for one image.
final class PNGDecoder {
  private let handle: OpaquePointer

  private init(takingOwnershipOf handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    wan_png_close(handle)
  }

  /// A decoder; `nil` if memory ran out.
  static func open() -> PNGDecoder? {
    wan_png_open().map { PNGDecoder(takingOwnershipOf: $0) }
  }

  /// Decodes `bytes` as far as possible.
  @discardableResult
  func feed(_ bytes: UnsafeRawBufferPointer) -> DecoderStatus {
    wan_png_feed(handle, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  @discardableResult
  func feed(_ bytes: [UInt8]) -> DecoderStatus {
    bytes.withUnsafeBytes { feed($0) }
  }

  var warnings: Int64 { wan_png_warnings(handle) }
  var transparent: Bool { wan_png_transparent(handle) }
  var indexBeyondPalette: Bool { wan_png_index_beyond_palette(handle) }
  var message: String { String(cString: wan_png_message(handle)) }
}

/// Inflates and checks the rows of one PNG image, without examining pixels.
final class PNGRows {
  private let handle: OpaquePointer

  private init(takingOwnershipOf handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    wan_rows_close(handle)
  }

  /// A decoder of `width` x `height` pixels; `nil` if memory ran out.
  static func open(_ header: PNGHeader, width: UInt32, height: UInt32) -> PNGRows? {
    wan_rows_open(width, height, UInt32(header.pixelBits), header.interlaced)
      .map { PNGRows(takingOwnershipOf: $0) }
  }

  /// Decodes `bytes`, payload of IDAT or fdAT chunks, as far as possible.
  @discardableResult
  func feed(_ bytes: UnsafeRawBufferPointer) -> DecoderStatus {
    wan_rows_feed(handle, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  /// Returns how the image ended, after all payload was decoded.
  func finish() -> DecoderStatus { wan_rows_finish(handle) }

  /// Superfluous data, which loses nothing; empty if there is none.
  var oddity: String { String(cString: wan_rows_oddity(handle)) }
  /// What was wrong, or is missing so far.
  var message: String { String(cString: wan_rows_message(handle)) }
}
