import AssetSource

/// Makes a server's text fit to be shown: without what it repeats of our secrets, without the queries of URLs, without
/// control characters, and not too long.
struct ServerWords: Sendable {
  /// What must not be shown, such as the key.
  var secrets: [String]

  /// The most characters of a message that are shown.
  private static let limit = 1000

  /// The text as it may be shown.
  func shown(_ text: String) -> String {
    var text = String(text.unicodeScalars.prefix(Self.limit * 8))
    for secret in secrets where !secret.isEmpty { text = text.replacing(secret, with: "…") }
    let shown = displayText(Self.withoutQueries(text))
    return shown.count > Self.limit ? shown.prefix(Self.limit) + "…" : shown
  }

  /// The text with each URL in it as it may be shown.
  private static func withoutQueries(_ text: String) -> String {
    var shown = ""
    var rest = text[...]
    while let slashes = rest.firstRange(of: "://") {
      let start =
        rest[..<slashes.lowerBound].lastIndex { !$0.isLetter && !$0.isNumber }
        .map { rest.index(after: $0) } ?? rest.startIndex
      let end =
        rest[slashes.upperBound...].firstIndex { $0.isWhitespace || "\"'<>`".contains($0) } ?? rest.endIndex
      shown += withoutBareQueries(rest[..<start]) + AssetLocation(String(rest[start..<end])).displayText
      rest = rest[end...]
    }
    return shown + withoutBareQueries(rest)
  }

  /// The text without what looks like the query of a URL whose scheme was left out.
  private static func withoutBareQueries(_ text: Substring) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard let mark = word.firstIndex(of: "?"), word[mark...].contains("=") else { return String(word) }
      return word[...mark] + "…"
    }.joined(separator: " ")
  }
}
