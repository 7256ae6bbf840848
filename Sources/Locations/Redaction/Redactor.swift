import Crypto
package import SystemPackage

/// Removes secrets from URLs, paths and texts from outside. Every output, log and error of the program uses it.
///
/// Secrets are user names and passwords, queries, fragments, and credentials in paths. `…` replaces each of them.
package enum Redactor {
  /// The most characters of a location that are shown, and how many of them are from its end, where the file name is.
  private static let longest = (whole: 512, end: 128)

  /// A URL; `?…` shows that there is a query.
  package static func shown(_ url: AssetURL) -> String {
    let path = PathCredentials(path: url.path, host: url.host.text).text
    let text = "\(url.scheme)://\(url.authority)\(displayText(path))"
    return shorten(text) + (url.query == nil ? "" : "?…")
  }

  /// A location of an asset.
  package static func shown(_ location: AssetLocation) -> String {
    switch (location.form, location.kind) {
    case (.embedded(let summary), _): summary
    case (.wrapped(let before, let after), _):
      before + (location.intended.map { shown($0) } ?? "…") + after
    case (_, .url(let url)): shown(url)
    case (_, .unreadableURL): PathCredentials.redact(unreadable(location.text))
    case (.file, .path(let path)): displayText(path)
    case (_, .path):
      // The text may be meant as a URL, so user info and query are removed.
      shorten(pathLike(location.text).map(PathCredentials.redact) ?? plainPath(location.text))
    }
  }

  /// A text that is meant as a URL. Without its scheme it would be read as a path, in which a question mark is allowed.
  package static func shown(url text: String) -> String {
    let location = AssetLocation(text)
    guard location.path != nil else { return location.displayText }
    let shown = location.displayText
    let bare = shown.prefix(upToAny: "?#")
    return bare.endIndex == shown.endIndex ? shown : "\(bare)?…"
  }

  /// A value from outside that should not be a URL: unchanged, unless it has a URL's secrets.
  package static func value(_ text: String) -> String {
    guard text.utf8.contains(where: { "?@#".utf8.contains($0) }) else {
      return text.utf8.contains(UInt8(ascii: "/")) ? PathCredentials.redact(text) : text
    }
    // `#fff`, `what?` and the like are not URLs.
    guard ["//", "@", "=", ".", "localhost"].contains(where: text.contains) else { return text }
    let shown = AssetLocation(text).displayText
    return shown == displayText(text) ? text : shown
  }

  /// A text of several words, such as a prompt: each word as a value.
  package static func words(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace).reduce(into: "") {
      shown, word in
      if word.startIndex > text.startIndex { shown.append(text[text.index(before: word.startIndex)]) }
      shown += value(String(word))
    }
  }

  /// A message of a server or a page in a form that is safe to show: without `secrets`, the secrets of URLs and control
  /// characters, and with at most `limit` characters.
  package static func message(_ text: String, hiding secrets: [String] = [], limit: Int) -> String {
    var bytes = Array(text.utf8)
    // Bytes, since a combining mark after a secret would hide it from a search by characters.
    for secret in secrets where !secret.isEmpty {
      bytes.replace(Array(secret.utf8), with: Array("…".utf8))
    }
    // Redaction makes a text shorter, so more is read than is shown.
    let head = String(decoding: bytes, as: UTF8.self).unicodeScalars.prefix(8 * limit)
    return shorten(message: withoutURLSecrets(String(head)), to: limit)
  }

  /// The first 12 hexadecimal digits of the text's SHA-256, which distinguish redacted locations.
  package static func identifier(_ text: String) -> String {
    SHA256.hash(data: Array(text.utf8)).prefix(6).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      .joined()
  }

  /// A text for people; the middle of a long one is left out.
  private static func shorten(_ shown: String) -> String {
    guard shown.utf8.count > longest.whole, case let scalars = shown.unicodeScalars,
      scalars.count > longest.whole
    else { return shown }
    return String(scalars.prefix(longest.whole - longest.end)) + "…" + String(scalars.suffix(longest.end))
  }

  private static func plainPath(_ text: String) -> String {
    // A NUL would end a file path.
    text.utf8.contains(0) ? displayText(text) : displayText(FilePath(PathCredentials.redact(text)))
  }

  /// The text with each URL in it redacted, and so each word that could be one without its scheme.
  private static func withoutURLSecrets(_ text: String) -> String {
    var shown = ""
    var rest = text[...]
    while let slashes = rest.firstRange(of: "://") {
      let start =
        rest[..<slashes.lowerBound].lastIndex { !$0.isLetter && !$0.isNumber }
        .map { rest.index(after: $0) } ?? rest.startIndex
      let end =
        rest[slashes.upperBound...].firstIndex { $0.isWhitespace || "\"'<>`".contains($0) } ?? rest.endIndex
      shown += withoutBareQueries(rest[..<start]) + Redactor.shown(url: String(rest[start..<end]))
      rest = rest[end...]
    }
    return shown + withoutBareQueries(rest)
  }

  private static func withoutBareQueries(_ text: Substring) -> String {
    var shown = ""
    var rest = text
    while !rest.isEmpty {
      let word = rest.prefix { !$0.isWhitespace && !"\"'<>`".contains($0) }
      shown += withoutBareQuery(word)
      rest = rest[word.endIndex...]
      if let mark = rest.popFirst() { shown.append(mark) }
    }
    return shown
  }

  private static func withoutBareQuery(_ word: Substring) -> String {
    let head = word.prefix(upToAny: "?")
    let query = word[head.endIndex...]
    // The query contained a secret, which is hidden already.
    if query.hasPrefix("?…"), !query.contains("=") { return value(String(head)) + query }
    let shown = value(String(word))
    guard let mark = shown.firstIndex(of: "?"), shown[mark...].contains("=") else { return shown }
    return shown[...mark] + "…"
  }

  /// The text in a form that is safe to show, cut to `limit` characters, but not in the middle of an escape.
  private static func shorten(message text: String, to limit: Int) -> String {
    let whole = displayText(text)
    guard whole.unicodeScalars.count > limit else { return whole }
    var shown = ""
    var room = limit - 1
    for scalar in text.unicodeScalars {
      let next = displayText(String(scalar))
      room -= next.unicodeScalars.count
      if room < 0 { break }
      shown += next
    }
    return shown + "…"
  }
}

