/// Texts that cannot be read as URLs but may contain the secrets of one: damaged URLs, and URLs without a scheme.
extension Redactor {
  /// Characters of an unreadable text that are shown at most.
  private static let longestUnreadable = 256

  /// A text with a scheme that cannot be read as a URL, without everything that could be a secret.
  static func unreadable(_ text: String) -> String {
    let head = text.prefix(upToAny: "?#")
    let hasTail = head.endIndex != text.endIndex
    let tail = hasTail ? "?…" : ""
    // `//` comes before a host only at the start or after a scheme; elsewhere it may be part of a password.
    let start = AssetURLParser.schemeEnd(text).map(text.index(after:)) ?? text.startIndex
    guard let slashes = head.firstRange(of: "//"), slashes.lowerBound == start || !text.contains("@") else {
      // The apparent scheme may be a user name.
      if text.utf8.contains(UInt8(ascii: "@")), !text.lowercased().hasPrefix("mailto:") { return "…@…" }
      // `data:`, `javascript:` and the like have content in place of a path; a drive letter does not.
      guard let colon = AssetURLParser.schemeEnd(text),
        text.utf8.distance(from: text.startIndex, to: colon) > 1
      else { return cut(head) + tail }
      return "\(text[...colon])…"
    }
    let scheme = head[..<slashes.upperBound]
    let rest = head[slashes.upperBound...]
    if let at = rest.utf8.lastIndex(of: UInt8(ascii: "@")) {
      return cut(scheme + "…@" + rest[rest.utf8.index(after: at)...]) + tail
    }
    // If a password contains `?`, `#` or `/`, the apparent authority ends too early.
    let authority = rest.prefix(upToAny: "/")
    if authority.contains(":"), text[head.endIndex...].contains("@") { return "\(cut(scheme))…" }
    return cut(head) + tail
  }

  /// A text that was read as a path, without what would be a secret in a URL; `nil` if it contains no such secret.
  static func pathLike(_ text: String) -> String? {
    let inner = text.drop { $0.isWhitespace || opening.contains($0) }
    if inner.startIndex != text.startIndex {
      let shown = AssetLocation(String(inner)).displayText
      return shown == displayText(String(inner))
        ? nil : displayText(String(text[..<inner.startIndex])) + shown
    }
    if text.contains("://") { return unreadable(text) }
    // Neither a host nor a user name begins with these.
    let isPath = "/.~".contains(text.first ?? "/")
    guard isPath || !hasUserInfo(text) else { return withoutUserInfo(text) }
    guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
    let query = text[mark...].utf8.dropFirst()
    let isOfHost = !isPath && HostGuess(text[..<mark]).isHost && query.first != UInt8(ascii: ".")
    return isOfHost || holdsValue(query) ? "\(displayText(String(text[..<mark])))?…" : nil
  }

  private static let opening: Set<Character> = [
    "<", "(", "[", "{", "\"", "'", "`", "\u{2018}", "\u{201C}", "\u{201E}", "\u{AB}", "\u{2039}",
  ]

  /// Whether a user name or password is before a host, as in `user:password@host` and `user@host.net/a.png`.
  /// `me@2x.png` and `icons@2x/a.png` have neither.
  private static func hasUserInfo(_ text: String) -> Bool {
    let start = text.prefix(upToAny: "/?#@")
    guard let at = text.utf8.firstIndex(of: UInt8(ascii: "@")) else { return false }
    // A password may hold any character.
    if start.contains(":") { return true }
    let rest = text[text.utf8.index(after: at)...]
    let host = rest.prefix(upToAny: "/?#")
    return start.endIndex == at && host.endIndex != rest.endIndex
      && (HostGuess(host).isHost || host.contains { ".:".contains($0) })
  }

  private static func withoutUserInfo(_ text: String) -> String {
    let head = text.prefix(upToAny: "?#")
    guard let at = head.utf8.lastIndex(of: UInt8(ascii: "@")) else { return "…@…" }
    let tail = head.endIndex == text.endIndex ? "" : "?…"
    return "…@\(displayText(String(head[head.utf8.index(after: at)...])))\(tail)"
  }

  /// Whether a query has a `key=value`; file names may have question marks of their own.
  private static func holdsValue(_ query: Substring.UTF8View.SubSequence) -> Bool {
    query.split(separator: UInt8(ascii: "&")).contains { pair in
      let key = pair.prefix { $0 != UInt8(ascii: "=") }
      return !key.isEmpty && key.endIndex != pair.endIndex
        && key.allSatisfy { $0.isOfToken || "~%[]+".utf8.contains($0) }
    }
  }

  private static func cut(_ text: Substring) -> String {
    let scalars = text.unicodeScalars
    let shown = displayText(String(scalars.prefix(longestUnreadable)))
    return scalars.count > longestUnreadable ? shown + "…" : shown
  }
}
