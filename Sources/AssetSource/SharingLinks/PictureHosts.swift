extension SharingService {
  /// Hosts of pictures that have direct links.
  static let pictureHosts: [SharingService] = [
    SharingService("Imgur", "imgur.com", "www.imgur.com", "m.imgur.com", target: imgur),
    SharingService("Imgur", "i.imgur.com", target: imgurFile),
    SharingService(
      "Wikimedia Commons", "commons.wikimedia.org", "commons.m.wikimedia.org", target: wikimedia),
    SharingService("Wikipedia", "*.wikipedia.org", target: wikimedia),
    SharingService("Unsplash", "unsplash.com", "www.unsplash.com") { address in
      guard address[0] == "photos" else { return nil }
      guard !address[1].isEmpty, address.components.count == 2 else { return nil }
      // Behind a title in words, the id is the last eleven characters.
      let id = address[1].suffix(11)
      return .direct(DirectLinkDraft(host: "unsplash.com", path: "/photos/\(id)/download"))
    },
  ]

  /// `/ID`, or `/words-of-a-title-ID`; Imgur serves what the picture is, whatever extension is asked for.
  @Sendable private static func imgur(_ address: SharedAddress) -> Target? {
    switch address[0] {
    case "a", "gallery", "t", "r", "user", "topic": return .obstacle(.notOneFile)
    default: break
    }
    guard address.components.count == 1, let name = address.components.first else { return nil }
    if name.contains(".") { return .direct(DirectLinkDraft(host: "i.imgur.com", path: imgurName(name))) }
    let id = name.split(separator: "-").last ?? ""
    let isID = (id.utf8.count == 5 || id.utf8.count == 7) && id.utf8.allSatisfy(isAlphanumeric)
    guard isID, !["about", "privacy", "emerald"].contains(name) else { return nil }
    return .direct(DirectLinkDraft(host: "i.imgur.com", path: "/\(id).jpg"))
  }

  /// Files, except that `.gifv` is a page around a video, and a bare id leads to a page.
  @Sendable private static func imgurFile(_ address: SharedAddress) -> Target? {
    guard address.components.count == 1, let name = address.components.first, !name.isEmpty else {
      return nil
    }
    if name.contains("."), !name.hasSuffix(".gifv") { return nil }
    return .direct(DirectLinkDraft(host: "i.imgur.com", path: imgurName(name)))
  }

  private static func imgurName(_ name: Substring) -> String {
    if name.hasSuffix(".gifv") { return "/\(name.dropLast(5)).mp4" }
    return name.contains(".") ? "/\(name)" : "/\(name).jpg"
  }

  /// `/wiki/File:NAME`, or the same in `title=`; the name keeps its percent-encoding.
  @Sendable private static func wikimedia(_ address: SharedAddress) -> Target? {
    let draft = DirectLinkDraft(host: address.host, path: "/wiki/Special:FilePath/")
    if address[0] == "w", address[1] == "index.php" {
      guard let title = address.query.value("title"), let name = fileName(title) else { return nil }
      return .direct(draft.path(hidden: name))
    }
    guard address[0] == "wiki" else { return nil }
    let title = address.components.dropFirst().joined(separator: "/")
    if let name = fileName(title[...]) {
      return .direct(DirectLinkDraft(host: address.host, path: "/wiki/Special:FilePath/\(name)"))
    }
    return PercentCoding.decode(title[...])?.hasPrefix("Special:") == true ? nil : .obstacle(.notOneFile)
  }

  /// The name behind `File:` in one of its spellings.
  private static func fileName(_ title: Substring) -> Substring? {
    let lower = title.lowercased()
    for namespace in ["file", "image", "datei", "fichier", "archivo", "plik", "bestand"] {
      for colon in [":", "%3a"] where lower.hasPrefix(namespace + colon) {
        let name = title.dropFirst(namespace.count + colon.count)
        return name.isEmpty ? nil : name
      }
    }
    return nil
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
