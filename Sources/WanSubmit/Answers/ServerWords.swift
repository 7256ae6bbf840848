import AssetSource

/// Makes a server's text safe to show. It removes secrets, queries of URLs and control
/// characters, and shortens the text.
struct ServerWords: Sendable {
  /// The texts that must not be shown, such as the key.
  var secrets: [String]

  /// The longest message that is shown, in characters.
  private static let limit = 1000

  /// The text in a form that is safe to show.
  func shown(_ text: String) -> String {
    var text = String(text.unicodeScalars.prefix(Self.limit * 8))
    for secret in secrets where !secret.isEmpty { text = text.replacing(secret, with: "…") }
    let shown = displayText(Self.withoutQueries(text))
    return shown.count > Self.limit ? shown.prefix(Self.limit) + "…" : shown
  }

  /// The text with each URL in a form that is safe to show.
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

  /// The text without anything that looks like the query of a URL that has no scheme.
  private static func withoutBareQueries(_ text: Substring) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard let mark = word.firstIndex(of: "?"), word[mark...].contains("=") else { return String(word) }
      return word[...mark] + "…"
    }.joined(separator: " ")
  }
}
