public import AssetOpening
import AssetSource
import SystemPackage

/// Why a result could not be fetched, or not be kept.
public struct DownloadError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it was; new codes may be added.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the code.
    public var rawValue: String

    /// A code by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The provider's answer names something that is no http(s) URL.
    public static let badURL = Code(rawValue: "bad-url")
    /// The URL leads to a host that may not be contacted; `underlying` says what it is.
    public static let notPublic = Code(rawValue: "not-public")
    /// The server does not hand it out; the link has expired, perhaps.
    public static let refused = Code(rawValue: "refused")
    /// The server could not be asked now, or the transfer broke off for good.
    public static let unreachable = Code(rawValue: "unreachable")
    /// It did not arrive in time.
    public static let timedOut = Code(rawValue: "timed-out")
    /// It is longer than the bound.
    public static let tooLarge = Code(rawValue: "too-large")
    /// It changed while it was fetched, or what was written is not what arrived.
    public static let changed = Code(rawValue: "changed")
    /// There are no bytes at the URL.
    public static let empty = Code(rawValue: "empty")
    /// A web page came instead.
    public static let webPage = Code(rawValue: "web-page")
    /// The folder is none, cannot be made, or cannot be written to.
    public static let badFolder = Code(rawValue: "bad-folder")
    /// The disk is full.
    public static let diskFull = Code(rawValue: "disk-full")
    /// The file could not be written for another reason; `errno` says which.
    public static let unwritable = Code(rawValue: "unwritable")
    /// Every name that could be given is taken.
    public static let noFreeName = Code(rawValue: "no-free-name")
    /// The caller cancelled.
    public static let cancelled = Code(rawValue: "cancelled")
  }

  /// What kind of failure it was.
  public var code: Code
  /// What happened, in words for people, without secrets.
  public var message: String
  /// The operating system's error number, if it gave one.
  public var errno: CInt?
  /// Why there were no bytes, if that is what failed.
  public var underlying: AssetError?

  /// A failure of kind `code`.
  public init(_ code: Code, message: String, errno: CInt? = nil, underlying: AssetError? = nil) {
    self.code = code
    self.message = message
    self.errno = errno
    self.underlying = underlying
  }

  /// Whether another attempt could end better: with a new link, a better connection, or more room.
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
  /// The failure of a download that a failed delivery means.
  init(_ error: AssetError) {
    // The spool of an opener is on a disk, too.
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

  /// The failure that a system call on the file or its folder means; `what` could not be done.
  init(_ errno: Errno, _ what: String) {
    self.init(
      Self.isNoRoom(errno) ? .diskFull : .unwritable, message: "\(what): \(errno)", errno: errno.rawValue)
  }

  private static func isNoRoom(_ errno: Errno) -> Bool {
    errno == .noSpace || errno == .diskQuotaExceeded
  }
}
