/// The kinds of media that a job can carry.
public enum MediaKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// A still or animated image.
  case image
  /// Audio without video.
  case audio
  /// Video, with or without audio.
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

  /// A format by its id and its name.
  public init(id: String, name: String, kind: MediaKind?) {
    self.id = id
    self.name = name
    self.kind = kind
  }

  private init(_ id: String, _ name: String, _ kind: MediaKind?) {
    self.init(id: id, name: name, kind: kind)
  }

  /// The name.
  public var description: String { name }
}

/// The formats that are measured.
extension MediaFormat {
  /// JPEG (JFIF, Exif, or bare).
  public static let jpeg = MediaFormat("jpeg", "JPEG", .image)
  /// PNG, including APNG.
  public static let png = MediaFormat("png", "PNG", .image)
  /// Windows or OS/2 bitmap.
  public static let bmp = MediaFormat("bmp", "BMP", .image)
  /// WebP, still or animated.
  public static let webp = MediaFormat("webp", "WebP", .image)
  /// RIFF/WAVE, including RF64 and BW64.
  public static let wav = MediaFormat("wav", "WAV", .audio)
  /// MPEG-1, -2 or -2.5 layer III, with or without ID3 and APE tags.
  public static let mp3 = MediaFormat("mp3", "MP3", .audio)
  /// ISO base media with a general MP4 brand.
  public static let mp4 = MediaFormat("mp4", "MP4", .video)
  /// QuickTime movie.
  public static let mov = MediaFormat("mov", "MOV", .video)
}

/// Formats that a sniffer recognises by more than a signature or a brand. They are not measured.
extension MediaFormat {
  package static let jpegXL = MediaFormat("jxl", "JPEG XL", .image)
  package static let heic = MediaFormat("heic", "HEIC", .image)
  package static let heif = MediaFormat("heif", "HEIF", .image)
  package static let avif = MediaFormat("avif", "AVIF", .image)
  package static let icon = MediaFormat("ico", "Windows icon", .image)
  package static let cursor = MediaFormat("cur", "Windows cursor", .image)
  package static let pnm = MediaFormat("pnm", "PNM", .image)
  package static let pam = MediaFormat("pam", "PAM", .image)
  package static let svg = MediaFormat("svg", "SVG", .image)

  package static let mp1 = MediaFormat("mp1", "MPEG audio layer I", .audio)
  package static let mp2 = MediaFormat("mp2", "MPEG audio layer II", .audio)
  package static let aac = MediaFormat("aac", "AAC (ADTS)", .audio)
  package static let ac3 = MediaFormat("ac3", "AC-3", .audio)
  package static let eac3 = MediaFormat("eac3", "E-AC-3", .audio)
  package static let ogg = MediaFormat("ogg", "Ogg", .audio)
  package static let opus = MediaFormat("opus", "Opus", .audio)
  package static let wma = MediaFormat("wma", "Windows Media audio", .audio)

  package static let ogv = MediaFormat("ogv", "Ogg video", .video)
  package static let wmv = MediaFormat("wmv", "Windows Media video", .video)
  package static let webm = MediaFormat("webm", "WebM", .video)
  package static let matroska = MediaFormat("mkv", "Matroska", .video)
  package static let mpegTS = MediaFormat("mpegts", "MPEG transport stream", .video)
  package static let mp4Fragment = MediaFormat("mp4-fragment", "MP4 fragment without its beginning", .video)
  /// Boxes of an unknown brand. This may be a video, but not in a documented format.
  package static let isoBaseMedia = MediaFormat("isobmff", "ISO base media file", .video)

  package static let pdf = MediaFormat("pdf", "PDF document", nil)
  package static let html = MediaFormat("html", "HTML page", nil)
  package static let xml = MediaFormat("xml", "XML document", nil)
  package static let json = MediaFormat("json", "JSON document", nil)
  package static let script = MediaFormat("script", "script", nil)
  package static let text = MediaFormat("text", "plain text", nil)
  package static let tar = MediaFormat("tar", "tar archive", nil)
  package static let windowsProgram = MediaFormat("pe", "Windows program", nil)
}
