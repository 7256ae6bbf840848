public import MediaFacts

/// Every limit that a job and its assets are judged by, as data.
///
/// No documented number stands anywhere else. `documented` is the API page's set; a changed copy is an override.
public struct Limits: Sendable, Hashable {
  /// Formats of images, as `MediaFormat` ids.
  public var imageFormats: Limit
  /// Width and height of an image, each.
  public var imageSide: Limit
  /// Width over height of an image.
  public var imageAspectRatio: Limit
  /// Bytes of an image.
  public var imageSize: Limit
  /// Formats of audio, as `MediaFormat` ids.
  public var audioFormats: Limit
  /// Length of audio.
  public var audioDuration: Limit
  /// Bytes of audio.
  public var audioSize: Limit
  /// Formats of video, as `MediaFormat` ids.
  public var videoFormats: Limit
  /// Width and height of a video, each.
  public var videoSide: Limit
  /// Width over height of a video; the model owner's limit, not the API page's.
  public var videoAspectRatio: Limit
  /// Length of a video.
  public var videoDuration: Limit
  /// Bytes of a video.
  public var videoSize: Limit
  /// Length of `prompt`.
  public var prompt: Limit
  /// Length of `negative_prompt`.
  public var negativePrompt: Limit
  /// Values of `resolution`.
  public var resolution: Limit
  /// Range of `duration`, with its default.
  public var duration: Limit
  /// Range of `seed`.
  public var seed: Limit

  /// The profile that these limits belong to.
  public static let profile = "freepik/wan-2-7"
  /// The day on which the API page was read.
  public static let captured = "2026-11-22"

  /// The limits of the API page.
  public static let documented = Limits(
    imageFormats: Limit(
      "image-formats", "format of an image", allowed: ["jpeg", "png", "bmp", "webp"],
      names: ["JPEG", "PNG", "BMP", "WebP"],
      source: .apiPage("Supported formats: JPEG, PNG, BMP, WEBP")),
    imageSide: Limit(
      "image-side", "width and height of an image", 240...8000, unit: "px",
      readings: ["stored", "displayed"],
      source: .apiPage("Dimensions: 240-8000px per side, aspect ratio between 1:8 and 8:1")),
    imageAspectRatio: Limit(
      "image-aspect-ratio", "width over height of an image", ratio: (1, 8), (8, 1),
      readings: ["stored", "displayed"],
      source: .apiPage("Dimensions: 240-8000px per side, aspect ratio between 1:8 and 8:1")),
    imageSize: Limit(
      "image-size", "size of an image file", atMost: 20, unit: "MB", readings: sizeReadings,
      source: .apiPage("Maximum file size: 20MB")),
    audioFormats: Limit(
      "audio-formats", "format of audio", allowed: ["wav", "mp3"], names: ["WAV", "MP3"],
      source: .apiPage("Supported formats: WAV, MP3")),
    audioDuration: Limit(
      "audio-duration", "length of audio", 2...30, unit: "s", readings: durationReadings,
      source: .apiPage("Duration: 2-30 seconds")),
    audioSize: Limit(
      "audio-size", "size of an audio file", atMost: 15, unit: "MB", readings: sizeReadings,
      source: .apiPage("Maximum file size: 15MB")),
    videoFormats: Limit(
      "video-formats", "format of a video", allowed: ["mp4", "mov"], names: ["MP4", "MOV"],
      source: .apiPage("Supported formats: MP4, MOV")),
    videoSide: Limit(
      "video-side", "width and height of a video", 240...4096, unit: "px", readings: ["stored", "displayed"],
      source: .apiPage("Dimensions: 240-4096px per side")),
    videoAspectRatio: Limit(
      "video-aspect-ratio", "width over height of a video", ratio: (1, 8), (8, 1),
      readings: ["stored", "displayed"],
      source: .modelOwner("The aspect ratio of the video is 1:8 to 8:1.")),
    videoDuration: Limit(
      "video-duration", "length of a video", 2...10, unit: "s", readings: durationReadings,
      source: .apiPage("Duration: 2-10 seconds")),
    videoSize: Limit(
      "video-size", "size of a video file", atMost: 100, unit: "MB", readings: sizeReadings,
      source: .apiPage("Maximum file size: 100MB")),
    prompt: Limit(
      "prompt", "length of prompt", atMost: 5000, unit: "characters", readings: textReadings,
      source: .apiPage("Maximum string length: 5000")),
    negativePrompt: Limit(
      "negative-prompt", "length of negative_prompt", atMost: 500, unit: "characters", readings: textReadings,
      source: .apiPage("Maximum string length: 500")),
    resolution: Limit(
      "resolution", "value of resolution", allowed: ["720P", "1080P"], defaultValue: "1080P",
      source: .apiPage("Available options: 720P, 1080P")),
    duration: Limit(
      "duration", "value of duration", 2...15, unit: "s", defaultValue: "5",
      source: .apiPage("Required range: 2 <= x <= 15")),
    seed: Limit(
      "seed", "value of seed", 0...2_147_483_647,
      source: .apiPage("Required range: 0 <= x <= 2147483647")))

