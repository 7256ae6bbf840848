extension SharingService {
  /// Hosts of repositories: the page of a file and the file differ by one component of the path.
  static let codeHosts: [SharingService] = [
    SharingService("GitHub", "github.com", "www.github.com", target: gitHub),
    SharingService("GitHub Gist", "gist.github.com", target: gist),
    SharingService("GitLab", "gitlab.com", "www.gitlab.com", target: gitLab),
    SharingService("Bitbucket", "bitbucket.org", "www.bitbucket.org") { address in
      guard address[2] == "src" else { return nil }
      return raw(address, 2, "raw", host: "bitbucket.org", leastComponents: 5)
    },
    SharingService("Hugging Face", "huggingface.co", "www.huggingface.co", "hf.co", target: huggingFace),
    SharingService("Codeberg", "codeberg.org") { address in
      // `/OWNER/REPOSITORY/src/branch/NAME/PATH`, or with `commit` or `tag`.
      guard address[2] == "src" else { return nil }
      return raw(address, 2, "raw", host: "codeberg.org", leastComponents: 6)
    },
  ]

  /// The path with one component exchanged; one that is shorter shows a folder.
  private static func raw(
    _ address: SharedAddress, _ index: Int, _ component: String, host: String, leastComponents: Int
  ) -> Target {
    guard address.components.count >= leastComponents, address.components.allSatisfy({ !$0.isEmpty }) else {
      return .obstacle(.notOneFile)
    }
    return .direct(DirectLinkDraft(host: host, path: address.path(replacing: index, with: component)))
  }

  @Sendable private static func gitHub(_ address: SharedAddress) -> Target? {
    switch address[2] {
    case "blob", "blame":
      if address.query.says("raw", "true") || address.query.says("raw", "1") { return nil }
      guard address.components.count > 4, address.components.allSatisfy({ !$0.isEmpty }) else {
        return .obstacle(.notOneFile)
      }
      let parts = address.components[..<2] + address.components[3...]
      return .direct(
        DirectLinkDraft(host: "raw.githubusercontent.com", path: "/" + parts.joined(separator: "/")))
    case "tree": return .obstacle(.notOneFile)
    case "releases" where address[3] != "download" && address[4] != "download": return .obstacle(.notOneFile)
    case "" where address.components.count == 2: return .obstacle(.notOneFile)
    default: return nil
    }
  }

  /// `/OWNER/ID`; the file is the first one of several.
  @Sendable private static func gist(_ address: SharedAddress) -> Target? {
    guard address.components.count == 2, address[1].utf8.count >= 20, address[1].allSatisfy(\.isHexDigit)
    else { return nil }
    return .direct(DirectLinkDraft(host: "gist.githubusercontent.com", path: address.path + "/raw"))
  }

  /// `/GROUP…/PROJECT/-/blob/REF/PATH`; old links have no hyphen.
  @Sendable private static func gitLab(_ address: SharedAddress) -> Target? {
    let index =
      address.components.firstIndex(of: "-").map { $0 + 1 }
      ?? address.components.firstIndex { $0 == "blob" || $0 == "tree" } ?? 0
    switch address[index] {
    case "blob" where index > 1, "blame" where index > 1:
      return raw(address, index, "raw", host: "gitlab.com", leastComponents: index + 3)
    case "tree" where index > 1, "releases" where index > 1: return .obstacle(.notOneFile)
    default: return nil
    }
  }

  /// `/OWNER/MODEL/blob/REF/PATH`, or with `datasets` or `spaces` before it.
  @Sendable private static func huggingFace(_ address: SharedAddress) -> Target? {
    let index = address[0] == "datasets" || address[0] == "spaces" ? 3 : 2
    switch address[index] {
    case "blob": return raw(address, index, "resolve", host: "huggingface.co", leastComponents: index + 3)
    case "tree": return .obstacle(.notOneFile)
    default: return nil
    }
  }
}
