import AssetSource
import Locations
import MediaFacts

/// Recognises the kind of a result from its URLs, its type and its first bytes, to choose a file extension
/// and to detect a web page.
enum ResultKind {
  /// The extension of the file: a video extension of a URL, else one for the server's type, else `mp4`.
  static func fileExtension(of urls: [AssetURL], contentType: String?) -> String {
    let named = urls.lazy.compactMap(\.fileExtension).first { suffix in
      FormatTable.isSubmitted(fileExtension: suffix)
        && FormatTable.row(fileExtension: suffix)?.format.kind == .video
    }
    let typed = contentType.flatMap { FormatTable.row(contentType: essence($0)) }
    return named ?? (typed?.format.kind == .video ? typed?.extensions.first : nil) ?? "mp4"
  }

  /// Whether bytes with this beginning are a web page, such as a sign-in form or an
  /// error page with status 200.
  static func isWebPage(start: some Sequence<UInt8>, contentType: String?) -> Bool {
    var text = Array(start.prefix(longestStart))
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
    let words = text.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
    guard words.first == UInt8(ascii: "<") else { return false }
    if let type = contentType.map(essence), type == "text/html" || type == "application/xhtml+xml" {
      return true
    }
    let lowered = String(decoding: words, as: UTF8.self).lowercased()
    return lowered.hasPrefix("<!doctype html") || lowered.hasPrefix("<html")
  }

  /// The number of bytes at the beginning that are examined.
  static let longestStart = 512

  /// The media type without its parameters.
  private static func essence(_ contentType: String) -> String {
    contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
  }
}
