import AssetSource
import Foundation
import GRDB
import Locations
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The file of a ledger: where it really is, and whether it is one.
///
/// A file that is there is never opened but through SQLite: closing any other descriptor of it would let go of the
/// locks that every other connection of this process has on it.
struct LedgerFile: Sendable {
  /// Without links, so that every process that means this file names what lies beside it alike.
  let path: FilePath

  /// How people know it.
  var shown: String { displayText(path) }

  /// The file at `path`; `nil` if there is nothing. A link is followed to the file that it leads to.
  static func find(_ path: FilePath) throws(LedgerError) -> LedgerFile? {
    let words = "cannot open the ledger \(displayText(path))"
    do {
      _ = try Stat(path, followTargetSymlink: false)
    } catch {
      if error == .noSuchFileOrDirectory, !path.isEmpty { return nil }
      throw LedgerError(error, words, writing: false)
    }
    let stat: Stat
    do {
      stat = try Stat(path)
    } catch {
      throw LedgerError(error, words, writing: false)
    }
    guard stat.type == .regular else {
      let what = stat.type == .directory ? "it is a folder" : "it is not an ordinary file"
      throw LedgerError(.unreadable, message: "\(words): \(what)")
    }
    // Each name would have a WAL and locks of its own, and what one process writes the others would not see.
    guard stat.linkCount <= 1 else {
      throw LedgerError(
        .unreadable,
        message: "\(words): the file has \(stat.linkCount) names (hard links); remove all names but one")
    }
    return LedgerFile(path: try resolve(path))
  }

  /// The file that is to be made at `path`, whose folders are made now.
  static func planned(at path: FilePath) throws(LedgerError) -> LedgerFile {
    guard let name = path.lastComponent, name.kind == .regular else {
      throw LedgerError(.unreadable, message: "\(displayText(path)) is no name of a ledger")
    }
    let folder = path.removingLastComponent()
    if !folder.isEmpty { try LedgerFolder.make(folder) }
    return LedgerFile(path: try resolve(folder.isEmpty ? "." : folder).appending(name))
  }

  /// How many bytes it has; `nil` if it is not there.
  var size: Int64? { (try? Stat(path))?.size }

  /// What tells it from a file that took its place.
  var identity: FileIdentity? {
    (try? Stat(path)).map(FileStamp.init).map { FileIdentity(device: $0.device, inode: $0.inode) }
  }

  /// Makes it, empty, for nobody else to read.
  func create() throws(LedgerError) {
    do {
      let descriptor = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec], permissions: .ownerReadWrite)
      try descriptor.close()
    } catch {
      throw LedgerError(error as? Errno ?? .ioError, "cannot make the ledger \(shown)", writing: true)
    }
    LedgerFolder.synchronize(path.removingLastComponent())
  }

  /// Fails if the file may not be written to. SQLite would open it all the same, for reading.
  func requireWritable() throws(LedgerError) {
    guard access(path.string, W_OK) == 0 else {
      throw LedgerError(Errno(rawValue: errno), "cannot write to the ledger \(shown)", writing: true)
    }
  }

  /// The file of what is committed and not yet in the ledger itself.
  var log: FilePath { FilePath(path.string + "-wal") }

  /// Fails unless it is a ledger that this version understands. Takes no lock, and makes no file beside it: what is not
  /// ours stays exactly as it is.
  ///
  /// - Returns: whether the file was not closed, and its WAL is missing: what was written last may be lost.
  @discardableResult
  func requireOurs() throws(LedgerError) -> Bool {
    // Looked for first: whoever closes the ledger removes it only once the file says that it is closed.
    let hasLog = (try? Stat(log)) != nil
    let header: (id: Int64?, version: Int64?, isOpen: Bool)
    do {
      var configuration = Configuration()
      configuration.readonly = true
      // The header may promise pages that stand only in the WAL: a checkpoint was cut short, or is under way. Without this
      // SQLite takes the file for damaged; whether it is shows when it is opened with its WAL.
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") }
      let queue = try DatabaseQueue(path: try uri("mode=ro&immutable=1"), configuration: configuration)
      header = try queue.read { db in
        let id = try Int64.fetchOne(db, sql: "PRAGMA application_id")
        let version = try Int64.fetchOne(db, sql: "PRAGMA user_version")
        // Only where it decides anything: with a WAL, the pages of a table may be half of the old, half of the new ones.
        let counts = !hasLog && id == LedgerSchema.applicationID && version == LedgerSchema.version
        let openings = counts ? try Int64.fetchOne(db, sql: "SELECT count(*) FROM opening") ?? 0 : 0
        return (id, version, openings > 0)
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      throw LedgerError(
        .foreign, message: "\(shown) is no ledger, or its beginning is damaged; it was left as it is",
        sqliteCode: error.extendedResultCode.rawValue)
    } catch {
      throw LedgerError(error, ledger: shown)
    }
    guard header.id == LedgerSchema.applicationID else { throw madeByOthers }
    if let version = header.version, version > LedgerSchema.version { throw madeByNewer }
    return header.isOpen
  }

  /// What to say of a ledger that was not closed, and whose WAL is missing.
  var madeShorter: LedgerError {
    LedgerError(
      .damaged,
      message:
        "the ledger \(shown) was not closed, and \(displayText(log)) is missing: jobs that were sent last may be "
        + "missing, too. Put that file back; if it is lost, compare `wan-check ledger reconcile` with what you sent, "
        + "then make an empty file of that name")
  }

  /// What to say of a database that is something else.
  var madeByOthers: LedgerError {
    LedgerError(.foreign, message: "\(shown) is a database, but no ledger; it was left as it is")
  }

  /// What to say of a ledger that has more than this version knows of.
  var madeByNewer: LedgerError {
    LedgerError(
      .newer, message: "the ledger \(shown) was made by a newer wan-check; use that one, or another --ledger")
  }

  /// It as SQLite's URI.
  func uri(_ query: String) throws(LedgerError) -> String {
    let plain = CharacterSet(
      charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-._~")
    guard let encoded = path.string.addingPercentEncoding(withAllowedCharacters: plain) else {
      throw LedgerError(.unreadable, message: "the path of the ledger \(shown) cannot be written")
    }
    return "file:\(encoded)?\(query)"
  }

  private static func resolve(_ path: FilePath) throws(LedgerError) -> FilePath {
    guard let real = realpath(path.string, nil) else {
      throw LedgerError(
        Errno(rawValue: errno), "cannot open the ledger \(displayText(path))", writing: false)
    }
    defer { free(real) }
    let resolved = FilePath(platformString: real)
    // SQLite is given the path as text; other bytes would name another file.
    guard resolved == FilePath(resolved.string) else {
      throw LedgerError(.unreadable, message: "the path of the ledger \(displayText(path)) is not UTF-8")
    }
    return resolved
  }
}

/// What tells a file from any other on the machine.
struct FileIdentity: Sendable, Hashable {
  var device: UInt64
  var inode: UInt64
}
