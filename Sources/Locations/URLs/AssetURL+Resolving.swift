extension AssetURL {
  /// The URL that a reference, such as the value of a `Location` header, means relative to this URL (RFC 3986, 5.2).
  ///
  /// Servers often do not encode spaces and non-ASCII letters in it; these are percent-encoded. All other bytes stay.
  package func resolving(_ reference: String) -> AssetURLReading {
    let reference = Self.encoded(reference)
    if AssetURLParser.schemeEnd(reference) != nil { return AssetURL.read(reference) }
    if reference.hasPrefix("//") { return AssetURL.read("\(scheme):\(reference)") }
    let origin = "\(scheme)://\(authority)"
    if reference.hasPrefix("/") { return AssetURL.read(origin + Self.withoutDots(reference)) }
    if reference.hasPrefix("?") { return AssetURL.read(origin + (path.isEmpty ? "/" : path) + reference) }
    if reference.isEmpty || reference.hasPrefix("#") {
      return AssetURL.read(origin + requestTarget + reference)
    }
    let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[...$0] } ?? "/"
    return AssetURL.read(origin + Self.withoutDots(folder + reference))
  }

  private static func encoded(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0x80 || $0 == UInt8(ascii: " ") }) else { return text }
    // The parser reads international hosts.
    var authorityEnd = text.startIndex
    if AssetURLParser.schemeEnd(text) != nil || text.hasPrefix("//"), let slashes = text.firstRange(of: "//")
    {
      authorityEnd = text[slashes.upperBound...].firstIndex { "/?#".contains($0) } ?? text.endIndex
    }
    let rest = text[authorityEnd...].utf8.reduce(into: "") { encoded, byte in
      if byte >= 0x80 || byte == UInt8(ascii: " ") {
        encoded += PercentEncoding.escape(byte)
      } else {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return text[..<authorityEnd] + rest
  }

  /// A path, with its query, without dot segments (RFC 3986, 5.2.4); empty segments stay.
  private static func withoutDots(_ text: some StringProtocol) -> String {
    let end = text.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? text.endIndex
    var kept: [Substring] = []
    let segments = String(text[..<end]).split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      switch segment {
      case ".": if isLast { kept.append("") }
      case "..":
        kept = kept.dropLast()
        if isLast { kept.append("") }
      default: kept.append(segment)
      }
    }
    return "/" + kept.joined(separator: "/") + text[end...]
  }
}
