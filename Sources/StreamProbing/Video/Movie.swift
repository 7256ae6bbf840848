import MediaFacts

/// What the boxes of a movie file say, as they say it.
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
  /// mvhd's duration; `nil` if it says that it is unknown.
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
  /// Tracks that hold chapter titles or pictures of another track.
  var chapterTracks: Set<UInt32> = []
  /// Whether an index says where the last fragment ends: mfra at the end, or one sidx over several fragments.
  var fragmentsIndexed = false
  /// The first byte after the sample that lies last in the file, as tables and fragments say.
  var sampleEnd: Int64 = 0
  /// Whether all boxes were walked, so that `sampleEnd` is that of all samples.
  var readTables = false
  /// What is wrong, in the order of the file.
  var defects: [Defect] = []

  /// The tracks of `kind` that hold samples, chapters left out.
  func tracks(_ kind: Track.Kind) -> [Track] {
    tracks.filter { $0.kind == kind && $0.samples.count > 0 && !chapterTracks.contains($0.id) }
  }

  /// Whether bytes are known to be missing at the end.
  var truncated: Bool { defects.contains { $0.kind == .truncated } }

  /// The track that libavformat knows as `stream`.
  func track(of stream: LibAVStream) -> Track? { tracks.first { $0.id == stream.id } }

  /// How many samples of `stream` the boxes tell of.
  func sampleCount(of stream: LibAVStream) -> Int { track(of: stream)?.samples.count ?? 0 }

  /// Tracks of pictures and sound with samples that have no bytes. A frame without bytes is no frame, so that a video
  /// track is damaged; players pass over a gap in sound, so that a sound track is only if most of it is missing.
  var emptySamples: [Defect] {
    (tracks(.video) + tracks(.audio)).filter { $0.samples.empty > 0 }.map { track in
      let (empty, count) = (track.samples.empty, track.samples.count)
      let message = "\(empty) of \(count) samples of track \(track.id) have no bytes"
      return Defect(track.kind == .video || track.samples.filled <= empty ? .corrupt : .emptySamples, message)
    }
  }

  /// Whether boxes break the format. Demuxers guess differently at what such boxes mean, so no bound that was checked
  /// here holds for them.
  var corrupt: Bool { defects.contains { $0.kind == .corrupt } }

  /// What mehd or mvhd says, in seconds; 0 is what writers put who did not know.
  var declaredDuration: Rational? {
    guard let timescale, let ticks = fragmentDuration ?? duration, ticks > 0 else { return nil }
    return Rational(ticks, over: timescale)
  }
}

/// What tfhd inherits from trex.
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
  var kind = Kind.other
  var matrix = DisplayMatrix.identity
  /// Ticks a second of the media; `nil` without an mdhd box.
  var timescale: Int64?
  var edits: [Edit] = []
  /// The codec's four characters of the first sample entry.
  var codec: String?
  /// Pixels as the first sample entry of a video track says; 0 if it does not.
  var size = FrameSize(width: 0, height: 0)
  /// Whether any sample entry is an encrypted one.
  var encrypted = false
  /// Numbers (from 1) of data references to other files, and those that sample entries use.
  var externalReferences: Set<UInt64> = []
  var usedReferences: Set<UInt64> = []
  /// The boxes of the sample table, as far as they are there.
  var table = SampleTable()
  /// What the sample table and the fragments add up to.
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

/// What samples add up to.
struct SampleTotals: Sendable, Hashable {
  var count = 0
  /// Samples of no bytes, which demuxers leave out.
  var empty = 0
  /// Samples that hold anything.
  var filled: Int { count - empty }
  /// In ticks of the media.
  var duration: Int64 = 0
  /// The end of the sample that is shown last, in ticks of the media; differs from `duration` where samples are
  /// shown in another order than they are stored in.
  var presentedEnd: Int64 = 0

  mutating func add(duration ticks: UInt64, offset: Int64, empty isEmpty: Bool) {
    // Ticks are 32 bits wide and counts bounded, so a sum that overflows came from a hostile table before.
    let (end, overflow) = duration.addingReportingOverflow(Int64(clamping: ticks))
    count += 1
    if isEmpty { empty += 1 }
    guard !overflow else { return }
    duration = end
    let (shown, beyond) = end.addingReportingOverflow(offset)
    if !beyond { presentedEnd = max(presentedEnd, shown) }
  }
}
