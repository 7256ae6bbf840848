import AssetOpening
import Locations

/// The redirects from an asset's URL. Which URL may be requested next is a pure decision.
struct RedirectTrail: Sendable, Hashable {
  /// Redirects that are followed.
  static let most = 5

  /// The URL to request now.
  private(set) var url: AssetURL
  /// Redirects that were followed.
  private(set) var count = 0
  private var seen: Set<String>

  init(_ url: AssetURL) {
    self.url = url
    seen = [Self.key(url)]
  }

  /// Goes on to the target of a redirect.
  ///
  /// A loop and an unusable target are refusals, since no client gets the asset. Too many redirects are not a refusal.
  mutating func follow(_ location: String?) throws(AssetError) {
    guard let location, !location.isEmpty else {
      throw AssetError(.refused, message: "the server redirects without saying where to")
    }
    let reading = url.resolving(location)
    guard let target = reading.url else {
      let problem = reading.problems.first
      let code: AssetError.Code = problem?.code == .schemeUnsupported ? .schemeUnsupported : .refused
      throw AssetError(
        code, message: "the redirect does not lead to an http(s) URL: \(problem?.message ?? "unreadable")")
    }
    guard !target.hasCredentials else {
      throw AssetError(
        .refused, message: "the server redirects to a URL that contains a user name or password")
    }
    guard count < Self.most else {
      throw AssetError(.unreachable, message: "the server redirects more than \(Self.most) times")
    }
    guard seen.insert(Self.key(target)).inserted else {
      throw AssetError(.refused, message: "the redirects form a loop")
    }
    url = target
    count += 1
  }

  private static func key(_ url: AssetURL) -> String {
    "\(url.scheme)://\(url.host):\(url.effectivePort)\(url.requestTarget)"
  }
}
