/// A link of a well-known sharing host that leads to a page about a file, and the direct form of the same link.
///
/// A pure function of the URL: nothing is fetched, and nothing says that the file exists or is public. Exactly one
/// of `direct` and `obstacle` is there.
public struct SharingLink: Sendable, Hashable {
  /// Why a link has no direct form; new reasons may be added.
  public struct Obstacle: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the reason.
    public var rawValue: String

    /// A reason by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The host has no direct links, or none that can be made from this one.
    public static let noDirectLinks = Obstacle(rawValue: "no-direct-links")
    /// The link shows a folder, an album, or a page that lists files.
    public static let notOneFile = Obstacle(rawValue: "not-one-file")
    /// The link opens the file for its owner only, or for people who signed in.
    public static let notShared = Obstacle(rawValue: "not-shared")
    /// The link does not say which file it means, or says it twice.
    public static let unclear = Obstacle(rawValue: "unclear")
  }

  /// The sharing host as people call it: `Google Drive`.
  public let service: String
  /// The direct form of the link; `nil` if there is none.
  public let direct: DirectLink?
  /// Why there is no direct form; `nil` if there is one.
  public let obstacle: Obstacle?

  /// The sharing link that a URL is; `nil` if its host is none of the known ones, or if the URL is direct already.
  public init?(_ url: AssetURL) {
    guard let address = SharedAddress(url), let service = SharingService.named(address.host),
      let target = service.target(address)
    else { return nil }
    self.service = service.name
    switch target {
    case .obstacle(let obstacle):
      self.direct = nil
      self.obstacle = obstacle
    case .direct(let draft):
      guard let direct = draft.link else {
        self.direct = nil
        self.obstacle = .unclear
        return
      }
      // What leads to itself is no page.
      if direct.url.host == url.host, direct.url.requestTarget == url.requestTarget { return nil }
      self.direct = direct
      self.obstacle = nil
    }
  }
}

/// A link that leads to a file itself.
public struct DirectLink: Sendable, Hashable {
  /// The link, exact; its query may hold secrets of the link that it was made from.
  public let url: AssetURL
  /// The link as people may see it: `…` stands for whatever the query of the first link said.
  public let displayText: String
}
