import AssetSource
import Locations
import WanCheck

/// Where the API is served: a base URL, to which the paths of the endpoint are added.
public struct ProviderBase: Sendable, Hashable, CustomStringConvertible {
  /// The base URL in canonical form, without a slash at the end: all spellings of one
  /// base have the same text.
  public let text: String
  /// Whether the base is on this machine, as for a server under test.
  public let isLoopback: Bool

  /// The base of the API page.
  public static let freepik = ProviderBase(text: Profile.freepik.endpoint.base, isLoopback: false)

  /// The path of the endpoint, below the base.
  static let endpoint = Profile.freepik.endpoint.path

  /// A base; `nil` unless `text` is a URL that a key may be sent to: https, or a loopback address. It must
  /// not have a query, a fragment or credentials.
  public init?(_ text: String) {
    guard let url = AssetURL.read(text).url, !url.hasCredentials, url.query == nil, url.fragment == nil
    else { return nil }
    let isLoopback = HostClass(url.host).code == .loopback
    guard url.isSecure || isLoopback else { return nil }
    let port = url.effectivePort == (url.isSecure ? 443 : 80) ? "" : ":\(url.effectivePort)"
    self.init(
      text: "\(url.scheme)://\(url.host)\(port)\(URLPathForm.canonical(url.path))",
      isLoopback: isLoopback)
  }

  private init(text: String, isLoopback: Bool) {
    self.text = text
    self.isLoopback = isLoopback
  }

  /// The base URL.
  public var description: String { text }
}

/// The canonical form of a URL's path (RFC 3986, 6.2.2), without slashes at its end.
enum URLPathForm {
  static func canonical(_ path: String) -> String {
    var segments: [Substring] = []
    for segment in normalEscapes(of: path).split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    {
      switch segment {
      case ".": continue
      case "..": _ = segments.popLast()
      default: segments.append(segment)
      }
    }
    while segments.last?.isEmpty ?? false { segments.removeLast() }
    return segments.map { "/\($0)" }.joined()
  }

  /// The text with escapes of unreserved characters decoded, and the hex digits of
  /// other escapes in upper case.
  private static func normalEscapes(of text: String) -> String {
    let bytes = Array(text.utf8)
    var normal: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        normal += isUnreserved(value) ? [value] : Array(escape(value).utf8)
        index += 3
      } else {
        normal.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: normal, as: UTF8.self)
  }

  /// `text` as one segment of a path. Whatever it contains, it cannot lead to another folder.
  static func segment(_ text: String) -> String {
    if text == "." || text == ".." { return text.replacing(".", with: "%2E") }
    return text.utf8.map { isUnreserved($0) ? String(UnicodeScalar($0)) : escape($0) }.joined()
  }

  private static func escape(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "%" + (digits.count < 2 ? "0" : "") + digits
  }

  /// The unreserved characters of RFC 3986, 2.3.
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
