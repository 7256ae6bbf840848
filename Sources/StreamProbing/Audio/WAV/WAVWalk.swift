import MediaFacts
import MediaReading

/// The result of walking the chunks of a WAV: its duration, as the chunks state it.
struct WAVWalk {
  let layout: WAVLayout
  let format: WAVFormat
  /// The file's length in bytes, if it is known.
  let length: Int64?
  private let tail: WAVTail

  init(_ reader: MeteredReader, _ layout: WAVLayout, _ tail: WAVTail, _ format: WAVFormat) {
    self.layout = layout
    self.format = format
    self.tail = tail
    length = reader.length
  }

  /// The available bytes of the last `data` chunk, which is the chunk that libavformat plays.
  private var present: Int64? {
    guard let last = layout.samples.last else { return nil }
    return length.map { min(last.size ?? .max, max(0, $0 - last.start)) }
  }

  var hasPartialBlock: Bool {
    guard format.isLinear else { return false }
    guard let present else { return true }
    return present % Int64(format.blockAlign) != 0 || present % Int64(format.bytesPerFrame) != 0
  }

  /// The bytes that are missing from the last sample in a file of unknown size.
  var missingOfLastSample: Int64? {
    guard format.isLinear, layout.samples.last?.size == nil, let present else { return nil }
    let rest = present % Int64(format.bytesPerFrame)
    // One byte may be the padding to an even length.
    guard rest > 1 || (rest == 1 && present % 2 == 1) else { return nil }
    return Int64(format.bytesPerFrame) - rest
  }

  /// The files that are joined into this one; empty if there is only one.
  var joined: [JoinedAudio] {
    guard let second = tail.joined.first else { return [] }
    let first = JoinedAudio(
      offset: 0, bytes: second.layout.start, seconds: layout.samples.last.flatMap(seconds))
    return [first]
      + tail.joined.map { part, end in
        let playable = part.format.flatMap { $0.contradiction == nil ? $0 : nil }
        let bytes = part.samples.last.map { $0.size ?? end - $0.start }
        return JoinedAudio(
          offset: part.start, bytes: end - part.start,
          seconds: playable.flatMap { format in bytes.flatMap { Self.seconds($0, format) } })
      }
  }

  /// The durations that FFmpeg reports and plays, and all other durations that a reader could use.
  ///
  /// - Parameter played: The durations from FFmpeg. Without them, those that the chunks state are used.
  func durations(beside played: PlayedAudio? = nil, _ depth: Depth = .header) -> Durations {
    var durations = Durations()
    let own = present.flatMap { Self.seconds($0, format) }
    if let played {
      durations.container = played.container
      durations.stream = played.stream
      durations.counted = played.played()
    }
    if format.isLinear, durations.counted == nil { durations.counted = own }
    if durations.known.isEmpty { durations.container = layout.samples.last.flatMap(seconds) ?? own }
    addReadings(own, &durations)
    return durations
  }

  private func addReadings(_ own: Rational?, _ durations: inout Durations) {
    let rate = Int64(format.sampleRate)
    if layout.statesNoData { durations.addReading("data chunk", Rational(0)) }
    // The byte rate of a compressed codec is its least reliable statement.
    let chunks =
      format.isLinear || layout.factSamples == nil || layout.samples.count > 1 ? layout.samples : []
    for (number, samples) in chunks.enumerated() {
      add(number == 0 ? "data chunk" : "data chunk \(number + 1)", seconds(samples), &durations)
    }
    let sizes = layout.samples.compactMap(\.size)
    if sizes.count > 1 {
      add("all data chunks", sum(sizes.compactMap { Self.seconds($0, format) }), &durations)
    }
    for (name, size) in layout.otherSizes + tail.otherSizes {
      add(name, Self.seconds(size, format), &durations)
    }
    if joined.count > 1 { add("all joined files", sum(joined.compactMap(\.seconds)), &durations) }
    if !chunks.isEmpty { add("bytes that are there", own, &durations) }
    // Some readers use the byte rate, some the size of a block, some the count of samples.
    if format.isLinear, let bytes = layout.samples.last?.size ?? present {
      let block = Int64(format.blockAlign)
      add("block size", Rational(bytes / block, over: rate), &durations)
      if format.byteRate > 0 {
        add("byte rate", Rational(bytes - bytes % block, over: Int64(format.byteRate)), &durations)
      }
    } else if let claimed = format.samplesPerBlock, let present {
      let (count, overflow) = (present / Int64(format.blockAlign)).multipliedReportingOverflow(
        by: Int64(claimed))
      if !overflow { add("samples per block", Rational(count, over: rate), &durations) }
    }
    add("fact chunk", stated(layout.factSamples), &durations)
    add("ds64 chunk", stated(layout.longSamples), &durations)
  }

  /// The duration that a count of samples gives. A writer that does not know the size does not know the count
  /// either.
  private func stated(_ samples: Int64?) -> Rational? {
    guard let samples, layout.samples.last?.size != nil || samples > 0 else { return nil }
    let (bytes, overflow) = samples.multipliedReportingOverflow(
      by: Int64(max(1, format.isLinear ? format.bytesPerFrame : 1)))
    if layout.samples.last?.size == nil, overflow || PlaceholderSize.isOne(bytes, present: present) {
      return nil
    }
    return Rational(samples, over: Int64(format.sampleRate))
  }

  /// Adds a reading. For a compressed codec, a reading is added only if it differs from the known ones by
  /// more than rounding.
  private func add(_ name: String, _ seconds: Rational?, _ durations: inout Durations) {
    guard let seconds else { return }
    if !format.isLinear, durations.known.contains(where: { $0.seconds.isNear(seconds) }) { return }
    durations.addReading(name, seconds)
  }

  private func seconds(_ samples: WAVLayout.Samples) -> Rational? {
    samples.size.flatMap { Self.seconds($0, format) }
  }

  private func sum(_ durations: [Rational]) -> Rational? {
    durations.reduce(Rational(0)) { $0?.adding($1) }
  }

  /// The duration of `bytes` of samples.
  private static func seconds(_ bytes: Int64, _ format: WAVFormat) -> Rational? {
    if format.isLinear {
      return Rational(bytes / Int64(format.bytesPerFrame), over: Int64(format.sampleRate))
    }
    return Rational(bytes, over: Int64(format.byteRate))
  }
}

extension Rational {
  /// Whether rounding, a codec's delay and a last packet can explain the difference of the two.
  func isNear(_ other: Rational) -> Bool {
    abs(doubleValue - other.doubleValue) <= max(doubleValue, other.doubleValue) / 50 + 0.05
  }
}
