public import AssetOpening
import AssetSource
import SystemPackage

/// A failure to fetch or to store a result.
public struct DownloadError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of a failure; new codes may be added.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the code.
    public var rawValue: String

    /// A code by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The provider's answer contains a result that is not an http(s) URL.
    public static let badURL = Code(rawValue: "bad-url")
    /// The URL leads to a host that must not be contacted; `underlying` has the details.
    public static let notPublic = Code(rawValue: "not-public")
    /// The server does not deliver the file; the link may have expired.
    public static let refused = Code(rawValue: "refused")
    /// The server could not be reached, or the transfer broke off and could not be continued.
    public static let unreachable = Code(rawValue: "unreachable")
    /// The file did not arrive in time.
    public static let timedOut = Code(rawValue: "timed-out")
    /// The file is larger than the limit.
    public static let tooLarge = Code(rawValue: "too-large")
    /// The file changed while it was fetched, or the written bytes differ from the received ones.
    public static let changed = Code(rawValue: "changed")
    /// The file is empty.
    public static let empty = Code(rawValue: "empty")
    /// The server delivered a web page instead.
    public static let webPage = Code(rawValue: "web-page")
    /// The folder is not a folder, cannot be made, or cannot be written to.
    public static let badFolder = Code(rawValue: "bad-folder")
    /// The disk is full.
    public static let diskFull = Code(rawValue: "disk-full")
    /// The file could not be written for another reason; `errno` has the details.
    public static let unwritable = Code(rawValue: "unwritable")
    /// All names for the file are taken.
    public static let noFreeName = Code(rawValue: "no-free-name")
    /// The caller cancelled the download.
    public static let cancelled = Code(rawValue: "cancelled")
  }

  /// The kind of the failure.
  public var code: Code
  /// What happened, in words for people, without secrets.
  public var message: String
  /// The operating system's error number, if there is one.
  public var errno: CInt?
  /// The failure to fetch the bytes, if that is the cause.
  public var underlying: AssetError?

  /// A failure of kind `code`.
  public init(_ code: Code, message: String, errno: CInt? = nil, underlying: AssetError? = nil) {
    self.code = code
    self.message = message
    self.errno = errno
    self.underlying = underlying
  }

  /// Whether another attempt could succeed: with a new link, a better connection, or more space.
  public var isWorthAnotherTry: Bool {
    switch code {
    case .badURL, .notPublic, .tooLarge, .webPage, .empty: false
    default: true
    }
  }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}

extension DownloadError {
  /// The download error for a failed delivery.
  init(_ error: AssetError) {
    // The opener's temporary files are on a disk, too.
    if let errno = error.errno, Self.isNoRoom(Errno(rawValue: errno)) {
      self.init(.diskFull, message: error.message, errno: errno, underlying: error)
      return
    }
    let code: Code =
      switch error.code {
      case .badLocation, .schemeUnsupported: .badURL
      case .notPublic: .notPublic
      case .refused: .refused
      case .timedOut: .timedOut
      case .tooLarge: .tooLarge
      case .changed: .changed
      case .cancelled: .cancelled
      case .unreadable: .unwritable
      default: .unreachable
      }
    let message =
      switch code {
      case .cancelled: "the download was cancelled"
      case .refused: "\(error.message); links to results expire"
      default: error.message
      }
    self.init(code, message: message, errno: error.errno, underlying: error)
  }

  /// The download error for a failed system call on the file or its folder; `what` is the action that failed.
  init(_ errno: Errno, _ what: String) {
    self.init(
      Self.isNoRoom(errno) ? .diskFull : .unwritable, message: "\(what): \(errno)", errno: errno.rawValue)
  }

  private static func isNoRoom(_ errno: Errno) -> Bool {
    errno == .noSpace || errno == .diskQuotaExceeded
  }
}
