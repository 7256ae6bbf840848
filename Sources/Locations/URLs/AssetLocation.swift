public import SystemPackage

/// The location of an asset in a job or on a command line: an http(s) URL, or the path of a local file.
public struct AssetLocation: Sendable, Hashable {
  /// What the text is.
  public enum Kind: Sendable, Hashable {
    /// A URL that can be read. It may have credentials, which are reported as a problem.
    case url(AssetURL)
    /// A text that has a scheme or begins with `//`, but cannot be read as a URL.
    case unreadableURL
    /// The path of a local file, as given: relative or absolute, nothing decoded, `~` not expanded.
    case path(FilePath)
  }

  /// How the text was written, which decides how it is shown.
  enum Form: Sendable, Hashable {
    /// A URL or a path.
    case plain
    /// A path of a file that was found, so it is not a URL without its scheme.
    case file
    /// The content of a file, and the text that is shown in place of it.
    case embedded(shown: String)
    /// A URL with other characters around it, and those next to it.
    case wrapped(before: String, after: String)
  }

  /// The text as given; for a path, its UTF-8 reading.
  public let text: String
  /// What the text is.
  public let kind: Kind
  /// The problems of the text as a URL; empty for a path.
  public let problems: [AssetURLProblem]
  /// The URL that is meant, if the text has other characters around it, or `&amp;` for `&` in its query.
  public let intended: AssetURL?
  let form: Form

  /// Reads the text of a location. A text with a scheme (`http:`, `data:`, `C:`) or `//` at its start is a URL, any other
  /// text is a path.
  ///
  /// The path of a file whose name begins like a scheme is written `./a:b.png`.
  public init(_ text: String) {
    if let content = EmbeddedContent(text) {
      self.init(
        text, .unreadableURL, [content.problem], nil, .embedded(shown: content.displayText))
      return
    }
    let pasted = PastedURL(text)
    let hasScheme = AssetURLParser.schemeEnd(text) != nil || text.utf8.starts(with: "//".utf8)
    if let pasted, !hasScheme || AssetURL.read(text).url == nil {
      self.init(
        text, .unreadableURL, [AssetURLProblem(.wrapped, pasted.message, offset: 0)], pasted.url,
        .wrapped(before: pasted.marks.before, after: pasted.marks.after))
      return
    }
    let start = text.prefix { $0.isWhitespace }
    if !start.isEmpty, AssetURLParser.schemeEnd(String(text[start.endIndex...])) != nil {
      let problem = AssetURLProblem(.whitespace, "there is white space before the URL", offset: 0)
      self.init(text, .unreadableURL, [problem], pasted?.url)
      return
    }
    guard hasScheme else {
      // A file path cannot contain a NUL. The text still does, and `LocalAssetOpener` refuses it.
      self.init(text, .path(FilePath(text)), [], pasted?.url)
      return
    }
    let reading = AssetURL.read(text)
    self.init(text, reading.url.map { .url($0) } ?? .unreadableURL, reading.problems, pasted?.url)
  }

  /// The location of a local file, whatever its name looks like; names need not be UTF-8.
  public init(path: FilePath) {
    self.init(path.string, .path(path), [], nil, .file)
  }

  private init(
    _ text: String, _ kind: Kind, _ problems: [AssetURLProblem], _ intended: AssetURL?, _ form: Form = .plain
  ) {
    (self.text, self.kind, self.problems, self.intended, self.form) = (text, kind, problems, intended, form)
  }

  /// The URL, if it is one that can be read.
  public var url: AssetURL? {
    if case .url(let url) = kind { url } else { nil }
  }

  /// The path, if it is one.
  public var path: FilePath? {
    if case .path(let path) = kind { path } else { nil }
  }

  /// The extension of the file's name: lower case; `nil` if there is none.
  public var fileExtension: String? {
    switch kind {
    case .url(let url): url.fileExtension
    case .unreadableURL: nil
    case .path(let path): FileNameExtension.of(path)
    }
  }

  /// Whether a path looks like a URL whose scheme was left out: `cdn.example.net/a.png`.
  package var looksLikeHost: Bool {
    path != nil && text.utf8.contains(UInt8(ascii: "/")) && HostGuess(text[...]).isHost
  }
}

extension AssetLocation {
  /// Whether the text is a placeholder from documentation.
  ///
  /// Text in angle brackets (`<string>`, `<your-url>`) unless it is a URL, and everything on `example.com`, with a scheme or
  /// without: the API page's own examples are there. `example.net` and `example.org` are not recognised.
  public var isPlaceholder: Bool {
    if let intended { return Self.isExampleHost(intended.host.text) }
    let bytes = text.utf8
    if bytes.first == UInt8(ascii: "<"), bytes.last == UInt8(ascii: ">"), bytes.count > 1 { return true }
    return Self.isExampleHost(hostAsWritten)
  }

  /// The host of a URL of any scheme, or of one whose scheme was left out.
  private var hostAsWritten: String {
    if let url { return url.host.text }
    var rest = text[...]
    if let colon = AssetURLParser.schemeEnd(text) {
      // Without slashes, `example.com:8080/a.png` has the form of a scheme, too.
      let afterColon = text.utf8.index(after: colon)
      if !text[afterColon...].utf8.starts(with: "//".utf8) { return String(text[..<colon]) }
      rest = text[afterColon...]
    }
    if rest.utf8.starts(with: "//".utf8) { rest = rest[rest.utf8.index(rest.startIndex, offsetBy: 2)...] }
    let authority = rest.prefix(upToAny: "/?#\\")
    let host = authority.utf8.lastIndex(of: UInt8(ascii: "@")).map {
      authority[authority.utf8.index(after: $0)...]
    }
    return String((host ?? authority).prefix { $0 != ":" })
  }

  private static func isExampleHost(_ host: String) -> Bool {
    var name = host.lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    return name == "example.com" || name.hasSuffix(".example.com")
  }
}
