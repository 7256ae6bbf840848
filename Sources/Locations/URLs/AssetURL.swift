package import SystemPackage

/// An http(s) URL of an asset, parsed and left as it was given.
///
/// Nothing is ever re-encoded: a signature covers the bytes of the text.
/// Source: RFC 3986, and RFC 5891 for international host names.
public struct AssetURL: Sendable, Hashable {
  /// The text as it was given, byte for byte.
  public let text: String
  /// `http` or `https`, in lower case.
  public let scheme: String
  /// Whether there is a user name or a password before the host.
  public let hasCredentials: Bool
  /// The host, normalised.
  public let host: URLHost
  /// The port, if the text names one.
  public let port: UInt16?
  /// The path as given; empty if there is none.
  public let path: String
  /// The query as given, without the question mark; `nil` if there is no question mark.
  public let query: String?
  /// The fragment as given, without the number sign; `nil` if there is no number sign.
  public let fragment: String?

  /// The length in bytes that a URL may have; servers commonly refuse longer ones.
  public static let maximumLength = 8192

  /// Whether the transport is encrypted.
  public var isSecure: Bool { scheme == "https" }

  /// The port that is connected to.
  public var effectivePort: UInt16 { port ?? (isSecure ? 443 : 80) }

  /// What an HTTP request asks for: path and query, byte for byte.
  public var requestTarget: String {
    (path.isEmpty ? "/" : path) + (query.map { "?" + $0 } ?? "")
  }

  /// The normalised host, and the port if the text names one.
  public var authority: String {
    host.description + (port.map { ":\($0)" } ?? "")
  }

  /// The extension of the path's last component: lower case, percent-decoded; `nil` if there is none.
  public var fileExtension: String? { FileNameExtension.of(urlPath: path) }
}

/// What reading a text as a URL gave: the URL, what is wrong with it, or both.
public struct AssetURLReading: Sendable, Hashable {
  /// The URL; `nil` if a problem makes it unreadable. Credentials alone do not.
  public let url: AssetURL?
  /// Everything wrong with the text, in its order; empty if nothing is.
  public let problems: [AssetURLProblem]
}

extension AssetURL {
  /// Reads a text as an absolute http(s) URL.
  public static func read(_ text: String) -> AssetURLReading {
    var parser = AssetURLParser(text)
    return parser.parse()
  }
}

/// The extension that a file name ends in: a claim about the content, not a fact.
package enum FileNameExtension {
  /// The extension of a URL's path: percent-decoded, lower case; `nil` if there is none.
  package static func of(urlPath path: String) -> String? {
    let component = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.utf8.index(after: $0)...] }
    return PercentEncoding.decode(component ?? path[...]).flatMap { of(name: $0) }
  }

  /// The extension of a file's path: lower case; `nil` if there is none.
  package static func of(_ path: FilePath) -> String? {
    path.lastComponent.flatMap { of(name: $0.string) }
  }

  /// One to sixteen ASCII letters and digits after the last dot, and something before it.
  private static func of(name: String) -> String? {
    guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return nil }
    let end = name[name.utf8.index(after: dot)...]
    guard end.utf8.allSatisfy(\.isAlphanumeric), (1...16).contains(end.utf8.count) else { return nil }
    return end.lowercased()
  }
}
