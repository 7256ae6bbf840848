/// Parses a text by RFC 3986 and collects everything that is wrong with it.
struct AssetURLParser {
  private let text: String
  private var problems: [AssetURLProblem] = []

  init(_ text: String) { self.text = text }

  mutating func parse() -> AssetURLReading {
    guard !text.isEmpty else { return refusing(.empty, "there is no URL") }
    guard text.utf8.count <= AssetURL.maximumLength else {
      return refusing(
        .tooLong, "the URL has \(text.utf8.count) bytes, more than \(AssetURL.maximumLength)")
    }
    guard let colon = Self.schemeEnd(text) else {
      return refusing(.schemeMissing, "the URL does not begin with http:// or https://")
    }
    let scheme = text[..<colon].lowercased()
    if let digit = text.utf8[colon...].dropFirst().first, digit.isDigit, scheme != "http",
      scheme != "https"
    {
      return refusing(
        .schemeMissing, "a host and a port do not make a URL; put http:// or https:// before them")
    }
    let isScheme = text.utf8[colon...].dropFirst().starts(with: "//".utf8) || scheme == "mailto"
    guard scheme == "http" || scheme == "https" || isScheme || !text.utf8.contains(UInt8(ascii: "@")) else {
      // The name may be a secret; what looks like a scheme is not shown.
      return refusing(
        .schemeMissing,
        "a user name and a host do not make a URL; write https:// and the host, without the name")
    }
    guard scheme == "http" || scheme == "https" else {
      let words =
        scheme.utf8.count == 1
        ? "this is a Windows path, or has the unknown scheme \(scheme)" : "the scheme is \(scheme)"
      return refusing(.schemeUnsupported, "\(words), not http or https")
    }
    let rest = text[text.index(after: colon)...]
    guard rest.hasPrefix("//") else {
      checkCharacters(authority: rest.startIndex..<rest.startIndex)
      return refusing(.hostMissing, "\(scheme): is not followed by // and a host")
    }
    return read(rest.dropFirst(2), scheme: scheme)
  }

  /// The colon after a scheme (RFC 3986, 3.1), if the text has one.
  static func schemeEnd(_ text: String) -> String.Index? {
    let bytes = text.utf8
    guard bytes.first?.isLetter == true else { return nil }
    let end = bytes.firstIndex { byte in
      !byte.isAlphanumeric && !"+.-".utf8.contains(byte)
    }
    guard let end, bytes[end] == UInt8(ascii: ":") else { return nil }
    return end
  }

  private mutating func read(_ rest: Substring, scheme: String) -> AssetURLReading {
    let authorityEnd = rest.utf8.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
    checkCharacters(authority: rest.startIndex..<authorityEnd)
    let (userinfo, hostText, portText) = Self.takeApart(rest[..<authorityEnd])
    let host = readHost(hostText)
    if userinfo != nil {
      note(.credentials, "there is a user name or password before the host", at: rest.startIndex)
    }
    let port = readPort(portText)

    let target = rest[authorityEnd...]
    let hash = target.utf8.firstIndex(of: UInt8(ascii: "#"))
    let beforeHash = target[..<(hash ?? target.endIndex)]
    let mark = beforeHash.utf8.firstIndex(of: UInt8(ascii: "?"))

    problems.sort { ($0.offset ?? 0) < ($1.offset ?? 0) }
    guard let host, problems.allSatisfy({ $0.code == .credentials }) else {
      return AssetURLReading(url: nil, problems: problems)
    }
    let url = AssetURL(
      text: text, scheme: scheme, hasCredentials: userinfo != nil, host: host, port: port,
      path: String(beforeHash[..<(mark ?? beforeHash.endIndex)]),
      query: mark.map { String(beforeHash[beforeHash.utf8.index(after: $0)...]) },
      fragment: hash.map { String(target[target.utf8.index(after: $0)...]) })
    return AssetURLReading(url: url, problems: problems)
  }

