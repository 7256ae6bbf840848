/// One chunk of a RIFF file: WAV, and WebP.
package struct RIFFChunk: Sendable, Hashable {
  /// Bytes of the name and the size, which are before the payload.
  package static let headSize = 8

  /// The four characters of the name; a character that does not print is a question mark.
  package let name: String
  /// Where its head begins.
  package let offset: Int64
  /// Bytes of payload as stated, without padding.
  package let size: Int64

  /// The chunk with the head `bytes`.
  package init?(_ bytes: ArraySlice<UInt8>, at offset: Int64) {
    guard let name = bytes.fourCC(0), let size = bytes.littleEndian(4, 4) else { return nil }
    self.name = name
    self.offset = offset
    self.size = Int64(size)
  }

  /// Where the payload begins.
  package var payload: Int64 { offset + Int64(Self.headSize) }
  /// Where the payload ends, without padding.
  package var end: Int64 { payload.saturatingSum(size) }
  /// Where the next chunk begins: chunks are padded to even sizes.
  package var next: Int64 { end.saturatingSum(size % 2) }
  /// Bytes with the head and the padding.
  package var paddedSize: Int64 { next - offset }

  /// Whether the name has letters, digits and the like, as all names in use have.
  package var hasPlausibleName: Bool { !name.contains("?") && name != "    " }
}
