import MediaFacts

/// Measures audio files.
enum AudioProbe {
  /// Fills `facts.audio` for a file that the sniffer named WAV or MP3.
  static func measure(
    _ reader: MeteredReader, _ depth: Depth, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    if facts.format == .wav {
      try WAVProbe.measure(reader, depth, &facts)
    } else {
      try MP3Probe.measure(reader, depth, &facts)
    }
  }
}
