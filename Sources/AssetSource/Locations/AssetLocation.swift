public import SystemPackage

/// Where an asset is, as a job or a command line says it: an http(s) URL, or the path of a local file.
public struct AssetLocation: Sendable, Hashable {
  /// What the text is.
  public enum Kind: Sendable, Hashable {
    /// A URL that can be read; it may have credentials, which is among the problems.
    case url(AssetURL)
    /// A text with a scheme, or that begins with `//`, but no URL that can be read.
    case unreadableURL
    /// The path of a local file, as given: relative or absolute, nothing decoded, `~` not expanded.
    case path(FilePath)
  }

  /// The text as given; for a path, its UTF-8 reading.
  public let text: String
  /// What the text is.
  public let kind: Kind
  /// What is wrong with the text as a URL; empty for a path.
  public let problems: [AssetURLProblem]
  /// Whether it is known to be a file's path, and no URL that somebody has left the scheme out of.
  private let isCertainlyPath: Bool
  /// How it is shown, where that follows from how it was read.
  private let shown: String?
  /// The URL that the text means, if there is something around it, or `&amp;` for `&` in its query.
  public let intended: AssetURL?

  /// The location that a text in a job means: with a scheme (`http:`, `data:`, `C:`) or after `//` a URL,
  /// else a path.
  ///
  /// A file whose name has a colon early on is written `./a:b.png`.
  public init(_ text: String) {
    self.text = text
    isCertainlyPath = false
    if let content = EmbeddedContent(text) {
      kind = .unreadableURL
      problems = [content.problem]
      shown = content.displayText
      intended = nil
      return
    }
    let pasted = PastedURL(text)
    intended = pasted?.url
    let start = text.prefix { $0.isWhitespace }
    let hasScheme = AssetURLParser.schemeEnd(text) != nil || text.utf8.starts(with: "//".utf8)
    if let pasted, !hasScheme || AssetURL.read(text).url == nil {
      kind = .unreadableURL
      problems = [AssetURLProblem(.wrapped, pasted.message, offset: 0)]
      shown = pasted.marks.before + LocationRedaction.redact(pasted.url) + pasted.marks.after
      return
    }
    shown = nil
    if !start.isEmpty, AssetURLParser.schemeEnd(String(text[start.endIndex...])) != nil {
      kind = .unreadableURL
      problems = [AssetURLProblem(.whitespace, "there is white space before the URL", offset: 0)]
      return
    }
    guard hasScheme else {
      // A file path cannot hold a NUL; the text still does, and `LocalAssetOpener` refuses it.
      kind = .path(FilePath(text))
      problems = []
      return
    }
    let reading = AssetURL.read(text)
    kind = reading.url.map { .url($0) } ?? .unreadableURL
    problems = reading.problems
  }

  /// The location of a local file, whatever its name looks like; names need not be UTF-8.
  public init(path: FilePath) {
    text = path.string
    kind = .path(path)
    problems = []
    isCertainlyPath = true
    shown = nil
    intended = nil
  }

  /// The URL, if it is one that can be read.
  public var url: AssetURL? {
    if case .url(let url) = kind { url } else { nil }
  }

  /// The path, if it is one.
  public var path: FilePath? {
    if case .path(let path) = kind { path } else { nil }
  }

  /// The location as people may see it: a URL without user info, query and fragment; control and
  /// bidirectional characters escaped.
  ///
  /// A path that was given as text may be meant as a URL (`user:password@cdn.example.net/a.png?token=…`, or one in
  /// brackets), and then keeps no user info and no query either.
  public var displayText: String {
    if let shown { return shown }
    switch kind {
    case .url(let url): return LocationRedaction.redact(url)
    case .unreadableURL: return PathSecrets.redact(LocationRedaction.redact(unreadable: text))
    case .path(let path):
      guard isCertainlyPath else {
        return LocationRedaction.shorten(
          LocationRedaction.redact(likePath: text).map(PathSecrets.redact)
            ?? (text.utf8.contains(0) ? showing(text) : showing(FilePath(PathSecrets.redact(text)))))
      }
      return showing(path)
    }
  }

  /// The first 12 hexadecimal digits of the text's SHA-256, which tell redacted locations apart.
  public var identifier: String { LocationRedaction.identifier(text) }

  /// The extension of the file's name: lower case; `nil` if there is none.
  public var fileExtension: String? {
    switch kind {
    case .url(let url): url.fileExtension
    case .unreadableURL: nil
    case .path(let path): FileNameExtension.of(path)
    }
  }
}

// The property of the same name hides the functions inside the type.
private func showing(_ text: String) -> String { displayText(text) }
private func showing(_ path: FilePath) -> String { displayText(path) }
