import CMediaShims

/// Decodes one image of a PNG: with libpng where pixels must be looked at, else by inflating the rows.
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
    /// What breaks the format and loses nothing; empty if there is nothing.
    var oddity = ""
    var transparent = false
    var indexBeyondPalette = false
  }

  private let engine: Engine

  /// Whether pixels are looked at, by libpng: its answer about damage depends on the size of its rows.
  var looksAtPixels: Bool {
    if case .pixels = engine { true } else { false }
  }

  /// A decoder of an image in a file with this header; `nil` if there is no memory for it. `palette` and
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

  /// Decodes as far as `bytes` reach.
  func feed(_ bytes: UnsafeRawBufferPointer) {
    switch engine {
    case .pixels(let decoder): decoder.feed(bytes)
    case .rows(let rows): rows.feed(bytes)
    }
  }

  /// Ends a chunk; its checksum is not looked at.
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
    // What was wrong is known only after the end.
    let status = rows.finish()
    return Outcome(status: status, message: rows.message, oddity: rows.oddity)
  }
}
