import Crypto
import MediaFacts

/// Locations as people and logs may see them: no user info, no query, no fragment, no control characters.
enum LocationRedaction {
  /// Characters of a location that are shown at most, and how many of them are its end, where a file has its name.
  private static let limit = (whole: 512, end: 128)

  /// A text for people; the middle of a long one is left out.
  static func shorten(_ shown: String) -> String {
    guard shown.utf8.count > limit.whole, case let scalars = shown.unicodeScalars, scalars.count > limit.whole
    else {
      return shown
    }
    return String(scalars.prefix(limit.whole - limit.end)) + "…" + String(scalars.suffix(limit.end))
  }

  /// Characters of an unreadable text that are shown at most.
  private static let unreadableLimit = 256

  /// A URL without its secrets; `?…` says that there is a query.
  static func redact(_ url: AssetURL) -> String {
    let text = "\(url.scheme)://\(url.authority)\(displayText(url.shownPath))"
    return shorten(text) + (url.query == nil ? "" : "?…")
  }

  /// A text that should be a URL and is none: whatever could be a secret is left out.
  static func redact(unreadable text: String) -> String {
    let head = text.prefix(upToAny: "?#")
    let hasTail = head.endIndex != text.endIndex
    let tail = hasTail ? "?…" : ""
    // Only at the start or behind a scheme does `//` come before a host; elsewhere it may stand in a password.
    let start = AssetURLParser.schemeEnd(text).map(text.index(after:)) ?? text.startIndex
    guard let slashes = head.firstRange(of: "//"), slashes.lowerBound == start || !text.contains("@") else {
      // What looks like a scheme may be a user's name.
      if text.utf8.contains(UInt8(ascii: "@")), !text.lowercased().hasPrefix("mailto:") { return "…@…" }
      // `data:`, `javascript:` and the like carry their content in place of a path; a drive letter does not.
      guard let colon = AssetURLParser.schemeEnd(text),
        text.utf8.distance(from: text.startIndex, to: colon) > 1
      else { return shorten(head) + tail }
      return "\(text[...colon])…"
    }
    let scheme = head[..<slashes.upperBound]
    let rest = head[slashes.upperBound...]
    if let at = rest.utf8.lastIndex(of: UInt8(ascii: "@")) {
      return shorten(scheme + "…@" + rest[rest.utf8.index(after: at)...]) + tail
    }
    // A password with a `?`, `#` or `/` in it ends what looks like the authority too early.
    let authority = rest.prefix(upToAny: "/")
    if authority.contains(":"), text[head.endIndex...].contains("@") { return "\(shorten(scheme))…" }
    return shorten(head) + tail
  }

  /// The first 12 hexadecimal digits of the text's SHA-256, which tell redacted locations apart.
  static func identifier(_ text: String) -> String {
    String(SHA256.hash(data: Array(text.utf8)).hexadecimal.prefix(12))
  }

  private static func shorten(_ text: Substring) -> String {
    let scalars = text.unicodeScalars
    let shown = displayText(String(scalars.prefix(unreadableLimit)))
    return scalars.count > unreadableLimit ? shown + "…" : shown
  }
}

extension StringProtocol {
  /// Everything before the first of some ASCII characters.
  func prefix(upToAny characters: String) -> SubSequence {
    self[..<(utf8.firstIndex { characters.utf8.contains($0) } ?? endIndex)]
  }
}
