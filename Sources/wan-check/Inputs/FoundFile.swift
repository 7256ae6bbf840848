import Locations
import SystemPackage
import WanCheck

/// What a walk through a folder takes a file for; gates ask the same.
enum FoundFile {
  /// A job file, whose records are the inputs.
  case jobs(JobFileReader)
  /// Media, if its content is that.
  case asset
  /// Structured text of something else.
  case other

  init(_ path: FilePath, _ bounds: DocumentBounds) {
    guard let format = JobDocumentFormat(fileName: path.string) else {
      self = .asset
      return
    }
    let reader = JobFileReader(path: path, format: format, bounds: bounds)
    self = reader.looksLikeJobs() ? .jobs(reader) : .other
  }

  /// Whether a gate has to check the file: a job, or a file that is named like media, in whatever format.
  ///
  /// As in a walk, hidden entries and links are passed over; a link could lead anywhere.
  static func isCandidate(_ path: FilePath) -> Bool {
    guard let stat = try? Stat(path, followTargetSymlink: false), stat.type == .regular,
      !path.components.contains(where: \.isHidden)
    else { return false }
    switch FoundFile(path, .ofFiles(timeout: nil)) {
    case .jobs: return true
    case .other: return false
    case .asset: return FileNameExtension.of(path).map(mediaExtensions.contains) ?? false
    }
  }

  private static let mediaExtensions: Set<String> = [
    "jpg", "jpeg", "jpe", "jfif", "png", "apng", "bmp", "dib", "webp", "gif", "tif", "tiff", "avif", "heic",
    "heif",
    "wav", "wave", "mp3", "m4a", "aac", "flac", "ogg", "opus", "aif", "aiff", "mp4", "m4v", "mov", "qt",
    "webm", "mkv",
    "avi",
  ]
}

extension DocumentBounds {
  /// The bounds of files and of standard input; `timeout` in seconds, `nil`: the default.
  static func ofFiles(timeout: Double?) -> DocumentBounds {
    var bounds = DocumentBounds()
    bounds.timeLimit = .seconds(timeout ?? 120)
    return bounds
  }
}

extension FilePath.Component {
  /// Whether the name begins with a dot, and is not one of the two that every folder has.
  fileprivate var isHidden: Bool { kind == .regular && string.utf8.first == UInt8(ascii: ".") }
}

/// Recognises a job in text that cannot be parsed.
enum BrokenJob {
  private static let fields = Role.allCases.map { Array($0.field.utf8) }

  /// Whether `text` has the field of an asset as a key, and no marks of a template.
  ///
  /// A name in a string, as in the commands of a workflow, is not a key. UTF-16 and UTF-32 are ASCII with zeros in between.
  static func isLikely(_ text: [UInt8]) -> Bool {
    let bytes = text.filter { $0 != 0 }
    var hasKey = false
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "<") {
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        if next == UInt8(ascii: "%") || (next == bytes[index] && next == UInt8(ascii: "{")) { return false }
      } else if !hasKey,
        bytes[index] == UInt8(ascii: "s") || bytes[index] == UInt8(ascii: "e")
          || bytes[index] == UInt8(ascii: "a") || bytes[index] == UInt8(ascii: "v")
      {
        hasKey = fields.contains {
          bytes[index...].starts(with: $0) && isKey(index..<index + $0.count, in: bytes)
        }
      }
    }
    return hasKey
  }

  private static func isKey(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
    var (start, end) = (range.lowerBound, range.upperBound)
    let quotes = "\"'".utf8
    if start > 0, quotes.contains(bytes[start - 1]) {
      guard end < bytes.count, bytes[end] == bytes[start - 1] else { return false }
      start -= 1
      end += 1
    }
    if start > 0, !" \t\r\n{,[?".utf8.contains(bytes[start - 1]), bytes[start - 1] < 0x80 { return false }
    return bytes[end...].prefix(64).first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: ":")
  }
}
