extension AssetLocation {
  /// Whether the text is one that documentation puts where a real location belongs.
  ///
  /// Text in angle brackets (`<string>`, `<your-url>`) unless it is a URL, and everything on `example.com`, with a scheme or
  /// without: the API page's own examples lie there. `example.net` and `example.org` are not recognised.
  public var isPlaceholder: Bool {
    if let intended { return Self.isExampleHost(intended.host.text) }
    let bytes = text.utf8
    if bytes.first == UInt8(ascii: "<"), bytes.last == UInt8(ascii: ">"), bytes.count > 1 { return true }
    return Self.isExampleHost(hostAsWritten)
  }

  /// The host of a URL of any scheme, or what would be one if somebody had not left the scheme out.
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
    let authority = rest[..<(rest.utf8.firstIndex { "/?#\\".utf8.contains($0) } ?? rest.endIndex)]
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
