import Locations
import MediaFacts

/// A name that disagrees with the content misleads servers that go by names.
struct ExtensionMismatch: AssetRule {
  let entry = RuleEntry(
    "extension-mismatch", .url, .warning,
    summary: "The file name's extension agrees with the content.",
    source: .practice(
      "Format means content; a server that goes by the name takes the file for something else."),
    breaks: .asset("a PNG named photo.jpg"), passes: .asset("a PNG named photo.png"))

  func findings(in asset: AssetSubject) -> [Finding] {
    guard let format = asset.examination.facts?.format, let names = Self.extensions[format.id],
      let suffix = asset.reference.location.fileExtension, Self.known.contains(suffix),
      !names.contains(suffix)
    else { return [] }
    var finding = asset.finding(entry, "named .\(suffix), but the content is \(format.name)")
    finding.limit = AllowedValues(oneOf: names)
    finding.actual = ["extension": .text(suffix), "format": .text(format.id)]
    finding.fix = names.first.map { "name the file .\($0)" }
    finding.repair = Repair(.name)
    return [finding]
  }

  /// The names of the documented formats; a name that is in no list says nothing.
  static let extensions: [String: [String]] = [
    "jpeg": ["jpg", "jpeg", "jpe", "jfif"],
    "png": ["png", "apng"],
    "bmp": ["bmp", "dib"],
    "webp": ["webp"],
    "wav": ["wav", "wave"],
    "mp3": ["mp3"],
    "mp4": ["mp4", "m4v"],
    "mov": ["mov", "qt"],
  ]

  private static let known = Set(extensions.values.joined()).union([
    "gif", "tif", "tiff", "avif", "heic", "heif", "svg", "pdf", "ico", "jxl", "jp2", "psd", "m4a", "aac",
    "flac",
    "ogg", "oga", "opus", "aif", "aiff", "wma", "mkv", "webm", "avi", "wmv", "flv", "mpg", "mpeg", "ts",
    "3gp",
    "html", "htm", "txt", "json", "zip",
  ])
}
