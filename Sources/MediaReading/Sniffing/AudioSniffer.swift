import MediaFacts

/// Recognises audio that is only a sequence of frames, after any number of tags and, if necessary, after
/// garbage.
enum AudioSniffer {
  /// Audio whose frames begin at the start of the file, or after tags there.
  static func identify(_ reader: MeteredReader) throws(ProbeStop) -> Identity? {
    let tags = try LeadingTags(reader)
    let head = try reader.bytes(at: tags.end, count: 8 << 10)
    let detail = tags.name.map { "after an \($0) tag" }
    if let format = frames(head, isEnd: head.count < 8 << 10) {
      return Identity(format, format == .mp3 ? nil : detail)
    }
    guard tags.name != nil else { return nil }
    // Other formats carry such tags too.
    if let format = FormatTable.format(signatureOf: head), format.kind == .audio, format != .wav {
      return Identity(format, detail)
    }
    // If only a tag identifies the file, every player treats it as an MP3. The probe reports that the audio
    // is missing.
    return try behindGarbage(reader, from: tags.end) ?? Identity(.mp3, detail.map { "nothing \($0)" })
  }

  /// MPEG audio frames within 64 KiB of `start`, if no frame begins at `start` itself.
  static func behindGarbage(_ reader: MeteredReader, from start: Int64 = 0) throws(ProbeStop) -> Identity? {
    guard let first = try FirstFrame.find(reader, from: start) else { return nil }
    return Identity(mpeg(first.chain.header.layer), "after \(first.offset - start) bytes that are not audio")
  }

  private static func frames(_ head: ArraySlice<UInt8>, isEnd: Bool) -> MediaFormat? {
    if let chain = FrameChain(in: head, at: 0, isEnd: isEnd), chain.isProofWhereDue {
      // A single truncated frame is weak evidence: the two bytes that begin UTF-16 text also begin a layer I
      // frame.
      return chain.header.layer == 3 || chain.frames == FrameChain.wanted ? mpeg(chain.header.layer) : nil
    }
    return aac(head) ?? dolby(head)
  }

  private static func mpeg(_ layer: Int) -> MediaFormat {
    switch layer {
    case 1: .mp1
    case 2: .mp2
    default: .mp3
    }
  }

  /// Two consecutive ADTS frames.
  private static func aac(_ head: ArraySlice<UInt8>) -> MediaFormat? {
    guard let length = adtsLength(head, at: 0) else { return nil }
    guard head.count <= length || adtsLength(head, at: length) != nil else { return nil }
    return .aac
  }

  private static func adtsLength(_ head: ArraySlice<UInt8>, at position: Int) -> Int? {
    guard let sync = head.bigEndian(position, 2), sync & 0xFFF6 == 0xFFF0,
      let rate = head.bigEndian(position + 2, 1), rate >> 2 & 15 < 13,
      let length = head.bigEndian(position + 3, 3).map({ Int($0 >> 5 & 0x1FFF) }), length > 7
    else { return nil }
    return length
  }

  /// AC-3 up to bit stream id 10, E-AC-3 up to 16.
  private static func dolby(_ head: ArraySlice<UInt8>) -> MediaFormat? {
    guard head.bigEndian(0, 2) == 0x0B77, let id = head.bigEndian(5, 1).map({ $0 >> 3 }), id <= 16 else {
      return nil
    }
    return id <= 10 ? .ac3 : .eac3
  }
}
