/// A request to a probe: the media that is wanted, the depth, and the budget.
public struct ProbeRequest: Sendable, Hashable, Codable {
  /// The kind of media that is wanted; `nil` for any kind. Content of another kind is recognised, but not
  /// measured.
  public var expected: MediaKind?
  /// How much of the asset to read.
  public var depth: Depth
  /// What the probe may spend.
  public var budget: Budget
  /// Whether to make a preview for people if the media has no defects. For images, it costs a second read.
  public var preview: Bool

  /// A request for media of one kind, or of any.
  public init(
    expected: MediaKind? = nil, depth: Depth = .full, budget: Budget = Budget(), preview: Bool = false
  ) {
    self.expected = expected
    self.depth = depth
    self.budget = budget
    self.preview = preview
  }
}

/// How much of an asset a probe reads before it answers.
public enum Depth: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Headers are read, and the declared end of the file is checked to exist.
  case header
  /// Every row, checksum and packet is read, and the first frame of each stream is decoded.
  case full
  /// Like `full`, and every frame of audio and video is decoded.
  case decode

  /// Shallower depths come first.
  public static func < (lhs: Depth, rhs: Depth) -> Bool {
    lhs.rank < rhs.rank
  }

  private var rank: Int {
    switch self {
    case .header: 0
    case .full: 1
    case .decode: 2
    }
  }
}

/// The limits on what one probe may read, allocate, nest and spend. Reaching a limit is a `Defect` of kind
/// `limit`.
///
/// A budget is not a documented limit. It protects the process, and it is larger than the documented limits,
/// so that a file just over a limit is still measured. Sizes are in bytes, counts are inclusive.
public struct Budget: Sendable, Hashable, Codable {
  /// Bytes that the probe may read from its source in all, rereads included.
  public var bytesRead: Int64 = 512 << 20
  /// Calls that the probe may make to its source.
  public var reads: Int = 200_000
  /// Reads that do not continue where the previous one ended. For a remote asset, each may cost a request.
  public var seeks: Int = 100_000
  /// Wall-clock time from the first read to the answer, without the time waiting for other probes that hold a
  /// whole image.
  public var time: Duration = .seconds(60)
  /// Processor time of a worker process, if probing is confined. In process there is no such bound.
  public var processorTime: Duration = .seconds(60)
  /// Bytes of memory that a worker process may use in addition to its initial memory, if probing is confined.
  public var workerMemory: Int64 = 640 << 20
  /// Pixels of one image or video frame that may be decoded.
  public var pixels: Int64 = 80_000_000
  /// Bytes that a decoder which must hold a whole image may allocate.
  public var wholeImageMemory: Int64 = 500 << 20
  /// Scans of a progressive JPEG.
  public var scans: Int = 500
  /// Bytes of one metadata block (EXIF) that are read. ICC profiles, texts and tags are skipped, whatever
  /// they contain.
  public var metadataBytes: Int = 4 << 20
  /// Chunks or segments of an image or a RIFF file.
  public var chunks: Int = 100_000
  /// ISO-BMFF boxes.
  public var boxes: Int = 100_000
  /// Nesting depth of ISO-BMFF boxes.
  public var nesting: Int = 32
  /// Streams of an audio or video file.
  public var streams: Int = 32
  /// Frames or packets that are counted, and frames that are decoded at depth `decode`.
  public var frames: Int = 500_000

  /// The default budget, which has room above every documented limit.
  public init() {}
}
