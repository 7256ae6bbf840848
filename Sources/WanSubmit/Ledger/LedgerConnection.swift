import GRDB
import Locations
import Synchronization
import SystemPackage

/// The settings of an open ledger; tests use shorter waits and smaller files.
struct LedgerSettings: Sendable {
  /// How long to wait for locks of other processes.
  var patience: Duration = .seconds(10)
  /// The largest number of pages of the file; `nil` for SQLite's own limit.
  var maximumPages: Int?
  /// The largest file that is checked for damage when it is opened. Damage in a larger file is
  /// reported when it is read.
  var largestCheckedFile: Int64 = 64 << 20
}

/// An open ledger: a connection to a file that was verified to be a ledger, and the state that belongs to it.
struct LedgerConnection: Sendable {
  let queue: DatabaseQueue
  /// The ledger's file; `nil` in memory.
  let file: LedgerFile?
  /// This process's owner; `nil` if the ledger is only read.
  let owner: LedgerOwner?
  /// The owners of the ledger; `nil` in memory.
  let owners: LedgerOwners?
  /// The texts of API bases in rows of earlier versions.
  let baseSpellings: [String]
  /// Whether the file was not closed properly and its WAL is missing.
  let lacksLog: Bool

  /// Allows one opening at a time in this process: file locks do not exclude threads of the same process.
  private static let opening = Mutex(())

  /// Opens the ledger at `path` for writing; creates it if `create` is set.
  static func writing(
    at path: FilePath, create: Bool, _ settings: LedgerSettings
  ) throws(LedgerError) -> LedgerConnection {
    try opening.withLock { _ throws(LedgerError) in
      let file: LedgerFile
      if let found = try LedgerFile.find(path) {
        file = found
        try file.requireWritable()
      } else {
        guard create else { throw missing(path) }
        file = try LedgerFile.planned(at: path)
      }
      let owners = LedgerOwners(of: file.path)
      // Makes no folder next to a file that is not a ledger.
      if !owners.exists, file.size ?? 0 > 0, try file.requireOurs() { throw file.madeShorter }
      try owners.make()
      // From here on, no other process can create, migrate or open the ledger, so that a half-made file is
      // not mistaken for a damaged one.
      let lock = try owners.lockOpening(patience: settings.patience)
      defer { withExtendedLifetime(lock) {} }
      switch file.size {
      case nil: try file.create()
      case 0: break
      default: if try file.requireOurs() { throw file.madeShorter }
      }
      do {
        let queue = try DatabaseQueue(path: file.path.string, configuration: configuration(settings))
        try queue.writeWithoutTransaction { db in try prepare(db, file, settings) }
        try LedgerSchema.migrator.migrate(queue)
        owners.removeDead()
        let owner = try owners.register()
        let spellings = try queue.writeWithoutTransaction { db in
          try open(db, owner, owners)
          // The file itself must contain the version and the row that marks it as open, for readers that use
          // neither SQLite's locks nor the WAL.
          try db.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
          if let pages = settings.maximumPages { try db.execute(sql: "PRAGMA max_page_count = \(pages)") }
          return try knownSpellings(db)
        }
        return LedgerConnection(
          queue: queue, file: file, owner: owner, owners: owners, baseSpellings: spellings, lacksLog: false)
      } catch {
        throw LedgerError(error, ledger: file.shown)
      }
    }
  }

  /// Opens the ledger at `path` for reading.
  static func reading(at path: FilePath, _ settings: LedgerSettings) throws(LedgerError) -> LedgerConnection {
    guard let file = try LedgerFile.find(path) else { throw missing(path) }
    let owners = LedgerOwners(of: file.path)
    if file.size ?? 0 > 0 {
      // A half-made ledger looks damaged until its creation is complete.
      let lock = owners.exists ? try? owners.lockOpening(patience: settings.patience) : nil
      defer { withExtendedLifetime(lock) {} }
      let lacksLog = try file.requireOurs()
      do {
        let queue = try readingQueue(file, settings)
        let (version, spellings) = try queue.read { db in
          try verify(db, file, settings)
          let version = try Int64.fetchOne(db, sql: "PRAGMA user_version") ?? 0
          return (version, version == LedgerSchema.version ? try knownSpellings(db) : [])
        }
        if version == LedgerSchema.version {
          return LedgerConnection(
            queue: queue, file: file, owner: nil, owners: owners, baseSpellings: spellings, lacksLog: lacksLog
          )
        }
      } catch {
        throw LedgerError(error, ledger: file.shown)
      }
    }
    // The file is empty or older, or its creation was interrupted, so it is migrated first.
    return try writing(at: path, create: false, settings)
  }