  /// Every limit, in the order of the documentation.
  public var all: [Limit] {
    [
      imageFormats, imageSide, imageAspectRatio, imageSize, audioFormats, audioDuration, audioSize,
      videoFormats, videoSide, videoAspectRatio, videoDuration, videoSize, prompt, negativePrompt,
      resolution, duration, seed,
    ]
  }

  /// The formats of a kind of media.
  public func formats(of kind: MediaKind) -> Limit {
    switch kind {
    case .image: imageFormats
    case .audio: audioFormats
    case .video: videoFormats
    }
  }

  /// The file size of a kind of media.
  public func size(of kind: MediaKind) -> Limit {
    switch kind {
    case .image: imageSize
    case .audio: audioSize
    case .video: videoSize
    }
  }

  /// The seconds that the provider takes for `duration` where the job has none.
  public var defaultDuration: Rational? {
    duration.defaultValue.flatMap(Int64.init).map { Rational($0) }
  }

  /// The most bytes that a file of a kind may have under any reading of MB; `nil` if there is no limit.
  public func mostBytes(of kind: MediaKind) -> Int64? {
    size(of: kind).maximum.map { Megabyte.binary.bytes($0) }
  }

  /// The most bytes that a file may have under any reading of any limit, if its kind is not known; `nil` if there is
  /// no limit for one.
  public func mostBytes(for kind: MediaKind?) -> Int64? {
    let bounds = (kind.map { [$0] } ?? MediaKind.allCases).map { mostBytes(of: $0) }
    return bounds.contains(nil) ? nil : bounds.compactMap(\.self).max()
  }

  private static let sizeReadings = Megabyte.allCases.map(\.name)
  private static let durationReadings = ["container", "stream", "counted"]
  private static let textReadings = ["Unicode scalars", "UTF-16 units"]
}

/// The two things that people mean by MB.
enum Megabyte: CaseIterable {
  case decimal
  case binary

  var name: String {
    switch self {
    case .decimal: "MB = 10^6 bytes"
    case .binary: "MB = 2^20 bytes"
    }
  }

  /// `megabytes` in bytes, rounded down.
  func bytes(_ megabytes: Rational) -> Int64 {
    let unit: Int64 =
      switch self {
      case .decimal: 1_000_000
      case .binary: 1 << 20
      }
    let (product, overflow) = megabytes.numerator.multipliedReportingOverflow(by: unit)
    return overflow ? Int64.max : product / megabytes.denominator
  }
}

extension Limit {
  init(
    _ id: String, _ subject: String, atMost maximum: Int64, unit: String, readings: [String],
    source: LimitSource
  ) {
    self.init(id, subject, nil, unit: unit, readings: readings, source: source)
    self.maximum = Rational(maximum)
  }

  init(
    _ id: String, _ subject: String, ratio least: (Int64, Int64), _ greatest: (Int64, Int64),
    readings: [String], source: LimitSource
  ) {
    self.init(id, subject, nil, unit: Limit.ratioUnit, readings: readings, source: source)
    minimum = Rational(least.0, over: least.1)
    maximum = Rational(greatest.0, over: greatest.1)
  }
}
