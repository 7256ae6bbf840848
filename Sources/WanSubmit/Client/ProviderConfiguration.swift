public import AssetSource
import WanCheck

/// The settings for requests to the provider: its address, the account's key, and time limits.
public struct ProviderConfiguration: Sendable {
  /// The base URL of the API.
  public var base: ProviderBase
  /// The name of the header that carries the key.
  public var keyHeader: String
  /// The account's key.
  public var key: APIKey
  /// The number of jobs that are sent at a time.
  public var concurrency = 3
  /// The time limit for opening a connection, TLS included.
  public var connectLimit: Duration = .seconds(10)
  /// The time limit from the moment that a request may leave until its answer is complete.
  public var answerLimit: Duration = .seconds(60)
  /// The time limit for one job, from the first try until the provider takes it. It includes the pauses that
  /// the provider requests, and failed connections.
  public var sendingLimit: Duration = .seconds(120)
  /// The age from which a check is too old, so that it is repeated before the job is sent.
  public var freshness: Duration = .seconds(600)
  /// Whether requests go through a proxy.
  public var proxy: ProxyChoice = .environment
  /// The path of a PEM file with trusted certificate authorities; `nil` for `SSL_CERT_FILE` or,
  /// without it, the system's.
  public var trustRoots: String?
  /// The value of the `User-Agent` header.
  public var userAgent = "wan-check"

  /// The header of the API page.
  public static let freepikKeyHeader = Profile.freepik.endpoint.keyHeader

  /// A configuration with the default limits.
  public init(key: APIKey, base: ProviderBase = .freepik, keyHeader: String = freepikKeyHeader) {
    self.key = key
    self.base = base
    self.keyHeader = keyHeader
  }

  /// Whether `name` can be a header that carries a key: a token (RFC 9110, 5.6.2) without another meaning.
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
