package import MediaFacts
package import MediaReading

/// Measures image files.
///
/// Depth `header` walks the structure and looks for the declared end. Deeper depths decode every row in one
/// pass and keep none, unless the encoding needs the whole image.
package enum ImageProbe {
  /// The number of bytes that a decoder gets at a time.
  static let chunkSize = 128 << 10

  /// Fills in the facts of a file of a known format, if that is an image format.
  package static func measure(
    _ reader: MeteredReader, _ depth: Depth, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    try measure(reader, depth, chunkSize: chunkSize, &facts)
  }

  static func measure(
    _ reader: MeteredReader, _ depth: Depth, chunkSize: Int, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    let edges = EdgeReader(reader)
    switch facts.format {
    case .jpeg?: try JPEGProbe(edges, chunkSize: chunkSize).measure(depth, &facts)
    case .png?: try PNGProbe(edges, chunkSize: chunkSize).measure(depth, &facts)
    case .webp?: try WebPProbe(edges, chunkSize: chunkSize).measure(depth, &facts)
    case .bmp?: try BMPProbe(edges, chunkSize: chunkSize).measure(depth, &facts)
    default: break
    }
  }

  /// Throws if the image is larger than may be decoded, before anything is allocated for it.
  static func judgeSize(_ image: ImageFacts, _ reader: MeteredReader) throws(ProbeStop) {
    let (pixels, overflow) = Int64(image.width).multipliedReportingOverflow(by: Int64(image.height))
    guard overflow || pixels > reader.budget.pixels else { return }
    throw reader.exceeded(
      "\(image.width)x\(image.height) pixels are more than the \(reader.budget.pixels) that may be decoded")
  }
}
