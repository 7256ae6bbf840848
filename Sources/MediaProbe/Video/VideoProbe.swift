import MediaFacts

/// Measures video files.
enum VideoProbe {
  static func measure(
    _ reader: MeteredReader, _ depth: Depth, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    try reader.checkTime()
  }
}
