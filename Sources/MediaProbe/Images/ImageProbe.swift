import MediaFacts

/// Measures image files.
enum ImageProbe {
  static func measure(
    _ reader: MeteredReader, _ depth: Depth, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    try reader.checkTime()
  }
}
