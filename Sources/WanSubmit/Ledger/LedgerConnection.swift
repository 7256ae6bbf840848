import GRDB
import Locations
import Synchronization
import SystemPackage

/// How a ledger is opened; tests make it impatient or small.
struct LedgerSettings: Sendable {
  /// How long to wait for other processes.
  var patience: Duration = .seconds(10)
  /// As many pages as the file may have; `nil` for as many as SQLite allows.
  var maximumPages: Int?
  /// The largest file that is read through for damage when it is opened. Damage in larger ones shows when it is met.
  var largestCheckedFile: Int64 = 64 << 20
}

/// An open ledger: a connection that was proved to be one of ours, and what it needs beside it.
struct LedgerConnection: Sendable {
  let queue: DatabaseQueue
  /// `nil` in memory.
  let file: LedgerFile?
  /// `nil` if it is only read.
  let owner: LedgerOwner?
  /// `nil` in memory.
  let owners: LedgerOwners?
  /// Texts of API bases that rows of earlier versions were written with.
  let baseSpellings: [String]
  /// Whether the file was not closed, and its WAL is missing.
  let lacksLog: Bool

  /// One opening at a time in this process: the locks of files do not keep threads of one process from each other.
  private static let opening = Mutex(())

  /// Opens the ledger at `path` for writing; makes it if `create`.
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
      // Nothing is made beside a file that is not ours.
      if !owners.exists, file.size ?? 0 > 0, try file.requireOurs() { throw file.madeShorter }
      try owners.make()
      // From here on nobody makes, changes or opens it but us, and no half-made file is taken for a damaged one.
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
          // The file itself says the version, and that it is open, for those who look without SQLite's locks or WAL.
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
      // A half-made ledger looks damaged until the process that makes it is done.
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
    // Empty, older, or its making was interrupted: it is brought up to date first.
    return try writing(at: path, create: false, settings)
  }

  /// A ledger that nobody else sees, and that is gone with the process.
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

  /// Says that this is the last thing that is done, if it was opened for writing.
  func close() {
    guard file != nil, let owner else { return }
    // The last reference may go where the queue is at work for somebody else.
    try? queue.unsafeReentrantWrite { db in
      try db.execute(sql: "DELETE FROM opening WHERE token = ?", arguments: [owner.token])
    }
  }

  /// Writes down that `owner` has the file open, and nobody who is dead.
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

  /// Texts of API bases that are minded; people use one or two.
  private static let mostSpellings = 64

  private static func configuration(_ settings: LedgerSettings) -> Configuration {
    var configuration = Configuration()
    configuration.label = "wan-check ledger"
    configuration.busyMode = .timeout(settings.patience / .seconds(1))
    return configuration
  }

  /// A file in a folder that may not be written to can be read where nobody is writing to it: then it has no WAL.
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

  /// Makes sure that it is ours and whole, and that what is committed is on disk.
  private static func prepare(_ db: Database, _ file: LedgerFile, _ settings: LedgerSettings) throws {
    // Until there is a WAL, a commit is the deletion of a journal: that must be on disk too.
    try db.execute(sql: "PRAGMA synchronous = EXTRA")
    try db.inTransaction(.immediate) {
      if try Int64.fetchOne(db, sql: "PRAGMA application_id") != LedgerSchema.applicationID {
        // The file was empty a moment ago; whoever does not heed our locks may have filled it.
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
    // Where a system's fsync does not reach the disk; others ignore it.
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
      throw LedgerError(.damaged, message: "the ledger \(file.shown) is damaged; it was left as it is")
    }
  }

  private static func missing(_ path: FilePath) -> LedgerError {
    LedgerError(.missing, message: "there is no ledger at \(displayText(path))")
  }
}
