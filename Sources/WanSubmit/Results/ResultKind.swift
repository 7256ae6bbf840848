import Locations

/// What a result is by its names, its type and its first bytes: enough to call the file, and to see a page that came in
/// its place.
enum ResultKind {
  /// The extension of the file: that of a URL if it is one of a video, else what the server's type says, else `mp4`.
  static func fileExtension(of urls: [AssetURL], contentType: String?) -> String {
    let named = urls.lazy.compactMap(\.fileExtension).first { types.values.contains($0) }
    return named ?? contentType.flatMap { types[essence($0)] } ?? "mp4"
  }

  /// Whether bytes that begin like this are a web page: a sign-in form, or a word of regret with status 200.
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

  /// Bytes at the start that can tell a page.
  static let longestStart = 512

  private static let types = [
    "video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm", "video/x-m4v": "m4v",
    "video/x-matroska": "mkv",
  ]

  /// The type without its parameters.
  private static func essence(_ contentType: String) -> String {
    contentType.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
  }
}
