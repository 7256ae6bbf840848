import MediaFacts

/// Names what a file is by its content.
enum Sniffer {
  static func identify(_ reader: MeteredReader) throws(ProbeStop) -> MediaFacts {
    let head = try reader.bytes(at: 0, count: 16)
    return MediaFacts(format: head.spells("RIFF") ? .wav : nil)
  }
}
