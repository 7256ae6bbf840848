import MediaFacts
import MediaReading

/// Measures RIFF/WAVE files, RF64 and BW64 included.
enum WAVProbe {
  static func measure(
    _ reader: MeteredReader, _ depth: Depth, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    guard let walk = try walk(reader, &facts) else { return }
    // If half a sample is at the end, FFmpeg's decoders refuse the packet that holds it.
    guard
      let played = try DecodedAudio.check(
        reader, .wav, depth, foreignPackets: walk.hasPartialBlock ? 1 : 0, &facts)
    else { return }
    facts.audio?.duration = walk.durations(beside: played, depth)
    reportOtherCodec(walk.format, played, &facts)
  }

  /// The facts from the chunks, before libavformat reads the file; `nil` if nothing can be played.
  static func walk(_ reader: MeteredReader, _ facts: inout MediaFacts) throws(ProbeStop) -> WAVWalk? {
    facts.audio = AudioFacts()
    facts.endDeclared = false
    var layout = WAVLayout()
    try layout.walk(reader, &facts.defects)
    facts.endDeclared = layout.riffEnd != nil && layout.samples.allSatisfy { $0.size != nil }
    let tail = try WAVTail(reader, &layout, &facts.defects)
    guard let format = layout.format, !layout.samples.isEmpty else { return nil }
    facts.audio?.codec = format.codec
    facts.audio?.sampleRate = format.sampleRate > 0 ? format.sampleRate : nil
    facts.audio?.channels = format.channels > 0 ? format.channels : nil
    if let contradiction = format.contradiction {
      facts.defects.append(Defect(.corrupt, contradiction))
      return nil
    }
    for oddity in [format.ambiguity, format.rareRate, layout.rareForm] {
      if let oddity { facts.defects.append(Defect(.irregular, oddity)) }
    }
    let walk = WAVWalk(reader, layout, tail, format)
    report(walk, &facts)
    facts.audio?.duration = walk.durations()
    facts.examined(.header)
    if facts.endDeclared == true, !facts.isTruncated { facts.examined(.declaredEnd) }
    return walk
  }

  private static func report(_ walk: WAVWalk, _ facts: inout MediaFacts) {
    let samples = walk.layout.samples
    if samples.count > 1 {
      facts.defects.append(
        Defect(
          .irregular,
          "the file has \(samples.count) data chunks: some readers play the first one, some the last one",
          offset: samples[1].start - 8))
    }
    // In a file of unknown size, half a sample at the end is the only sign of truncation.
    if let missing = walk.missingOfLastSample {
      facts.defects.append(Defect(.truncated, "the last sample is cut short", bytes: missing))
    }
    let joined = walk.joined
    guard !joined.isEmpty else { return }
    facts.audio?.joined = joined
    let each = joined.prefix(8).map { $0.seconds.map { "\($0.text) s" } ?? "of unknown length" }
    let list = each.joined(separator: ", ") + (joined.count > each.count ? ", …" : "")
    facts.defects.append(
      Defect(
        .irregular,
        "\(joined.count) WAV files are joined into one (\(list)): most readers play only the first",
        offset: joined[1].offset, bytes: walk.length.map { $0 - joined[1].offset }))
  }

  /// Data that the format calls PCM may be frames of another codec, which FFmpeg recognises and plays.
  private static func reportOtherCodec(_ format: WAVFormat, _ played: PlayedAudio, _ facts: inout MediaFacts)
  {
    guard format.isLinear, let codec = played.codec, codec != format.codec else { return }
    facts.audio?.codec = codec
    facts.defects.append(
      Defect(.irregular, "the fmt chunk states \(format.codec), and the samples are frames of \(codec)"))
  }
}

extension Rational {
  /// Seconds for people, with three decimals.
  var text: String {
    let thousandths = (doubleValue * 1000).rounded()
    guard thousandths < 1e15 else { return description }
    let whole = Int64(thousandths)
    let digits = String(whole % 1000 + 1000).dropFirst()
    let places = String(digits.reversed().drop { $0 == "0" }.reversed())
    return places.isEmpty ? "\(whole / 1000)" : "\(whole / 1000).\(places)"
  }
}
