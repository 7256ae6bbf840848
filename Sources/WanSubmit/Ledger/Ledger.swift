import Foundation
import GRDB
public import SystemPackage

/// What was sent, and what came of it: the memory that keeps a job from being sent twice.
///
/// An SQLite file that several processes may use at once. A row stands on disk before its request leaves, so that a crash at
/// any instant leaves a trace. No key, no prompt and no URL of an asset is ever written to it. It belongs on a local
/// disk: locks of network file systems do not tell whether a process lives.
public final class Ledger: Sendable {
  let connection: LedgerConnection
  private let identity: FileIdentity?

  init(_ connection: LedgerConnection) {
    self.connection = connection
    identity = connection.file?.identity
  }

  deinit { connection.close() }

  /// What to tell a person who reads it, although nothing keeps it from being read; `nil` if there is nothing.
  public var warning: String? { connection.lacksLog ? connection.file?.madeShorter.message : nil }

  /// Texts of API bases that rows of earlier versions were written with.
  var baseSpellings: [String] { connection.baseSpellings }

  /// Opens the ledger at `path` for writing, and makes it and its folders if nothing is there. Blocks, at worst for some
  /// seconds.
  ///
  /// Fails, and changes nothing, if the file is something else, damaged, read-only, or made by a newer version.
  public convenience init(at path: FilePath) throws(LedgerError) {
    try self.init(at: path, settings: LedgerSettings())
  }

  convenience init(at path: FilePath, settings: LedgerSettings) throws(LedgerError) {
    self.init(try LedgerConnection.writing(at: path, create: true, settings))
  }

  /// Opens the ledger that is at `path` for writing; fails with `missing` if there is none. Blocks.
  public static func existing(at path: FilePath) throws(LedgerError) -> Ledger {
    Ledger(try LedgerConnection.writing(at: path, create: false, LedgerSettings()))
  }

  /// Opens the ledger that is at `path` for reading; fails with `missing` if there is none. Blocks.
  ///
  /// Nothing is written to it, unless it must first be brought up to this version.
  public static func reading(at path: FilePath) throws(LedgerError) -> Ledger {
    Ledger(try LedgerConnection.reading(at: path, LedgerSettings()))
  }

  /// A ledger that is gone when the object is.
  public static func inMemory() throws(LedgerError) -> Ledger {
    Ledger(try LedgerConnection.inMemory())
  }

  /// Where the ledger is unless a person says otherwise: `wan-check/ledger.sqlite3` in `$XDG_STATE_HOME`, if that is an
  /// absolute path, else in `$HOME/.local/state`; `nil` if neither is known.
  public static func defaultPath(environment: [String: String]) -> FilePath? {
    func absolute(_ name: String) -> FilePath? {
      environment[name].map { FilePath($0) }.flatMap { $0.isAbsolute ? $0 : nil }
    }
    let state = absolute("XDG_STATE_HOME") ?? absolute("HOME")?.appending(".local").appending("state")
    return state?.appending("wan-check").appending("ledger.sqlite3")
  }

  /// Whether whoever sends under that name may still say what came of it.
  func isAlive(_ owner: String) -> Bool {
    owner == connection.owner?.token || connection.owners?.isAlive(owner) ?? false
  }

  /// Runs `body` in a transaction that sees one state of the ledger.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(LedgerError) -> Value {
    try await perform(.deferred, body)
  }

  /// Runs `body` in a transaction in which nobody else writes, and that is on disk when this returns.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(LedgerError) -> Value {
    guard connection.owner != nil else {
      throw LedgerError(.readOnly, message: "the ledger \(name) was opened for reading only")
    }
    return try await perform(.immediate, body)
  }

  /// Fails if the file is no longer where it was opened. Whoever moved it looks for it elsewhere: nothing must be sent
  /// that only an invisible file knows of. What came of a request is still written down in it.
  func requirePlace() throws(LedgerError) {
    guard connection.file?.identity == identity else {
      throw LedgerError(.missing, message: "the ledger \(name) was moved or deleted while it was in use")
    }
  }

  private var name: String { connection.file?.shown ?? "in memory" }

  /// Never gives up halfway because the caller's task is cancelled: what came of a request must be written down
  /// then too.
  private func perform<Value: Sendable>(
    _ kind: Database.TransactionKind, _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(LedgerError) -> Value {
    let name = name
    let result: Result<Value, LedgerError> = await withCheckedContinuation { continuation in
      connection.queue.asyncWriteWithoutTransaction { db in
        continuation.resume(
          returning: Result { try Self.transaction(db, kind, body) }.mapError {
            LedgerError($0, ledger: name)
          })
      }
    }
    return try result.get()
  }

  private static func transaction<Value>(
    _ db: Database, _ kind: Database.TransactionKind, _ body: (Database) throws -> Value
  ) throws -> Value {
    try db.beginTransaction(kind)
    do {
      let value = try body(db)
      try db.commit()
      return value
    } catch {
      try? db.rollback()
      throw error
    }
  }
}
