public import Locations
public import MediaFacts
public import SystemPackage

/// Why a location could not be turned into bytes.
public struct AssetError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it was; new codes may be added.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the code.
    public var rawValue: String

    /// A code by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The text cannot be a location: an empty path, a NUL in it, a name that is too long, not a URL.
    public static let badLocation = Code(rawValue: "bad-location")
    /// The path does not exist.
    public static let missing = Code(rawValue: "missing")
    /// The path does not lead to a regular file, but to a folder, a pipe or a device. The message names it.
    public static let notRegularFile = Code(rawValue: "not-regular-file")
    /// The operating system refused; `errno` says why.
    public static let unreadable = Code(rawValue: "unreadable")
    /// The file changed between opening and the end of the check.
    public static let changed = Code(rawValue: "changed")
    /// The caller cancelled.
    public static let cancelled = Code(rawValue: "cancelled")
    /// The asset is remote, and this opener does not fetch.
    public static let offline = Code(rawValue: "offline")
    /// A folder is deeper than a walk may go.
    public static let tooDeep = Code(rawValue: "too-deep")
    /// A folder has more entries than a walk may hold.
    public static let tooManyEntries = Code(rawValue: "too-many-entries")
    /// The server refuses the asset (401, 403, 404, 410), or the host name does not exist.
    public static let refused = Code(rawValue: "refused")
    /// The connection could not be secured: an expired certificate, a wrong host name.
    public static let tls = Code(rawValue: "tls")
    /// The server is unavailable now: 429, 5xx, a refused connection, a resolver that cannot answer.
    public static let unreachable = Code(rawValue: "unreachable")
    /// A host or an address may not be contacted. `hostClass` is its class.
    public static let notPublic = Code(rawValue: "not-public")
    /// The URL redirects to something that is neither http nor https.
    public static let schemeUnsupported = Code(rawValue: "scheme-unsupported")
    /// The asset is longer than the caller wanted to have transferred.
    public static let tooLarge = Code(rawValue: "too-large")
    /// The asset did not arrive in time.
    public static let timedOut = Code(rawValue: "timed-out")
  }

  /// What kind of failure it was.
  public var code: Code
  /// What happened, in words for people, without locations or secrets.
  public var message: String
  /// The operating system's error number, if it gave one.
  public var errno: CInt?
  /// The class of the host that may not be contacted, for code `notPublic`.
  public var hostClass: HostClass?
  /// Whether the server required proof that the client is a person.
  public var isBotChallenge = false
  /// The delivery until then, if a server was contacted.
  public var delivery: DeliveryFacts?

  /// A failure of kind `code`.
  public init(_ code: Code, message: String, errno: CInt? = nil, hostClass: HostClass? = nil) {
    self.code = code
    self.message = message
    self.errno = errno
    self.hostClass = hostClass
  }

  /// The failure for the error of a system call on a path.
  public init(_ errno: Errno) {
    switch errno {
    case .noSuchFileOrDirectory, .notDirectory:
      self.init(.missing, message: "there is no such file", errno: errno.rawValue)
    case .fileNameTooLong:
      self.init(.badLocation, message: "the path is too long", errno: errno.rawValue)
    case .tooManySymbolicLinkLevels:
      self.init(.unreadable, message: "the symbolic links form a loop", errno: errno.rawValue)
    default:
      self.init(.unreadable, message: errno.description, errno: errno.rawValue)
    }
  }

  /// The failure for an error of a source.
  public init(_ error: ByteSourceError) {
    let code: Code =
      switch error.code {
      case .changed: .changed
      case .cancelled: .cancelled
      case .unreachable: .unreachable
      case .timedOut: .timedOut
      case .tooLarge: .tooLarge
      default: .unreadable
      }
    self.init(code, message: error.message, errno: error.errno)
  }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}