  /// A ledger in memory that only this object uses.
  static func inMemory() throws(LedgerError) -> LedgerConnection {
    do {
      let queue = try DatabaseQueue()
      try LedgerSchema.migrator.migrate(queue)
      return LedgerConnection(
        queue: queue, file: nil, owner: LedgerOwner(token: LedgerOwner.newToken()), owners: nil,
        baseSpellings: [], lacksLog: false)
    } catch {
      throw LedgerError(error, ledger: "in memory")
    }
  }

  /// Records that the ledger is closed, if it was opened for writing.
  func close() {
    guard file != nil, let owner else { return }
    // The last reference may be released on the queue itself, during another access.
    try? queue.unsafeReentrantWrite { db in
      try db.execute(sql: "DELETE FROM opening WHERE token = ?", arguments: [owner.token])
    }
  }

  /// Records that `owner` has the file open, and removes owners whose process has ended.
  private static func open(_ db: Database, _ owner: LedgerOwner, _ owners: LedgerOwners) throws {
    try db.inTransaction(.immediate) {
      for token in try String.fetchAll(db, sql: "SELECT token FROM opening") where !owners.isAlive(token) {
        try db.execute(sql: "DELETE FROM opening WHERE token = ?", arguments: [token])
      }
      try db.execute(sql: "INSERT INTO opening (token) VALUES (?)", arguments: [owner.token])
      return .commit
    }
  }

  private static func knownSpellings(_ db: Database) throws -> [String] {
    try String.fetchAll(db, sql: "SELECT text FROM base_spelling ORDER BY text LIMIT \(mostSpellings)")
  }

  /// The largest number of API base texts that are considered; usual ledgers have one or two.
  private static let mostSpellings = 64

  private static func configuration(_ settings: LedgerSettings) -> Configuration {
    var configuration = Configuration()
    configuration.label = "wan-check ledger"
    configuration.busyMode = .timeout(settings.patience / .seconds(1))
    return configuration
  }

  /// A file in a read-only folder can be read if no process is writing to it: then it has no WAL.
  private static func readingQueue(_ file: LedgerFile, _ settings: LedgerSettings) throws -> DatabaseQueue {
    var configuration = configuration(settings)
    configuration.readonly = true
    do {
      return try DatabaseQueue(path: file.path.string, configuration: configuration)
    } catch let error as DatabaseError
      where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    {
      let wal = try? Stat(FilePath(file.path.string + "-wal"))
      guard wal?.size ?? 0 == 0 else { throw error }
      return try DatabaseQueue(path: try file.uri("mode=ro&immutable=1"), configuration: configuration)
    }
  }

  /// Makes sure that the file is an intact ledger, and that commits are written to the disk.
  private static func prepare(_ db: Database, _ file: LedgerFile, _ settings: LedgerSettings) throws {
    // Before there is a WAL, a commit is the deletion of a journal, which must be on disk, too.
    try db.execute(sql: "PRAGMA synchronous = EXTRA")
    try db.inTransaction(.immediate) {
      if try Int64.fetchOne(db, sql: "PRAGMA application_id") != LedgerSchema.applicationID {
        // The file was empty before, but a program that does not use our locks may have written to it.
        guard try Int64.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0 else {
          throw file.madeByOthers
        }
        try db.execute(sql: "PRAGMA application_id = \(LedgerSchema.applicationID)")
      }
      return .commit
    }
    try verify(db, file, settings)
    guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
      throw LedgerError(
        .failed, message: "the folder of the ledger \(file.shown) does not support SQLite's WAL")
    }
    try db.execute(sql: "PRAGMA synchronous = FULL")
    // For systems whose fsync does not reach the disk; others ignore this setting.
    try db.execute(sql: "PRAGMA fullfsync = ON")
    guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
      throw LedgerError(
        .failed, message: "the ledger \(file.shown) cannot be made to write through to the disk")
    }
  }

  private static func verify(_ db: Database, _ file: LedgerFile, _ settings: LedgerSettings) throws {
    let version = try Int64.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard try version <= LedgerSchema.version && !LedgerSchema.migrator.hasBeenSuperseded(db) else {
      throw file.madeByNewer
    }
    guard file.size ?? 0 <= settings.largestCheckedFile else { return }
    let complaint = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "ok"
    guard complaint == "ok" else {
      throw LedgerError(.damaged, message: "the ledger \(file.shown) is damaged; the file was not changed")
    }
  }

  private static func missing(_ path: FilePath) -> LedgerError {
    LedgerError(.missing, message: "there is no ledger at \(displayText(path))")
  }
}
