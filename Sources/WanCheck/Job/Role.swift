public import MediaFacts

/// What an asset is for in a job.
public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
  /// The first frame.
  case startImage = "start_image"
  /// The last frame.
  case endImage = "end_image"
  /// The audio that guides the video.
  case audio
  /// The video that is continued.
  case video

  /// The kind of media that the role requires.
  public var kind: MediaKind {
    switch self {
    case .startImage, .endImage: .image
    case .audio: .audio
    case .video: .video
    }
  }

  /// The purpose of the asset in a job, as a verb phrase.
  var purpose: String {
    switch self {
    case .startImage: "animates an image"
    case .endImage: "sets the last frame"
    case .audio: "adds audio"
    case .video: "continues a video"
    }
  }

  /// The role in which a bare asset of this kind is judged.
  public init(for kind: MediaKind) {
    switch kind {
    case .image: self = .startImage
    case .audio: self = .audio
    case .video: self = .video
    }
  }
}

/// The ways in which the API combines assets.
public enum Mode: String, Sendable, Hashable, Codable, CaseIterable {
  /// A start image only.
  case firstFrame = "first_frame"
  /// A start and an end image.
  case firstLastFrame = "first_last_frame"
  /// A video, with or without an end image.
  case videoContinuation = "video_continuation"

  /// The mode for people.
  var name: String {
    switch self {
    case .firstFrame: "first frame"
    case .firstLastFrame: "first + last frame"
    case .videoContinuation: "video continuation"
    }
  }
}
