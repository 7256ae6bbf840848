import MediaFacts
import MediaReading

/// Measures RIFF/WAVE files, RF64 and BW64 included.
enum WAVProbe {
  static func measure(
    _ reader: MeteredReader, _ depth: Depth, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    facts.audio = AudioFacts()
    facts.endDeclared = false
    var layout = WAVLayout()
    try layout.walk(reader, &facts.defects)
    facts.endDeclared = layout.riffEnd != nil && (layout.dataStart == nil || layout.dataSize != nil)
    reportTrail(reader, layout, &facts)
    guard let format = layout.format, let start = layout.dataStart else { return }
    facts.audio?.codec = format.codec
    facts.audio?.sampleRate = format.sampleRate > 0 ? format.sampleRate : nil
    facts.audio?.channels = format.channels > 0 ? format.channels : nil
    if let contradiction = format.contradiction {
      facts.defects.append(Defect(.corrupt, contradiction))
      return
    }
    let present = reader.length.map { length in
      min(layout.dataSize ?? .max, max(0, length - start))
    }
    facts.audio?.duration = durations(format, layout, present)
    // Some readers take such a size at its word, beside a RIFF size that says otherwise.
    if layout.statesNoData { facts.audio?.duration.container = Rational(0) }
    reportPartialBlock(format, layout, present, &facts)
    facts.examined(.header)
    if facts.endDeclared == true, !facts.isTruncated { facts.examined(.declaredEnd) }

    guard depth > .header else { return }
    // FFmpeg's decoders refuse the packet that half a sample at the end leaves.
    let hasPartialBlock = format.isLinear && present.map { $0 % Int64(format.blockAlign) != 0 } ?? true
    let packets = try DecodedAudio.check(
      reader, .wav, depth, foreignPackets: hasPartialBlock ? 1 : 0, &facts)
    if facts.audio?.duration.counted == nil, format.isLinear || format.isSelfFramed {
      facts.audio?.duration.counted = packets
    }
  }

  /// The durations that the chunks give; what only packets can count is left out.
  private static func durations(_ format: WAVFormat, _ layout: WAVLayout, _ present: Int64?) -> Durations {
    var durations = Durations()
    let rate = Int64(format.sampleRate)
    let byteRate = Int64(format.byteRate)
    let block = Int64(format.blockAlign)
    if format.isLinear {
      durations.counted = present.flatMap { Rational($0 / block, over: rate) }
      guard let size = layout.dataSize else { return durations }
      durations.stream = Rational(size / block, over: rate)
      // Players that trust the byte rate and players that count samples differ where it is wrong.
      durations.container =
        byteRate > 0 ? Rational(size - size % block, over: byteRate) : durations.stream
      return durations
    }
    if let samples = format.samplesPerBlock, samples > 0, let present {
      let (count, overflow) = (present / block).multipliedReportingOverflow(by: Int64(samples))
      durations.counted = overflow ? nil : Rational(count, over: rate)
    }
    if let samples = layout.factSamples {
      durations.container = Rational(samples, over: rate)
    } else if let size = layout.dataSize, byteRate > 0 {
      durations.container = Rational(size, over: byteRate)
    }
    return durations
  }

  /// In a file of unknown size, half a sample at the end is the only sign that it was cut.
  private static func reportPartialBlock(
    _ format: WAVFormat, _ layout: WAVLayout, _ present: Int64?, _ facts: inout MediaFacts
  ) {
    guard format.isLinear, layout.dataSize == nil, let present else { return }
    let rest = present % Int64(format.blockAlign)
    // One byte may be the padding to an even length.
    guard rest > 1 || (rest == 1 && present % 2 == 1) else { return }
    facts.defects.append(
      Defect(.truncated, "the last sample is cut short", bytes: Int64(format.blockAlign) - rest))
  }

  private static func reportTrail(_ reader: MeteredReader, _ layout: WAVLayout, _ facts: inout MediaFacts) {
    guard let riffEnd = layout.riffEnd, let length = reader.length, facts.endDeclared == true else { return }
    // The walk steps over the padding of an odd last chunk, which the RIFF size may leave out. A RIFF size
    // that ends inside the data chunk is stale, and players go by the chunk.
    let end = max(riffEnd, layout.position)
    guard length > end else { return }
    facts.defects.append(
      Defect(.trailingData, "the file goes on behind its RIFF chunk", offset: end, bytes: length - end))
  }
}
