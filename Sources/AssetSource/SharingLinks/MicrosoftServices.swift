extension SharingService {
  /// OneDrive and SharePoint: `download=1` turns the link of a file into the file.
  static let microsoft: [SharingService] = [
    SharingService("OneDrive", "1drv.ms") { address in
      if address[0] == "f" || address[0] == "a" || address[0] == "b" { return .obstacle(.notOneFile) }
      // `/i/c/OWNER/TOKEN`. Older ones (`/i/s!TOKEN`) drop what is added to them.
      guard address.components.count == 4, address[1] == "c" else { return .obstacle(.unclear) }
      return asDownload(address)
    },
    SharingService("OneDrive", "onedrive.live.com", target: oneDrive),
    SharingService(
      "SharePoint", "*.sharepoint.com", "*.sharepoint.cn", "*.sharepoint.us", target: sharePoint),
  ]

  @Sendable private static func oneDrive(_ address: SharedAddress) -> Target? {
    if address[0].hasPrefix(":") { return sharePoint(address) }
    switch address.components.last {
    case "download": return nil
    case "", nil, "redir", "embed", "view.aspx", "edit.aspx": break
    default: return nil
    }
    // The page of a link (`/?id=…`) names the file `id`, every other one `resid`.
    let name = address.query.parameters.contains { $0.name == "resid" } ? "resid" : "id"
    guard let id = address.query.value(name) else { return .obstacle(.unclear) }
    let draft = DirectLinkDraft(host: address.host, path: "/download").adding("resid", hidden: id)
    let key = address.query.parameters.filter { $0.name == "authkey" }
    return .direct(draft.keeping(key, showing: ["authkey"]))
  }

  /// `/:i:/s/SITE/TOKEN?e=…`: the letter says what the link shows.
  @Sendable private static func sharePoint(_ address: SharedAddress) -> Target? {
    switch address[0] {
    case ":f:": return .obstacle(.notOneFile)
    case ":i:", ":v:", ":u:", ":b:", ":t:": return asDownload(address)
    case let kind where kind.hasPrefix(":"): return .obstacle(.noDirectLinks)
    default: break
    }
    let pages = ["onedrive.aspx", "stream.aspx", "AllItems.aspx", "Doc.aspx", "DispForm.aspx"]
    return pages.contains { address.components.last == $0[...] } ? .obstacle(.notShared) : nil
  }

  private static func asDownload(_ address: SharedAddress) -> Target? {
    if address.query.says("download", "1") { return nil }
    let draft = DirectLinkDraft(host: address.host, path: address.path)
    let kept = address.query.without(["download", "web"])
    return .direct(draft.keeping(kept, showing: ["e", "csf", "email"]).adding("download=1"))
  }
}
