extension SharingService {
  /// Hosts for files of any kind that have direct links.
  static let fileHosts: [SharingService] = [
    SharingService("Dropbox", "dropbox.com", "www.dropbox.com", "m.dropbox.com", target: dropbox),
    SharingService("Box", "app.box.com", "*.app.box.com", "*.box.com", target: box),
    SharingService("Internet Archive", "archive.org", "www.archive.org", target: internetArchive),
  ]

  /// `dl=1` or `raw=1` in place of the page; everything else in the query stays, for the key is there.
  @Sendable private static func dropbox(_ address: SharedAddress) -> Target? {
    switch (address[0], address[1]) {
    case ("sh", _), ("scl", "fo"): return .obstacle(.notOneFile)
    case ("home", _), ("work", _), ("preview", _): return .obstacle(.notShared)
    case ("t", _), ("transfer", _): return .obstacle(.noDirectLinks)
    case ("s", _), ("scl", "fi"): break
    default: return nil
    }
    if address.query.says("dl", "1") || address.query.says("raw", "1") { return nil }
    let draft = DirectLinkDraft(host: "www.dropbox.com", path: address.path)
    let kept = address.query.without(["dl", "raw"])
    return .direct(draft.keeping(kept, showing: ["rlkey", "st", "e"]).adding("dl=1"))
  }

  /// `/s/TOKEN`, of a company or not; a page inside a shared folder names a file that only the page can fetch.
  @Sendable private static func box(_ address: SharedAddress) -> Target? {
    switch address[0] {
    case "s", "v":
      guard !address[1].isEmpty else { return .obstacle(.unclear) }
      guard address.components.count == 2 else { return .obstacle(.notOneFile) }
      // A name that somebody chose for a link (`/v/NAME`) is no token.
      guard address[0] == "s" else { return .obstacle(.unclear) }
      return .direct(DirectLinkDraft(host: address.host, path: "/shared/static/\(address[1])"))
    case "file", "folder", "notes": return .obstacle(.notShared)
    default: return nil
    }
  }

  @Sendable private static func internetArchive(_ address: SharedAddress) -> Target? {
    switch address[0] {
    case "details" where address.components.count > 2 && !address[2].isEmpty:
      return .direct(
        DirectLinkDraft(host: "archive.org", path: address.path(replacing: 0, with: "download")))
    case "download" where address.components.count > 2: return nil
    case "details", "download", "embed", "stream": return .obstacle(.notOneFile)
    default: return nil
    }
  }
}
