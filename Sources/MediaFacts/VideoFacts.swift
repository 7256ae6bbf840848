/// What was measured of a video file.
public struct VideoFacts: Sendable, Hashable, Codable {
  /// The major brand of the file, four characters; `nil` if it has no ftyp box.
  public var brand: String?
  /// FFmpeg's name of the video codec (`h264`, `hevc`); `nil` if there is no video track with samples, or if
  /// its codec is unknown.
  public var codec: String?
  /// Video tracks that hold at least one sample; cover art does not count.
  public var videoTracks: Int
  /// The number that the file gives the first video track with samples.
  public var trackID: UInt32?
  /// The number that the file gives the first audio track that was decoded.
  public var audioTrackID: UInt32?
  /// Stored width of the first video track in pixels.
  public var width: Int?
  /// Stored height of the first video track in pixels.
  public var height: Int?
  /// Width as displayed, after sample aspect ratio and rotation.
  public var displayWidth: Int?
  /// Height as displayed, after sample aspect ratio and rotation.
  public var displayHeight: Int?
  /// What else a reader may show as the video: further video tracks, and sizes that contradict the codec's
  /// size.
  public var otherReadings: [PictureReading]
  /// Clockwise rotation for display in degrees: 0, 90, 180 or 270, or another angle as the matrix says.
  public var rotation: Int
  /// Width of a sample (pixel) over its height; 1 for square ones.
  public var sampleAspectRatio: Rational
  /// Average frames per second.
  public var frameRate: Rational?
  /// The number of video frames: counted if packets were read, otherwise from the sample table.
  public var frames: Int?
  /// Whether there is an audio track with samples.
  public var hasAudio: Bool
  /// Whether any sample of a video or audio track is encrypted.
  public var encrypted: Bool
  /// Whether the file is fragmented (has an mvex box, or movie fragments).
  public var fragmented: Bool
  /// Whether the moov box comes before the media data; `nil` if there is no moov box.
  public var moovFirst: Bool?
  /// The durations, each exact.
  public var duration: Durations

  /// Facts of a file in which no track was found yet.
  public init() {
    videoTracks = 0
    otherReadings = []
    rotation = 0
    sampleAspectRatio = Rational(1)
    hasAudio = false
    encrypted = false
    fragmented = false
    duration = Durations()
  }
}

/// A picture that a reader may show instead of the first video track at the size that its codec states.
public struct PictureReading: Sendable, Hashable, Codable {
  /// Where it comes from, for people and reports: `track 2`, or `sample entry` where the container states another size
  /// than the codec's own headers.
  public var name: String
  /// Stored width in pixels.
  public var width: Int
  /// Stored height in pixels.
  public var height: Int
  /// Width as displayed, after sample aspect ratio and rotation.
  public var displayWidth: Int
  /// Height as displayed, after sample aspect ratio and rotation.
  public var displayHeight: Int
  /// The duration that a further track presents, in seconds; `nil` if it is the first track's, or that of a
  /// single frame.
  public var duration: Rational?

  /// A reading that is displayed as it is stored.
  package init(name: String, width: Int, height: Int, duration: Rational? = nil) {
    self.name = name
    (self.width, self.height) = (width, height)
    (displayWidth, displayHeight) = (width, height)
    self.duration = duration
  }
}