extension AssetURL {
  /// The URL as people can see it: without user info, query and fragment, and without credentials in its path.
  public var displayText: String { Redactor.shown(self) }

  /// A noun phrase for the credential in the path: `a bot's token`; `nil` if no credential was recognised.
  package var pathCredential: String? { PathCredentials(path: path, host: host.text).what }

  /// The path as people can see it.
  package var shownPath: String { PathCredentials(path: path, host: host.text).text }

  /// The URL with its query, but without credentials, which are never shown, and without its fragment, which is never
  /// sent.
  package var textWithQuery: String {
    if hasCredentials || pathCredential != nil {
      return "\(scheme)://\(authority)\(shownPath.isEmpty ? "/" : shownPath)\(query.map { "?" + $0 } ?? "")"
    }
    return fragment == nil ? text : String(text.prefix { $0 != "#" })
  }
}

extension AssetLocation {
  /// The location as people can see it: a URL without user info, query and fragment, and without credentials in its
  /// path; control and bidirectional characters escaped.
  public var displayText: String { Redactor.shown(self) }

  /// The first 12 hexadecimal digits of the text's SHA-256, which distinguish redacted locations.
  public var identifier: String { Redactor.identifier(text) }

  /// The path, if it is shown unchanged.
  package var shownPath: FilePath? { path.flatMap { displayText == show($0) ? $0 : nil } }

  /// The location with its query, but without user info; a text that cannot be read as a URL is redacted.
  package var textWithQuery: String {
    switch kind {
    case .url(let url): url.textWithQuery
    case .unreadableURL: displayText
    // An `@` may be the end of user info.
    case .path: text.utf8.contains(UInt8(ascii: "@")) || text.utf8.count > 4096 ? displayText : text
    }
  }
}

// The property of the same name hides the function inside the type.
private func show(_ path: FilePath) -> String { displayText(path) }
