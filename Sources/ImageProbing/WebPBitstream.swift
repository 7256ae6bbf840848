import CWebP
import MediaFacts
import MediaReading

/// The header of one VP8 or VP8L bitstream.
struct WebPBitstream {
  var width: Int
  var height: Int
  var lossless: Bool
  /// Whether the bitstream itself has alpha. The alpha plane of a lossy bitstream is a separate chunk.
  var alpha: Bool

  /// Enough for a chunk head and the header of either bitstream.
  static let headSize = 32

  /// The header in the first bytes of a chunk, including the chunk's head; `nil` if libwebp refuses it.
  init?(_ bytes: ArraySlice<UInt8>) {
    var features = WebPBitstreamFeatures()
    let status = bytes.withUnsafeBufferPointer { WebPGetFeatures($0.baseAddress, $0.count, &features) }
    guard status == VP8_STATUS_OK, features.width > 0, features.height > 0 else { return nil }
    width = Int(features.width)
    height = Int(features.height)
    lossless = bytes.spells("VP8L")
    alpha = features.has_alpha != 0
  }

  /// The maximum number of bytes that libwebp allocates to decode the bitstream. Lossless decoding holds all
  /// pixels. An alpha plane is held once encoded (as pixels, in the worst case) and once plain, and the
  /// output with alpha takes two planes. Huffman tables, which the size does not bound, are not included.
  func memory(alphaPlane: Bool) -> Int64 {
    let pixels = Int64(width) * Int64(height)
    if lossless { return pixels * 4 + (alpha ? pixels * 2 : 0) }
    return alphaPlane ? pixels * 7 : Int64(width) * 64
  }
}
