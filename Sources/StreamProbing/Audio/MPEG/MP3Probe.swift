import MediaFacts
import MediaReading

/// Measures MPEG layer III files, tagged or bare.
enum MP3Probe {
  static func measure(
    _ reader: MeteredReader, _ depth: Depth, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    let walk = try walk(reader, depth, &facts)
    // At depth header, the file is compared with libavformat's result only if a header states a length.
    guard walk != nil || (depth == .header && facts.audio?.duration.container != nil && !facts.isTruncated),
      let played = try DecodedAudio.check(reader, .mp3, depth, beside: walk, &facts)
    else { return }
    compare(walk, played, isSizeKnown: reader.length != nil, &facts)
  }

  /// Compares our walk with what FFmpeg reports and plays. Each difference is added as a reading.
  private static func compare(
    _ walk: MP3Walk?, _ played: PlayedAudio, isSizeKnown: Bool, _ facts: inout MediaFacts
  ) {
    guard var durations = facts.audio?.duration else { return }
    // libavformat ignores a header that contradicts the file's size, as in joined files.
    // If the size is not known, the count proves nothing.
    if let stated = durations.container, isSizeKnown, !(played.stream?.isWithin(0.001, of: stated) ?? false) {
      let trimmed = durations.stream
      durations.container = nil
      durations.stream = nil
      durations.addReading("header of the encoder", stated)
      durations.addReading("header of the encoder, trimmed", trimmed)
    }
    if let walk {
      hold(walk, played, &durations, &facts)
      // Without a header, libavformat and players estimate the duration from the bit rate of the first
      // frames.
      let estimates = [
        ("estimate of FFmpeg", played.container), ("estimate from the first bit rate", walk.estimate),
      ]
      for (name, estimate) in estimates where durations.container == nil {
        guard let estimate, let counted = durations.counted, !counted.isWithin(0.001, of: estimate) else {
          continue
        }
        durations.addReading(name, estimate)
      }
    }
    facts.audio?.duration = durations
  }

  private static func hold(
    _ walk: MP3Walk, _ played: PlayedAudio, _ durations: inout Durations, _ facts: inout MediaFacts
  ) {
    let stated = (durations.known + durations.others.map { ($0.name, $0.seconds) }).map(\.seconds)
    guard let heard = played.played(beside: stated), let counted = durations.counted,
      !heard.isWithin(walk.foreignSeconds, of: counted)
    else { return }
    guard !heard.isNear(counted) else {
      durations.addReading("played by FFmpeg", heard)
      return
    }
    durations.counted = heard
    durations.addReading("frames outside tags", counted)
    facts.defects.append(
      Defect(.irregular, "FFmpeg plays \(heard.text) s, and the frames outside tags last \(counted.text) s"))
  }

  /// The facts from headers and tags, before libavformat reads the file. There is no walk without frames, or
  /// at depth `header`.
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
    if first.offset > tags.end, try !isPadding(reader, tags.end..<first.offset, isTagged: tags.name != nil) {
      facts.defects.append(
        Defect(
          .irregular, "\((first.offset - tags.end).bytesInWords) before the first frame: not audio",
          offset: tags.end,
          bytes: first.offset - tags.end))
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
    let walk = try walk(reader, first, stated, audioEnd, &facts)
    try reportHidden(reader, tags, walk, &facts)
    return walk
  }

  /// Whether `range` holds only zeros, as taggers leave it.
  private static func isPadding(
    _ reader: MeteredReader, _ range: Range<Int64>, isTagged: Bool
  ) throws(ProbeStop) -> Bool {
    guard isTagged else { return false }
    return try FirstFrame.endOfZeros(reader, from: range.lowerBound) >= range.upperBound
  }

  /// Counts the frames inside the tags at the start. Readers that ignore a tag's size play them.
  private static func reportHidden(
    _ reader: MeteredReader, _ tags: LeadingTags, _ walk: MP3Walk, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    guard tags.end > 0, let hidden = try HiddenFrames.duration(reader, upTo: tags.end) else { return }
    let counted = facts.audio?.duration.counted
    facts.audio?.duration.addReading("with frames inside tags", counted?.adding(hidden))
    facts.defects.append(
      Defect(
        .irregular, "the tag at the start holds \(hidden.text) s of MPEG frames, which some readers play"))
  }

  /// The first frame's length in bytes; 0 in a free-format file that ends before its second frame.
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
    guard let stated, let frames = stated.frames else {
      facts.audio?.duration.addReading(
        stated?.name ?? "Xing header", stated?.statedFrames.map { Rational($0) })
      return
    }
    // Both factors are far below 2^32.
    let samples = frames * Int64(header.samplesPerFrame)
    facts.audio?.duration.container = Rational(samples, over: Int64(header.sampleRate))
    facts.audio?.duration.stream = Rational(
      max(0, samples - stated.delay - stated.padding), over: Int64(header.sampleRate))
  }

  /// Compares the byte count that the encoder stated with the bytes in the file, including the tags after the
  /// audio.
  private static func checkDeclaredEnd(
    _ reader: MeteredReader, _ depth: Depth, _ first: FirstFrame, _ stated: XingHeader?, _ audioEnd: Int64?,
    _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    // A count of frames without a count of bytes declares an end only to readers that count frames. The walk
    // does.
    guard let bytes = stated?.bytes else { return }
    facts.endDeclared = true
    let end = first.offset.saturatingSum(bytes)
    guard try reader.reaches(end) else {
      facts.defects.append(
        Defect(
          .truncated,
          "the file ends before the \(bytes) bytes of audio that its \(stated?.name ?? "header") states",
          offset: reader.length, bytes: reader.length.map { end - $0 }))
      return
    }
    // In joined files, the header of the first file says nothing about the end of the last file.
    if let audioEnd, audioEnd - end > Int64(FrameChain.longestFrame) {
      facts.endDeclared = false
      return
    }
    // The walk checks the tags after the audio itself.
    if depth == .header, let tag = TrailingTag(in: try reader.bytes(at: end, count: 32)),
      let length = tag.length, try !reader.reaches(end.saturatingSum(length))
    {
      facts.defects.append(Defect(.truncated, "the \(tag.name) tag is cut short", offset: end))
      return
    }
    // At depth `header`, a tag that only its lost end identifies cannot be told from harmless bytes.
    if depth == .header, let audioEnd, audioEnd > end, !(try continues(reader, at: end)) {
      facts.defects.append(
        Defect(
          .limit,
          "the bytes after the audio are neither audio nor a complete tag, and depth header reads no frames",
          offset: end, bytes: audioEnd - end))
      return
    }
    facts.examined(.declaredEnd)
  }

  /// Whether a frame or padding is at `offset`. Some encoders do not count the frame that holds the header.
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
    try walk.reportGaps(stated, &facts.defects)
    walk.reportChanges(&facts.defects)
    facts.audio?.duration.counted = walk.duration
    guard let stated, let frames = stated.frames else { return walk }
    if stated.bytes == nil, frames >= walk.frames - 1 {
      facts.endDeclared = true
      if frames <= walk.frames { facts.examined(.declaredEnd) }
    }
    guard frames > walk.frames, !facts.isTruncated else { return walk }
    // Some encoders also count the frame that holds the header. Then the byte count proves that nothing is
    // missing.
    let isCut = facts.defects.contains { $0.kind == .cutEnd }
    if frames == walk.frames + 1, stated.bytes != nil, !isCut { return walk }
    facts.defects.append(
      Defect(.truncated, "the \(stated.name) states \(frames) frames, and \(walk.frames) are there"))
    return walk
  }
}
