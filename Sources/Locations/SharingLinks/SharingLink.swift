/// A link of a well-known sharing host that leads to a page about a file, and the direct form of the same link.
///
/// The result depends on the URL only: nothing is fetched, and the file need not exist or be public. Exactly one of
/// `direct` and `obstacle` is set.
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
    /// The link does not name its file, or names more than one.
    public static let unclear = Obstacle(rawValue: "unclear")
  }

  /// The well-known name of the sharing host: `Google Drive`.
  public let service: String
  /// The direct form of the link; `nil` if there is none.
  public let direct: DirectLink?
  /// Why there is no direct form; `nil` if there is one.
  public let obstacle: Obstacle?

  /// Reads a URL as a sharing link; `nil` if its host is not a known one, or if the URL is direct already.
  public init?(_ url: AssetURL) {
    guard case .name = url.host.kind, [nil, 80, 443].contains(url.port),
      let service = SharingService.named(url.host.text)
    else { return nil }
    let page = SharedPage(url)
    self.service = service.name
    switch service.rules.lazy.compactMap({ $0.outcome(of: page) }).first {
    case .file, nil: return nil
    case .obstacle(let obstacle): (direct, self.obstacle) = (nil, obstacle)
    case .direct(let direct):
      // A link that leads to itself is not a page.
      if direct.url.host == url.host, direct.url.requestTarget == url.requestTarget { return nil }
      (self.direct, obstacle) = (direct, nil)
    }
  }
}

/// A link that leads to a file itself.
public struct DirectLink: Sendable, Hashable {
  /// The link, exact; its query may hold secrets of the link that it was made from.
  public let url: AssetURL
  /// The link in a form that is safe to show: `…` replaces values from the query of the first link.
  public let displayText: String
}
