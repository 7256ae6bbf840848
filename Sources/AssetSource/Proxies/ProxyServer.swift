import AssetOpening
import Foundation
import Locations

/// An HTTP proxy.
public struct ProxyServer: Sendable, Hashable {
  /// Its host: a name, or an address.
  public var host: String
  /// Its port.
  public var port: UInt16
  /// The user name and password for the proxy. They are never shown.
  public var credentials: Credentials?

  /// A user's name and password.
  public struct Credentials: Sendable, Hashable {
    /// The name, percent-decoded.
    public var user: String
    /// The password, percent-decoded.
    public var password: String
  }

  /// Reads `http://proxy.example.net:3128`, with or without scheme and credentials. The default port is 80.
  ///
  /// The result is `nil` if the text is not the URL of an HTTP proxy. Proxies over TLS or SOCKS are not supported.
  public init?(_ text: String) {
    let text = text.contains("://") ? text : "http://\(text)"
    guard let url = AssetURL.read(text).url, url.scheme == "http", ["", "/"].contains(url.path),
      url.query == nil
    else { return nil }
    host = url.host.text
    port = url.effectivePort
    if url.hasCredentials, let at = text.lastIndex(of: "@"), let start = text.firstRange(of: "//") {
      let parts = text[start.upperBound..<at].split(
        separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let decoded = parts.map { String($0).removingPercentEncoding ?? String($0) }
      credentials = Credentials(user: decoded.first ?? "", password: decoded.count > 1 ? decoded[1] : "")
    }
  }
}

/// Whether requests go through a proxy; new choices may be added.
public struct ProxyChoice: Sendable, Hashable {
  enum Kind: Hashable { case environment, direct, server(ProxyServer) }
  let kind: Kind

  /// By the environment: `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, or their upper-case forms
  /// (`HTTP_PROXY` only in lower case, since a web server's request could set it).
  public static let environment = ProxyChoice(kind: .environment)
  /// Never.
  public static let direct = ProxyChoice(kind: .direct)
  /// Always through one server.
  public static func server(_ server: ProxyServer) -> ProxyChoice { ProxyChoice(kind: .server(server)) }
}
