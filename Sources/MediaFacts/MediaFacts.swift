/// The measured facts of one asset, without judgement.
public struct MediaFacts: Sendable, Hashable, Codable {
  /// The format by content; `nil` if nothing known was recognised.
  public var format: MediaFormat?
  /// Details from the content beyond the format, for people: `brand avif`, `begins with "<!DOCTYPE"`.
  public var formatDetail: String?
  /// The title of a web page, decoded, at most 256 Unicode scalars; `nil` if it has none, or is not a page.
  ///
  /// It is not trusted text: it may hold control and bidirectional characters.
  public var pageTitle: String?
  /// Whether the format declares where the file ends, so that a truncated file is always noticed.
  ///
  /// `nil` if the format is not one that is measured.
  public var endDeclared: Bool?
  /// Facts of an image that was measured.
  public var image: ImageFacts?
  /// Facts of an audio file that was measured.
  public var audio: AudioFacts?
  /// Facts of a video file that was measured.
  public var video: VideoFacts?
  /// What is wrong with, or missing from, the bytes, in the order in which it was found.
  public var defects: [Defect]
  /// What was examined. The other facts are based on it.
  public var evidence: [Evidence]
  /// A preview for people, if the request wanted one and one could be made. No rule uses it.
  public var preview: Preview?

  /// Facts with nothing measured yet.
  public init(format: MediaFormat? = nil, formatDetail: String? = nil) {
    self.format = format
    self.formatDetail = formatDetail
    defects = []
    evidence = []
  }

  /// Records once that `item` was examined.
  package mutating func examined(_ item: Evidence) {
    if !evidence.contains(item) { evidence.append(item) }
  }
}

/// Something that a probe examined completely, without being stopped.
public struct Evidence: RawRepresentable, Sendable, Hashable, Codable {
  /// The stable name in reports.
  public var rawValue: String

  /// An item by its stable name.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The format's headers were read.
  public static let header = Evidence(rawValue: "header")
  /// The end that the file declares was seen to be there.
  public static let declaredEnd = Evidence(rawValue: "declared_end")
  /// Every row of every image frame was decoded.
  public static let rows = Evidence(rawValue: "rows")
  /// Every checksum of the format was verified.
  public static let checksums = Evidence(rawValue: "checksums")
  /// Every sample that the tables name is inside the file.
  public static let sampleTables = Evidence(rawValue: "sample_tables")
  /// Every packet was read.
  public static let packets = Evidence(rawValue: "packets")
  /// The first frame of each audio and video stream was decoded.
  public static let firstFrames = Evidence(rawValue: "first_frames")
  /// Every frame of each audio and video stream was decoded.
  public static let frames = Evidence(rawValue: "frames")
}

/// A small image of an asset for people. It is not a fact, and never part of a JSON report.
public struct Preview: Sendable, Hashable, Codable {
  /// Width in pixels, upright as displayed.
  public var width: Int
  /// Height in pixels.
  public var height: Int
  /// The preview as a JPEG file that was encoded here. It contains no byte of the asset.
  public var jpeg: [UInt8]

  /// The longest side of a preview in pixels.
  package static let longestSide = 144

  /// A preview of a size.
  package init(width: Int, height: Int, jpeg: [UInt8]) {
    self.width = width
    self.height = height
    self.jpeg = jpeg
  }
}
