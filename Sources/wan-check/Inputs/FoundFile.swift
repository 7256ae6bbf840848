import AssetSource
import JobDocuments
import Locations
import MediaFacts
import SystemPackage
import WanCheck

/// The kind of a file that was found in a folder. `wan-check files` uses the same rules.
enum FoundFile {
  /// A job file; its records are the inputs.
  case jobs(JobFileReader)
  /// A file that is media if its content is.
  case asset
  /// Structured text that has no jobs.
  case other

  init(_ path: FilePath, _ bounds: DocumentBounds, _ profile: Profile) {
    guard let format = JobDocumentFormat(fileName: path.string) else {
      self = .asset
      return
    }
    let reader = JobFileReader(path: path, format: format, bounds: bounds, profile: profile)
    self = reader.looksLikeJobs() ? .jobs(reader) : .other
  }

  /// Whether `wan-check files` prints the file: it is a job file, or its name is that of media in any format.
  ///
  /// As in a walk, hidden entries and links are skipped, because a link could lead anywhere.
  static func isCandidate(_ path: FilePath) -> Bool {
    guard let stat = try? Stat(path, followTargetSymlink: false), stat.type == .regular,
      !path.components.contains(where: \.isHidden)
    else { return false }
    switch FoundFile(path, .ofFiles(timeout: nil), .freepik) {
    case .jobs: return true
    case .other: return false
    case .asset: return FileNameExtension.of(path).map { FormatTable.isSubmitted(fileExtension: $0) } ?? false
    }
  }
}

extension DocumentBounds {
  /// The bounds for files and standard input; `timeout` is in seconds, `nil` for the default.
  static func ofFiles(timeout: Double?) -> DocumentBounds {
    var bounds = DocumentBounds()
    bounds.timeLimit = .seconds(timeout ?? 120)
    return bounds
  }
}

extension FilePath.Component {
  /// Whether the name begins with a dot and is not `.` or `..`.
  fileprivate var isHidden: Bool { kind == .regular && string.utf8.first == UInt8(ascii: ".") }
}

/// Recognises a job in text that cannot be parsed.
struct BrokenJob {
  private let fields: [[UInt8]]
  private let initials: Set<UInt8>

  /// Looks for the fields of a profile's assets.
  init(_ profile: Profile) {
    fields = profile.roles.compactMap { profile[$0.meaning].map { Array($0.name.utf8) } }
    initials = Set(fields.compactMap(\.first))
  }

  /// Whether `text` has the field of an asset as a key, and no template syntax.
  ///
  /// A name in a string, as in the commands of a workflow, is not a key. UTF-16 and UTF-32 are ASCII with zeros in between.
  func isLikely(_ text: [UInt8]) -> Bool {
    let bytes = text.filter { $0 != 0 }
    var hasKey = false
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "<") {
        let next = index + 1 < bytes.count ? bytes[index + 1] : 0
        if next == UInt8(ascii: "%") || (next == bytes[index] && next == UInt8(ascii: "{")) { return false }
      } else if !hasKey, initials.contains(bytes[index]) {
        hasKey = fields.contains {
          bytes[index...].starts(with: $0) && isKey(index..<index + $0.count, in: bytes)
        }
      }
    }
    return hasKey
  }

  private func isKey(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
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
