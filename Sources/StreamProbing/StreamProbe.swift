package import MediaFacts
package import MediaReading

/// Measures audio and video files, with libavformat.
package enum StreamProbe {
  /// Fills in the facts of a file of a known format, if that is an audio or video format.
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

/// The parts of this module that read a format without a C library, for fuzzing and other hostile bytes.
package enum FormatWalk: String, Sendable, CaseIterable {
  /// The sniffing of content.
  case sniff
  /// The boxes of MP4 and MOV.
  case boxes
  /// The chunks of WAV, RF64 and BW64.
  case riff
  /// The tags and frame headers of MP3.
  case mpegFrames = "mpeg-frames"

  /// The facts that the walk finds in `source`. The format is not checked.
  package func run(_ source: any ByteSource, _ budget: Budget) -> Result<MediaFacts, ProbeError> {
    MeteredReader(source, budget: budget).facts { reader, facts throws(ProbeStop) in
      switch self {
      case .sniff:
        facts = try Sniffer.identify(reader)
      case .boxes:
        facts.format = .mp4
        _ = try VideoProbe.walk(reader, &facts)
      case .riff:
        facts.format = .wav
        _ = try WAVProbe.walk(reader, &facts)
      case .mpegFrames:
        facts.format = .mp3
        _ = try MP3Probe.walk(reader, .full, &facts)
      }
    }
  }
}
