/// The kinds of media that a job can carry.
public enum MediaKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// A still or animated picture.
  case image
  /// Sound without moving pictures.
  case audio
  /// Moving pictures, with or without sound.
  case video
}

/// A file format, identified by content.
public struct MediaFormat: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The stable id in reports: lower case, `jpeg`, `mp4`, `html`.
  public var id: String
  /// The name that people use: `JPEG`, `MP4`, `HTML page`.
  public var name: String
  /// The kind of media, or `nil` if the format is not media (a web page, a document, an archive).
  public var kind: MediaKind?

  /// A format that is not in the list below.
  public init(id: String, name: String, kind: MediaKind?) {
    self.id = id
    self.name = name
    self.kind = kind
  }

  /// The name.
  public var description: String { name }

  /// JPEG (JFIF, Exif, or bare).
  public static let jpeg = MediaFormat(id: "jpeg", name: "JPEG", kind: .image)
  /// PNG, APNG included.
  public static let png = MediaFormat(id: "png", name: "PNG", kind: .image)
  /// Windows or OS/2 bitmap.
  public static let bmp = MediaFormat(id: "bmp", name: "BMP", kind: .image)
  /// WebP, animated ones included.
  public static let webp = MediaFormat(id: "webp", name: "WebP", kind: .image)
  /// RIFF/WAVE, RF64 and BW64 included.
  public static let wav = MediaFormat(id: "wav", name: "WAV", kind: .audio)
  /// MPEG-1, -2 or -2.5 layer III, with or without ID3 and APE tags.
  public static let mp3 = MediaFormat(id: "mp3", name: "MP3", kind: .audio)
  /// ISO base media with a general MP4 brand.
  public static let mp4 = MediaFormat(id: "mp4", name: "MP4", kind: .video)
  /// QuickTime movie.
  public static let mov = MediaFormat(id: "mov", name: "MOV", kind: .video)
}
