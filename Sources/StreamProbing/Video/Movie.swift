import MediaFacts

/// The content of the boxes of a movie file, unchanged.
struct Movie: Sendable {
  /// The length of the file in bytes.
  let length: Int64
  var brand: String?
  /// Where the first moov box starts.
  var moov: Int64?
  /// Where the first mdat or moof box starts.
  var firstMedia: Int64?
  /// Ticks a second of `duration`, of edits and of `fragmentDuration`; `nil` without an mvhd box.
  var timescale: Int64?
  /// mvhd's duration; `nil` if mvhd states that it is unknown.
  var duration: Int64?
  var matrix = DisplayMatrix.identity
  /// Whether there is an mvex box or a moof box.
  var fragmented = false
  /// mehd's duration of the movie with all fragments.
  var fragmentDuration: Int64?
  var fragmentDefaults: [UInt32: FragmentDefaults] = [:]
  /// Whether the moov box is compressed.
  var compressed = false
  var tracks: [Track] = []
  /// Durations that boxes state and that only some readers use, by position.
  var statedElsewhere: [DurationReading] = []
  /// Tracks that another track references as its chapters.
  var chapterTracks: Set<UInt32> = []
  /// What the segment indexes list; `nil` without one, or if it does not fit.
  var indexed: Rational?
  /// Whether an index states where the last fragment ends: mfra at the end, or one sidx over several
  /// fragments.
  var fragmentsIndexed = false
  /// The end of the sample that is last in the file, according to tables and fragments.
  var sampleEnd: Int64 = 0
  /// Whether all boxes were walked, and so `sampleEnd` covers all samples.
  var readTables = false
  /// What is wrong, in the order of the file.
  var defects: [Defect] = []

  /// The tracks of `kind` that hold samples.
  func tracks(_ kind: Track.Kind) -> [Track] {
    tracks.filter { $0.kind == kind && $0.samples.count > 0 }
  }

  /// Whether bytes are known to be missing at the end.
  var truncated: Bool { defects.contains { $0.kind == .truncated } }

  /// The track that corresponds to libavformat's `stream`.
  func track(of stream: LibAVStream) -> Track? { tracks.first { $0.id == stream.id } }

  /// How many samples of `stream` the boxes list.
  func sampleCount(of stream: LibAVStream) -> Int { track(of: stream)?.samples.count ?? 0 }

  /// Video and audio tracks with samples that have no bytes. A frame without bytes is not a frame, so such a
  /// video track is damaged. Players skip a gap in audio, so an audio track is damaged only if most of it is
  /// missing.
  var emptySamples: [Defect] {
    (tracks(.video) + tracks(.audio)).filter { $0.samples.empty > 0 }.map { track in
      let (empty, count) = (track.samples.empty, track.samples.count)
      let message = "\(empty) of \(count) samples of track \(track.id) have no bytes"
      return Defect(track.kind == .video || track.samples.filled <= empty ? .corrupt : .emptySamples, message)
    }
  }

  /// Whether boxes break the format. Demuxers interpret such boxes differently, so the bounds that were
  /// checked here do not apply to them.
  var corrupt: Bool { defects.contains { $0.kind == .corrupt } }

  /// Records a duration that only some readers use. Only a limited number is kept.
  mutating func state(_ name: String, _ seconds: Rational?) {
    guard let seconds, statedElsewhere.count < 16 else { return }
    statedElsewhere.append(DurationReading(name: name, seconds: seconds))
  }

  /// `ticks` of the movie in seconds.
  func seconds(_ ticks: Int64?) -> Rational? {
    ticks.flatMap { ticks in timescale.flatMap { Rational(ticks, over: $0) } }
  }

  /// A duration from a header of a file whose samples are in the moov box. The headers of a fragmented movie
  /// describe only the samples in moov. There are none, so 0 does not state a duration there.
  func stated(_ seconds: Rational?) -> Rational? {
    fragmented && seconds == Rational(0) ? nil : seconds
  }
}

/// The defaults from trex that tfhd inherits.
struct FragmentDefaults: Sendable {
  var duration: UInt64 = 0
  var size: UInt64 = 0
}

/// One trak box.
struct Track: Sendable {
  enum Kind: Sendable {
    case video
    case audio
    case other
  }

