extension SharingService {
  /// Google's hosts; a file on Drive is known by its id alone, and by its resource key if it has one.
  static let google: [SharingService] = [
    SharingService("Google Drive", "drive.google.com", target: drive),
    SharingService("Google Drive", "drive.usercontent.google.com", target: driveDownload),
    SharingService("Google Docs", "docs.google.com", target: docs),
    closed("Google Photos", "photos.google.com", "photos.app.goo.gl"),
    // Asks everybody to sign in; the public address of the same object does not.
    SharingService("Google Cloud Storage", "storage.cloud.google.com") { address in
      guard address.components.count > 1, !address[1].isEmpty else { return .obstacle(.notOneFile) }
      return .direct(DirectLinkDraft(host: "storage.googleapis.com", path: address.path))
    },
  ]

  @Sendable private static func drive(_ address: SharedAddress) -> Target? {
    switch address.components.last {
    case "uc" where address.query.says("export", "download"): return nil
    case "open", "uc", "thumbnail": return file(address.query.value("id"), address)
    default: break
    }
    if address.components.contains("folders") || address.components.last == "folderview"
      || address.components.last == "my-drive"
    {
      return .obstacle(.notOneFile)
    }
    guard address.components.contains("file") else { return nil }
    return file(address)
  }

  /// A file whose id stands in the path: `/file/d/ID/view`, `/file/u/0/d/ID/preview`.
  private static func file(_ address: SharedAddress) -> Target? {
    guard let id = address.component(after: "d") else { return .obstacle(.unclear) }
    return .direct(withKey(driveFile.adding("id=\(id)"), address))
  }

  private static func file(_ id: Substring?, _ address: SharedAddress) -> Target? {
    guard let id else { return .obstacle(.unclear) }
    return .direct(withKey(driveFile.adding("id", hidden: id), address))
  }

  private static let driveFile = DirectLinkDraft(host: "drive.google.com", path: "/uc")
    .adding("export=download")

  private static func withKey(_ draft: DirectLinkDraft, _ address: SharedAddress) -> DirectLinkDraft {
    address.query.value("resourcekey").map { draft.adding("resourcekey", hidden: $0) } ?? draft
  }

  /// Where a direct link leads to: for a large file, to a page that says that it was not scanned for viruses.
  @Sendable private static func driveDownload(_ address: SharedAddress) -> Target? {
    guard address[0] == "download" || address[0] == "uc", !address.query.says("confirm", "t") else {
      return nil
    }
    guard address.query.value("id") != nil else { return .obstacle(.unclear) }
    let draft = DirectLinkDraft(host: address.host, path: "/download")
    let kept = address.query.without(["confirm", "export"])
    let names: Set<String> = ["id", "authuser", "resourcekey", "uuid", "at"]
    return .direct(draft.keeping(kept, showing: names).adding("export=download").adding("confirm=t"))
  }

  @Sendable private static func docs(_ address: SharedAddress) -> Target? {
    switch address.components.last {
    case "uc", "open": return drive(address)
    case "export", "pub", "viewer": return nil
    default: break
    }
    if address.components.contains("file") { return file(address) }
    if address.components.contains("drawings") {
      // Published drawings (/d/e/) and exported ones have addresses of their own.
      guard let id = address.component(after: "d"), id != "e", !address.components.contains("export") else {
        return nil
      }
      return .direct(
        withKey(DirectLinkDraft(host: address.host, path: "/drawings/d/\(id)/export/png"), address))
    }
    let documents = ["document", "spreadsheets", "presentation", "forms", "videos"]
    let isDocument = documents.contains { address.components.contains($0[...]) }
    return isDocument ? .obstacle(.noDirectLinks) : nil
  }
}
