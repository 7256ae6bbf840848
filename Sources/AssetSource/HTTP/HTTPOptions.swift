/// How remote assets are fetched.
public struct HTTPOptions: Sendable {
  /// What the `User-Agent` header says; honest by default.
  public var userAgent = "wan-check"
  /// Whether requests go through a proxy.
  public var proxy: ProxyChoice = .environment
  /// Which hosts and addresses may be contacted.
  public var policy = AddressPolicy()
  /// Assets that are fetched at a time.
  public var connections = 16
  /// Assets that are fetched from one host at a time.
  public var connectionsPerHost = 16
  /// Tries for one asset without any progress, the first included.
  public var attempts = 4
  /// Longest time for one asset from its first request to its last byte, where the caller names none.
  public var timeLimit: Duration = .seconds(120)
  /// Longest time to open a connection to one address.
  public var connectLimit: Duration = .seconds(10)
  /// Longest time for a name to be resolved.
  public var resolveLimit: Duration = .seconds(10)
  /// Longest time in which nothing arrives.
  public var idleLimit: Duration = .seconds(20)
  /// The path of a PEM file with the certificate authorities to trust; `nil`: `SSL_CERT_FILE`, else the system's.
  public var trustRoots: String?

  /// The defaults.
  public init() {}
}
