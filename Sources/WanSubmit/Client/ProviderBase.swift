import AssetSource

/// Where the API is served: a base URL, to which paths such as `/v1/ai/image-to-video/wan-2-7` are added.
public struct ProviderBase: Sendable, Hashable, CustomStringConvertible {
  /// The base URL, without a slash at its end.
  public let text: String
  /// Whether it is this machine: a server under test.
  public let isLoopback: Bool

  /// The base of the API page.
  public static let freepik = ProviderBase(text: "https://api.freepik.com", isLoopback: false)
  /// The second brand under which the same API is served, with keys in the header `x-magnific-api-key`.
  public static let magnific = ProviderBase(text: "https://api.magnific.com", isLoopback: false)

  /// The path of the endpoint, below the base.
  static let endpoint = "/v1/ai/image-to-video/wan-2-7"

  /// A base; `nil` if `text` is no URL that a key may be sent to: https, or a loopback address. A query, a fragment and
  /// credentials do not belong into it.
  public init?(_ text: String) {
    guard let url = AssetURL.read(text).url, !url.hasCredentials, url.query == nil, url.fragment == nil
    else { return nil }
    let isLoopback = HostClass(url.host).code == .loopback
    guard url.isSecure || isLoopback else { return nil }
    var path = url.path
    while path.hasSuffix("/") { path.removeLast() }
    self.init(text: "\(url.scheme)://\(url.authority)\(path)", isLoopback: isLoopback)
  }

  private init(text: String, isLoopback: Bool) {
    self.text = text
    self.isLoopback = isLoopback
  }

  /// The base URL.
  public var description: String { text }
}
