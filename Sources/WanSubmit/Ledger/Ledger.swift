import Foundation
import GRDB
public import SystemPackage

/// The record of sent jobs and their outcomes. It prevents a job from being sent twice.
///
/// The ledger is an SQLite file that several processes may use at once. A row is on disk before its request
/// leaves, so that a crash at any time leaves a trace. No key, no prompt and no URL of an asset is ever
/// written to it. It must be on a local disk: the locks of network file systems do not show whether a
/// process is still running.
public final class Ledger: Sendable {
  let connection: LedgerConnection
  private let identity: FileIdentity?

  init(_ connection: LedgerConnection) {
    self.connection = connection
    identity = connection.file?.identity
  }

  deinit { connection.close() }

  /// A warning for people about a ledger that can still be read; `nil` if there is none.
  public var warning: String? { connection.lacksLog ? connection.file?.madeShorter.message : nil }

  /// The texts of API bases in rows of earlier versions.
  var baseSpellings: [String] { connection.baseSpellings }

  /// Opens the ledger at `path` for writing. Creates the file and its folders if they are missing. Blocks,
  /// for several seconds at most.
  ///
  /// Fails and changes nothing if the file is not a ledger, damaged, read-only, or from a newer version.
  public convenience init(at path: FilePath) throws(LedgerError) {
    try self.init(at: path, settings: LedgerSettings())
  }

  convenience init(at path: FilePath, settings: LedgerSettings) throws(LedgerError) {
    self.init(try LedgerConnection.writing(at: path, create: true, settings))
  }

  /// Opens an existing ledger at `path` for writing; fails with `missing` if there is none. Blocks.
  public static func existing(at path: FilePath) throws(LedgerError) -> Ledger {
    Ledger(try LedgerConnection.writing(at: path, create: false, LedgerSettings()))
  }

  /// Opens an existing ledger at `path` for reading; fails with `missing` if there is none. Blocks.
  ///
  /// Nothing is written to it, unless it must first be migrated to this version.
  public static func reading(at path: FilePath) throws(LedgerError) -> Ledger {
    Ledger(try LedgerConnection.reading(at: path, LedgerSettings()))
  }

  /// A ledger in memory, which ends with the object.
  public static func inMemory() throws(LedgerError) -> Ledger {
    Ledger(try LedgerConnection.inMemory())
  }

  /// The default path of the ledger: `wan-check/ledger.sqlite3` in `$XDG_STATE_HOME` if that is an absolute
  /// path, else in `$HOME/.local/state`; `nil` if neither is set.
  public static func defaultPath(environment: [String: String]) -> FilePath? {
    func absolute(_ name: String) -> FilePath? {
      environment[name].map { FilePath($0) }.flatMap { $0.isAbsolute ? $0 : nil }
    }
    let state = absolute("XDG_STATE_HOME") ?? absolute("HOME")?.appending(".local").appending("state")
    return state?.appending("wan-check").appending("ledger.sqlite3")
  }

  /// Whether the owner with this name may still record outcomes.
  func isAlive(_ owner: String) -> Bool {
    owner == connection.owner?.token || connection.owners?.isAlive(owner) ?? false
  }

  /// Runs `body` in a transaction that reads one consistent state of the ledger.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(LedgerError) -> Value {
    try await perform(.deferred, body)
  }

  /// Runs `body` in an exclusive write transaction, whose changes are on disk when this returns.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(LedgerError) -> Value {
    guard connection.owner != nil else {
      throw LedgerError(.readOnly, message: "the ledger \(name) was opened for reading only")
    }
    return try await perform(.immediate, body)
  }

  /// Fails if the file is no longer where it was opened. Other processes look for the ledger at its
  /// new place, so nothing may be sent that only this file would record. Outcomes of earlier requests
  /// are still written to it.
  func requirePlace() throws(LedgerError) {
    guard connection.file?.identity == identity else {
      throw LedgerError(.missing, message: "the ledger \(name) was moved or deleted while it was in use")
    }
  }

  private var name: String { connection.file?.shown ?? "in memory" }

  /// Completes even if the caller's task is cancelled, because the outcome of a request
  /// must always be recorded.
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
