import MediaFacts
import MediaReading

/// Measures MPEG layer III files, tagged or bare.
enum MP3Probe {
  static func measure(
    _ reader: MeteredReader, _ depth: Depth, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    guard let walk = try walk(reader, depth, &facts) else { return }
    try DecodedAudio.check(reader, .mp3, depth, beside: walk, &facts)
  }

  /// What headers and tags say, before libavformat sees any of them; no walk if there are no frames, or at depth `header`.
  static func walk(
    _ reader: MeteredReader, _ depth: Depth, _ facts: inout MediaFacts
  ) throws(ProbeStop) -> MP3Walk? {
    facts.audio = AudioFacts()
    facts.endDeclared = false
    let tags = try LeadingTags(reader)
    guard try reader.reaches(tags.end) else {
      facts.defects.append(
        Defect(
          .truncated, "the \(tags.name ?? "ID3v2") tag at the start runs past the end of the file",
          bytes: reader.length.map { tags.end - $0 }))
      return nil
    }
    guard let first = try FirstFrame.find(reader, from: tags.end) else {
      facts.defects.append(try missingAudio(reader, tags))
      return nil
    }
    let stated = try statedHeader(reader, first)
    describe(first.chain.header, stated, &facts)
    guard try reader.reaches(first.offset + firstLength(first)) else {
      facts.defects.append(
        Defect(.truncated, "the file ends inside its first MPEG frame", offset: first.offset))
      return nil
    }
    facts.examined(.header)

    let audioEnd = try reader.length.map { length throws(ProbeStop) in
      try TrailingTags(reader, length: length, floor: first.offset).start
    }
    try checkDeclaredEnd(reader, depth, first, stated, audioEnd, &facts)
    guard depth > .header else { return nil }
    return try walk(reader, first, stated, audioEnd, &facts)
  }

  /// The first frame's length in bytes; 0 in a free-format file that ends before its second.
  private static func firstLength(_ first: FirstFrame) -> Int64 {
    Int64(first.chain.header.frameLength(freeLength: first.chain.freeLength) ?? 0)
  }

  private static func missingAudio(_ reader: MeteredReader, _ tags: LeadingTags) throws(ProbeStop) -> Defect {
    if try reader.bytes(at: tags.end, count: 1).isEmpty {
      return Defect(.truncated, "the file ends where audio should begin", offset: tags.end)
    }
    return Defect(.corrupt, "no MPEG frames begin where audio should", offset: tags.end)
  }

  private static func statedHeader(
    _ reader: MeteredReader, _ first: FirstFrame
  ) throws(ProbeStop) -> XingHeader? {
    let length = Int(firstLength(first))
    guard length > 0 else { return nil }
    return XingHeader(try reader.bytes(at: first.offset, count: length), first.chain.header)
  }

  private static func describe(
    _ header: MPEGAudioHeader, _ stated: XingHeader?, _ facts: inout MediaFacts
  ) {
    facts.audio?.codec = "mp3"
    facts.audio?.sampleRate = header.sampleRate
    facts.audio?.channels = header.channels
    guard let stated, let frames = stated.frames else { return }
    // Both factors are far below 2^32.
    let samples = frames * Int64(header.samplesPerFrame)
    facts.audio?.duration.container = Rational(samples, over: Int64(header.sampleRate))
    facts.audio?.duration.stream = Rational(
      max(0, samples - stated.delay - stated.padding), over: Int64(header.sampleRate))
  }

  /// Compares the byte count that the encoder stated with what is there, tags behind it included.
  ///
  /// A frame count alone declares an end only to whoever counts frames.
  private static func checkDeclaredEnd(
    _ reader: MeteredReader, _ depth: Depth, _ first: FirstFrame, _ stated: XingHeader?, _ audioEnd: Int64?,
    _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    guard let bytes = stated?.bytes else {
      facts.endDeclared = depth > .header && stated?.frames != nil
      return
    }
    facts.endDeclared = true
    let end = first.offset.saturatingSum(bytes)
    guard try reader.reaches(end) else {
      facts.defects.append(
        Defect(
          .truncated, "the file ends before the \(bytes) bytes of audio that its Xing header states",
          offset: reader.length, bytes: reader.length.map { end - $0 }))
      return
    }
    // Of files joined into one, the header of the first says nothing about the end of the last.
    if let audioEnd, audioEnd - end > Int64(FrameChain.longestFrame) {
      facts.endDeclared = false
      return
    }
    // The walk looks at the tags behind the audio itself.
    if depth == .header, let tag = TrailingTag(in: try reader.bytes(at: end, count: 32)),
      let length = tag.length, try !reader.reaches(end.saturatingSum(length))
    {
      facts.defects.append(Defect(.truncated, "the \(tag.name) tag is cut short", offset: end))
      return
    }
    // A tag that only its lost end would have named looks like nothing at all, and so do bytes that do no harm: a header
    // does not tell them apart.
    if depth == .header, let audioEnd, audioEnd > end, !(try continues(reader, at: end)) {
      facts.defects.append(
        Defect(
          .limit,
          "what follows the audio is neither audio nor a whole tag, and at depth header no frame is looked at",
          offset: end, bytes: audioEnd - end))
      return
    }
    facts.examined(.declaredEnd)
  }

  /// Whether a frame or padding stands at `offset`: some encoders do not count the frame that holds the header.
  private static func continues(_ reader: MeteredReader, at offset: Int64) throws(ProbeStop) -> Bool {
    let bytes = try reader.bytes(at: offset, count: 4)
    if bytes.count > 1, bytes[bytes.startIndex] == 0xFF, bytes[bytes.startIndex + 1] >= 0xE0 { return true }
    return bytes.allSatisfy { $0 == 0 }
  }

  private static func walk(
    _ reader: MeteredReader, _ first: FirstFrame, _ stated: XingHeader?, _ audioEnd: Int64?,
    _ facts: inout MediaFacts
  ) throws(ProbeStop) -> MP3Walk {
    let start = first.offset + (stated == nil ? 0 : firstLength(first))
    var walk = MP3Walk(reader, at: start, first: first.chain, audioEnd: audioEnd)
    try walk.run(&facts.defects)
    facts.audio?.duration.counted = walk.duration
    guard let frames = stated?.frames, frames > walk.frames, !facts.isTruncated else { return walk }
    // Some encoders count the frame that holds the header too; the byte count then proves that nothing is
    // missing.
    if frames == walk.frames + 1, stated?.bytes != nil { return walk }
    facts.defects.append(
      Defect(.truncated, "the Xing header states \(frames) frames, and \(walk.frames) are there"))
    return walk
  }
}
