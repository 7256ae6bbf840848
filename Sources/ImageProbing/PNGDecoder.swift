import CMediaShims

/// One libpng decoder, for one image.
final class PNGDecoder {
  private let handle: OpaquePointer

  private init(takingOwnershipOf handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    wan_png_close(handle)
  }

  /// A decoder; `nil` if there is no memory for it.
  static func open() -> PNGDecoder? {
    wan_png_open().map { PNGDecoder(takingOwnershipOf: $0) }
  }

  /// Decodes as far as `bytes` reach.
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