  /// The last `@` ends the user info, so that no host can hide after another one; a colon inside brackets is not a port's.
  private static func takeApart(
    _ authority: Substring
  ) -> (userinfo: Substring?, host: Substring, port: Substring?) {
    var host = authority
    var userinfo: Substring?
    if let at = authority.utf8.lastIndex(of: UInt8(ascii: "@")) {
      userinfo = authority[..<at]
      host = authority[authority.utf8.index(after: at)...]
    }
    guard let colon = host.utf8.lastIndex(of: UInt8(ascii: ":")),
      !(host.hasPrefix("[") && host[colon...].utf8.contains(UInt8(ascii: "]")))
    else { return (userinfo, host, nil) }
    return (userinfo, host[..<colon], host[host.utf8.index(after: colon)...])
  }

  private mutating func readHost(_ written: Substring) -> URLHost? {
    do throws(AssetURLProblem) {
      return try URLHost(written: written)
    } catch {
      // A space or a backslash in the host has been named already.
      if problems.isEmpty || (error.code != .badHost && error.code != .badInternationalHost) {
        note(error.code, error.message, at: written.startIndex)
      }
      return nil
    }
  }

  /// An empty port is the scheme's own (RFC 3986, 3.2.3).
  private mutating func readPort(_ written: Substring?) -> UInt16? {
    guard let written, !written.isEmpty else { return nil }
    if written.utf8.allSatisfy(\.isDigit), let port = UInt16(written), port > 0 { return port }
    note(.badPort, "the port must be a number from 1 to 65535", at: written.startIndex)
    return nil
  }

  /// Looks at every character; each kind of problem is noted once, where it is first seen. `URLHost` checks the
  /// characters of the authority.
  private mutating func checkCharacters(authority: Range<String.Index>) {
    let bytes = text.utf8
    var hasFragment = false
    for index in text.unicodeScalars.indices {
      let scalar = text.unicodeScalars[index]
      switch scalar {
      case " ", "\t", "\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{A0}", "\u{2028}", "\u{2029}":
        noteOnce(.whitespace, "there is a space or a line break", at: index)
      case "\\":
        noteOnce(.backslash, "there is a backslash; write /", at: index)
      case _ where scalar.properties.generalCategory == .control:
        noteOnce(.controlCharacter, "there is a control character", at: index)
      case "%" where !PercentEncoding.isEscape(bytes[index...].prefix(3)):
        noteOnce(.badEscape, "a % is not followed by two hexadecimal digits; write %25", at: index)
      case "#":
        // A second one would be data, and data is percent-encoded.
        if hasFragment { noteUnencoded(scalar, at: index) }
        hasFragment = true
      case _ where !Self.isPlain(scalar) && !authority.contains(index):
        noteUnencoded(scalar, at: index)
      default:
        break
      }
    }
  }

  private mutating func noteUnencoded(_ scalar: Unicode.Scalar, at index: String.Index) {
    let escaped = String(scalar).utf8.map(PercentEncoding.escape)
    noteOnce(
      .unencodedCharacter, "\(displayText(String(scalar))) must be written as \(escaped.joined())", at: index)
  }

  /// What a path, query or fragment may hold (RFC 3986, 3.3 to 3.5).
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: "-._~!$&'()*+,;=:@/?%".unicodeScalars.contains(scalar)
    }
  }

  private mutating func noteOnce(_ code: AssetURLProblem.Code, _ message: String, at index: String.Index) {
    guard !problems.contains(where: { $0.code == code }) else { return }
    note(code, message, at: index)
  }

  private mutating func note(_ code: AssetURLProblem.Code, _ message: String, at index: String.Index) {
    let offset = text.utf8.distance(from: text.startIndex, to: index)
    problems.append(AssetURLProblem(code, message, offset: offset))
  }

  private mutating func refusing(_ code: AssetURLProblem.Code, _ message: String) -> AssetURLReading {
    AssetURLReading(url: nil, problems: problems + [AssetURLProblem(code, message, offset: 0)])
  }
}
