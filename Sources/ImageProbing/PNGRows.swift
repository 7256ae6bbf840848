import CMediaShims

/// Inflates and checks the rows of one PNG image, and looks at no pixel.
final class PNGRows {
  private let handle: OpaquePointer

  private init(takingOwnershipOf handle: OpaquePointer) {
    self.handle = handle
  }

  deinit {
    wan_rows_close(handle)
  }

  /// A decoder of `width` x `height` pixels; `nil` if there is no memory for it.
  static func open(_ header: PNGHeader, width: UInt32, height: UInt32) -> PNGRows? {
    wan_rows_open(width, height, UInt32(header.pixelBits), header.interlaced)
      .map { PNGRows(takingOwnershipOf: $0) }
  }

  /// Decodes as far as `bytes`, payload of IDAT or fdAT chunks, reach.
  @discardableResult
  func feed(_ bytes: UnsafeRawBufferPointer) -> DecoderStatus {
    wan_rows_feed(handle, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  /// Says how the image ended, once all payload has been fed.
  func finish() -> DecoderStatus { wan_rows_finish(handle) }

  /// What the data have too much, which loses nothing; empty if there is nothing.
  var oddity: String { String(cString: wan_rows_oddity(handle)) }
  /// What was wrong, or is missing so far.
  var message: String { String(cString: wan_rows_message(handle)) }
}
