import MediaFacts

/// Measures audio files.
enum AudioProbe {
  static func measure(
    _ reader: MeteredReader, _ depth: Depth, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    try reader.checkTime()
  }
}
