import MediaFacts

/// The result of reading every packet of a file.
struct PacketScan: Sendable {
  /// One tally a stream, by the stream's index.
  var streams: [PacketTally]
  /// Why reading ended before the end of the file, if it did.
  var failure: LibAVFailure?
}

/// The totals of the packets of one stream.
struct PacketTally: Sendable {
  var packets = 0
  var bytes: Int64 = 0
  /// Packets that the demuxer flagged as corrupt: incomplete, or with bytes that break the format.
  var corrupt = 0
  /// The sum of the packets' durations in ticks; `nil` if it does not fit.
  var duration: Int64? = 0
  /// When the packets are shown.
  var played = PlayedTime()
  /// Frame sizes that the codec's headers in the packets state. Only a limited number is kept.
  var statedSizes: Set<FrameSize> = []
  /// The outcome of decoding; empty where nothing was decoded.
  var decoding = DecodeTally()

  mutating func count(bytes size: Int64, duration ticks: Int64, corrupt flagged: Bool) {
    packets += 1
    bytes = bytes.addingReportingOverflow(size).partialValue
    if flagged { corrupt += 1 }
    if let sum = duration?.addingReportingOverflow(max(0, ticks)) {
      duration = sum.overflow ? nil : sum.partialValue
    }
  }
}

/// When the packets of one stream are shown, in ticks of its time base.
///
/// A packet lasts until the next one is decoded, as in the container's tables. libavformat only guesses
/// durations if frames are reordered.
struct PlayedTime: Sendable {
  /// When the first packet is shown; `nil` if none has a time.
  private(set) var start: Int64?
  /// Packets that have a time.
  private(set) var packets = 0
  private var end: Int64?
  private var last: (shown: Int64, decoded: Int64?, duration: Int64)?

  mutating func add(shown: Int64, decoded: Int64?, duration: Int64) {
    if let last {
      let gap = decoded.flatMap { next in last.decoded.map { next.subtractingReportingOverflow($0) } }
      close(gap.flatMap { !$0.overflow && $0.partialValue > 0 ? $0.partialValue : nil } ?? last.duration)
    }
    packets += 1
    start = min(start ?? shown, shown)
    last = (shown, decoded, max(0, duration))
  }

  /// When the packet that is shown last ends.
  ///
  /// - Parameter lastDuration: The duration of the last packet, if a better value than libavformat's is
  ///   known.
  func end(lastDuration: Int64? = nil) -> Int64? {
    var time = self
    if let last { time.close(lastDuration ?? last.duration) }
    return time.end
  }

  private mutating func close(_ duration: Int64) {
    guard let last else { return }
    let (until, overflow) = last.shown.addingReportingOverflow(duration)
    let shown = overflow ? last.shown : until
    end = max(end ?? shown, shown)
  }
}

/// How much is decoded while packets are read.
enum DecodeScope: Sendable {
  /// Nothing.
  case nothing
  /// The first frame of each audio and video stream.
  case firstFrames
  /// The first frame of each stream, but packets before it that do not decode are skipped and counted as
  /// errors.
  case firstFramesPastErrors
  /// Every frame of each audio and video stream.
  case everyFrame
}

/// The stream whose first frame becomes the preview.
struct Poster: Sendable {
  var stream: Int
  /// Clockwise, for display.
  var quarterTurns: Int
}

/// The result of decoding one stream.
struct DecodeTally: Sendable {
  /// Whether this FFmpeg has no decoder for the codec, or reports that it lacks a feature that the stream
  /// uses.
  var unsupported = false
  /// Decoded frames.
  var frames = 0
  /// Decoded audio samples per channel, by sample rate.
  var samples: [Int: Int64] = [:]
  /// Packets that did not decode, and frames that were decoded with damage.
  var errors = 0
  /// The first error, and the number of packets of the stream that were decoded before it.
  var firstError: LibAVFailure?
  var firstErrorPacket = 0
  /// Size of the first video frame in pixels.
  var size: FrameSize?
  /// Sizes of later frames that differed. Only a limited number is kept.
  var otherSizes: Set<FrameSize> = []
  /// More sizes than these give no new information.
  static let mostSizes = 16
  /// Sample aspect ratio of the first video frame; `nil` if the codec does not state it.
  var sampleAspectRatio: Rational?
  /// A preview of the first frame, if it was requested.
  var preview: Preview?
}

/// Width and height of a frame in pixels.
struct FrameSize: Sendable, Hashable {
  var width: Int
  var height: Int
}
