package import MediaFacts
package import MediaReading

/// Measures what is told through libavformat: audio and video files.
package enum StreamProbe {
  /// Fills in what is to know of a file whose format is named, if that is one of audio or video.
  package static func measure(
    _ reader: MeteredReader, _ request: ProbeRequest, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    switch facts.format {
    case .wav?: try WAVProbe.measure(reader, request.depth, &facts)
    case .mp3?: try MP3Probe.measure(reader, request.depth, &facts)
    case .mp4?, .mov?: try VideoProbe.measure(reader, request.depth, preview: request.preview, &facts)
    default: break
    }
  }
}
