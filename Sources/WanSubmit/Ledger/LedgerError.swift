import GRDB
import Locations
import SystemPackage

/// A failure to open, read or write the ledger.
public struct LedgerError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of a failure; new codes may be added.
  public struct Code: RawRepresentable, Sendable, Hashable, Codable {
    /// The stable name of the code.
    public var rawValue: String

    /// A code by its stable name.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// There is no ledger at the path, or it was moved or deleted during its use.
    public static let missing = Code(rawValue: "missing")
    /// The path does not lead to a file, or the file may not be opened.
    public static let unreadable = Code(rawValue: "unreadable")
    /// The ledger or its folder may not be written to.
    public static let readOnly = Code(rawValue: "read-only")
    /// The ledger was made by a newer wan-check.
    public static let newer = Code(rawValue: "newer")
    /// The file is not a ledger.
    public static let foreign = Code(rawValue: "foreign")
    /// The file is a damaged ledger.
    public static let damaged = Code(rawValue: "damaged")
    /// The disk is full.
    public static let full = Code(rawValue: "full")
    /// Other processes kept the ledger locked for too long.
    public static let busy = Code(rawValue: "busy")
    /// There is no such row.
    public static let notFound = Code(rawValue: "not-found")
    /// The row's outcome is known, or its request is under way, so that a person cannot record another one.
    public static let notUnknown = Code(rawValue: "not-unknown")
    /// The row already has a different outcome.
    public static let settled = Code(rawValue: "settled")
    /// Another row has this task.
    public static let taskTaken = Code(rawValue: "task-taken")
    /// Several rows match.
    public static let ambiguous = Code(rawValue: "ambiguous")
    /// Any other failure; `sqliteCode` has the details.
    public static let failed = Code(rawValue: "failed")
  }

  /// The kind of the failure.
  public var code: Code
  /// What happened, in words for people.
  public var message: String
  /// SQLite's extended result code, if SQLite failed.
  public var sqliteCode: Int32?

  /// A failure of kind `code`.
  public init(_ code: Code, message: String, sqliteCode: Int32? = nil) {
    self.code = code
    self.message = message
    self.sqliteCode = sqliteCode
  }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}

extension LedgerError {
  /// The error for a failure with the ledger `name`, which is the name for people.
  init(_ error: any Error, ledger name: String) {
    switch error {
    case let error as LedgerError: self = error
    case let error as DatabaseError: self.init(error, ledger: name)
    case let error as Errno: self.init(.failed, message: "\(name): \(error)")
    default: self.init(.failed, message: "\(name): \(error)")
    }
  }

  private init(_ error: DatabaseError, ledger name: String) {
    let extended = error.extendedResultCode
    let code: Code =
      switch extended {
      // The index of the WAL could not grow. SQLite does not distinguish whether the disk is full.
      case .SQLITE_FULL, .SQLITE_IOERR_SHMSIZE: .full
      // All statements are our own, so they fail only if the file does not have the tables
      // that its header promises.
      case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_ERROR, .SQLITE_FORMAT: .damaged
      case .SQLITE_READONLY: .readOnly
      case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_PROTOCOL: .busy
      case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .unreadable
      default: .failed
      }
    let words: String =
      switch code {
      case .full: "there is no room left to write the ledger \(name)"
      case .damaged: "the ledger \(name) is damaged; the file was not changed"
      case .readOnly: "the ledger \(name) cannot be written to"
      case .busy: "the ledger \(name) is busy: another process did not release it in time"
      case .unreadable: "the ledger \(name) cannot be opened"
      default: "the ledger \(name) failed"
      }
    let detail = error.message.map { " (SQLite: \(displayText($0)))" } ?? ""
    self.init(code, message: words + detail, sqliteCode: extended.rawValue)
  }

  /// The error for a file or folder that could not be made, opened or locked; `writing`
  /// if it was to be changed.
  init(_ errno: Errno, _ words: String, writing: Bool) {
    let code: Code =
      switch errno {
      case .noSpace, .diskQuotaExceeded: .full
      case .readOnlyFileSystem, .permissionDenied, .notPermitted: writing ? .readOnly : .unreadable
      default: .unreadable
      }
    self.init(code, message: "\(words): \(errno)")
  }
}
