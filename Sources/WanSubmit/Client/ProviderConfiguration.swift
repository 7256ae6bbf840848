public import AssetSource
import WanCheck

/// How the provider is asked: where, as whom, and how patiently.
public struct ProviderConfiguration: Sendable {
  /// Where the API is served.
  public var base: ProviderBase
  /// The name of the header that carries the key.
  public var keyHeader: String
  /// The account's key.
  public var key: APIKey
  /// Jobs that are sent at a time.
  public var concurrency = 3
  /// Longest time to open a connection, TLS included.
  public var connectLimit: Duration = .seconds(10)
  /// Longest time from the moment that a request may leave until its answer is whole.
  public var answerLimit: Duration = .seconds(60)
  /// Longest time for one job from its first try until the provider takes it: pauses that the provider asks for, and
  /// connections that fail.
  public var sendingLimit: Duration = .seconds(120)
  /// The age at which a check counts no more, and is made again before the job is sent.
  public var freshness: Duration = .seconds(600)
  /// Whether requests go through a proxy.
  public var proxy: ProxyChoice = .environment
  /// The path of a PEM file with the certificate authorities to trust; `nil`: `SSL_CERT_FILE`, else the system's.
  public var trustRoots: String?
  /// What the `User-Agent` header says.
  public var userAgent = "wan-check"

  /// The header of the API page.
  public static let freepikKeyHeader = Profile.freepik.endpoint.keyHeader

  /// A configuration with the usual patience.
  public init(key: APIKey, base: ProviderBase = .freepik, keyHeader: String = freepikKeyHeader) {
    self.key = key
    self.base = base
    self.keyHeader = keyHeader
  }

  /// Whether `name` can be the name of a header that carries a key: a token (RFC 9110, 5.6.2) that means nothing else.
  package static func isKeyHeader(_ name: String) -> Bool {
    let token = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
    }
    let taken = [
      "accept", "connection", "content-encoding", "content-length", "content-type", "expect", "host", "te",
      "trailer", "transfer-encoding", "upgrade", "user-agent",
    ]
    return !name.isEmpty && name.utf8.count <= 128 && token && !taken.contains(name.lowercased())
  }
}