  /// The track's number; 0 until a tkhd box was read.
  var id: UInt32 = 0
  /// The type in the track's handler.
  var handler = Kind.other
  /// Whether the handler is auxiliary video (depth, alpha), which most readers treat as video.
  var isAuxiliary = false
  /// Whether a hdlr box was read.
  var hasHandler = false
  /// The kind that a reader assigns to the track, from its handler or its first sample entry.
  var kind = Kind.other
  /// How handler and sample entry contradict each other, if they do.
  var kindDefect: String?
  var matrix = DisplayMatrix.identity
  /// tkhd's duration in ticks of the movie; `nil` if tkhd states that it is unknown.
  var duration: Int64?
  /// Ticks a second of the media; `nil` without an mdhd box.
  var timescale: Int64?
  /// mdhd's duration in ticks of the media; `nil` if mdhd states that it is unknown.
  var mediaDuration: Int64?
  var edits: [Edit] = []
  /// Entries that fit in the elst box but are not in its count.
  var uncountedEdits: [Edit] = []
  /// The sample entries, in their order.
  var entries: [SampleEntry] = []
  /// The codec's four characters of the first sample entry.
  var codec: String? { entries.first?.type }
  /// Pixels as the first sample entry of a video track states them; 0 if it does not.
  var size: FrameSize { entries.first?.size ?? FrameSize(width: 0, height: 0) }
  /// Whether any sample entry is an encrypted one.
  var encrypted = false
  /// Numbers (from 1) of data references to other files, and those that sample entries use.
  var externalReferences: Set<UInt64> = []
  var usedReferences: Set<UInt64> = []
  /// The boxes of the sample table, as far as they are there.
  var table = SampleTable()
  /// Whether a sample is one sample of uncompressed audio, of which demuxers read many at a time.
  var isPlain = false
  /// The totals of the sample table and the fragments.
  var samples = SampleTotals()
}

/// One entry of an edit list.
struct Edit: Sendable, Hashable {
  /// In ticks of the movie; 0 means to the end of the media.
  var duration: Int64
  /// Where in the media the edit begins, in ticks of the media; `nil` for an empty edit.
  var mediaTime: Int64?
  /// Speed as 16.16 fixed point; 0 dwells on one frame.
  var rate: Int32
}

/// The fields of one stsd entry that matter for video.
struct SampleEntry: Sendable, Hashable {
  /// The codec's four characters.
  var type: String
  /// Pixels; 0 where the entry is not a video's.
  var size: FrameSize
}

/// The totals of samples, in ticks of the media.
struct SampleTotals: Sendable, Hashable {
  var count = 0
  /// Samples of no bytes, which demuxers leave out.
  var empty = 0
  /// Samples that hold anything.
  var filled: Int { count - empty }
  /// The sum of all durations.
  var duration: Int64 = 0
  /// When the next sample of a fragment is decoded, unless the fragment states that itself.
  var clock: Int64 = 0
  /// The duration of the last sample.
  var lastDuration: Int64 = 0
  /// When the first sample is shown.
  var presentedStart: Int64?
  /// The end of the sample that is shown last. It differs from `duration` if samples are shown in another
  /// order than stored, or if time passes between fragments.
  var presentedEnd: Int64 = 0
  /// From the first sample shown to the end of the last one; `nil` if there is none, or it does not fit.
  var presentedSpan: Int64? {
    guard let start = presentedStart else { return nil }
    let (span, overflow) = presentedEnd.subtractingReportingOverflow(start)
    return overflow ? nil : span
  }

  /// Adds `samples` of a fragment or table, which are decoded in order.
  mutating func add(_ samples: UInt64 = 1, duration ticks: Int64, offset: Int64, empty isEmpty: Bool = false)
  {
    count = count.addingReportingOverflow(Int(clamping: samples)).partialValue
    if isEmpty { empty += 1 }
    // Ticks have 32 bits and counts are bounded, so only a hostile table before this one can make the sum
    // overflow.
    let (sum, overflow) = ticks.multipliedReportingOverflow(by: Int64(clamping: samples))
    let (end, beyond) = clock.addingReportingOverflow(sum)
    let (total, more) = duration.addingReportingOverflow(sum)
    guard !overflow, !beyond, !more, samples > 0 else { return }
    // Negative ticks run backwards, so either the first or the last of the samples is shown first.
    for decoded in [clock, end - ticks] {
      let (shown, overflow) = decoded.addingReportingOverflow(offset)
      let (until, beyond) = shown.addingReportingOverflow(max(0, ticks))
      guard !overflow, !beyond else { continue }
      presentedStart = min(presentedStart ?? shown, shown)
      presentedEnd = max(presentedEnd, until)
    }
    (clock, duration, lastDuration) = (end, total, ticks)
  }
}
