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

/// The file of a ledger: its resolved path, and checks of its content.
///
/// An existing file is only opened through SQLite. Closing any other descriptor of it would release the locks
/// of all other connections of this process.
struct LedgerFile: Sendable {
  /// The path without links, so that all processes use the same names for the files next to it.
  let path: FilePath

  /// The path for people.
  var shown: String { displayText(path) }

  /// The file at `path`; `nil` if there is none. Links are followed.
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
    // Each name would have its own WAL and locks, so that one process would not see the writes of another.
    guard stat.linkCount <= 1 else {
      throw LedgerError(
        .unreadable,
        message: "\(words): the file has \(stat.linkCount) names (hard links); remove all names but one")
    }
    return LedgerFile(path: try resolve(path))
  }

  /// The file that will be created at `path`; its folders are made now.
  static func planned(at path: FilePath) throws(LedgerError) -> LedgerFile {
    guard let name = path.lastComponent, name.kind == .regular else {
      throw LedgerError(.unreadable, message: "\(displayText(path)) is not a valid name of a ledger")
    }
    let folder = path.removingLastComponent()
    if !folder.isEmpty { try LedgerFolder.make(folder) }
    return LedgerFile(path: try resolve(folder.isEmpty ? "." : folder).appending(name))
  }

  /// The size of the file in bytes; `nil` if it does not exist.
  var size: Int64? { (try? Stat(path))?.size }

  /// The identity of the file, which differs from that of a file that replaced it.
  var identity: FileIdentity? {
    (try? Stat(path)).map(FileStamp.init).map { FileIdentity(device: $0.device, inode: $0.inode) }
  }

  /// Creates the empty file, readable only for this user.
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

  /// Fails if the file may not be written to. SQLite would open such a file without an
  /// error, for reading only.
  func requireWritable() throws(LedgerError) {
    guard access(path.string, W_OK) == 0 else {
      throw LedgerError(Errno(rawValue: errno), "cannot write to the ledger \(shown)", writing: true)
    }
  }

  /// The WAL: the file of changes that are committed and not yet in the ledger itself.
  var log: FilePath { FilePath(path.string + "-wal") }

  /// Fails unless the file is a ledger that this version understands. It takes no lock and creates no file,
  /// so that a foreign file stays unchanged.
  ///
  /// - Returns: whether the file was not closed properly and its WAL is missing, so that the
  ///   last writes may be lost.
  @discardableResult
  func requireOurs() throws(LedgerError) -> Bool {
    // The WAL is looked up first: a process that closes the ledger removes the WAL only after the
    // file says that it is closed.
    let hasLog = (try? Stat(log)) != nil
    let header: (id: Int64?, version: Int64?, isOpen: Bool)
    do {
      var configuration = Configuration()
      configuration.readonly = true
      // The header may count pages that are only in the WAL, if a checkpoint was interrupted or is under way.
      // Without this setting, SQLite would report the file as damaged. Real damage is found when the file is
      // opened with its WAL.
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA writable_schema = ON") }
      let queue = try DatabaseQueue(path: try uri("mode=ro&immutable=1"), configuration: configuration)
      header = try queue.read { db in
        let id = try Int64.fetchOne(db, sql: "PRAGMA application_id")
        let version = try Int64.fetchOne(db, sql: "PRAGMA user_version")
        // Only if the result depends on it: with a WAL, a table may have both old and new pages.
        let counts = !hasLog && id == LedgerSchema.applicationID && version == LedgerSchema.version
        let openings = counts ? try Int64.fetchOne(db, sql: "SELECT count(*) FROM opening") ?? 0 : 0
        return (id, version, openings > 0)
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      throw LedgerError(
        .foreign, message: "\(shown) is not a ledger, or its beginning is damaged; the file was not changed",
        sqliteCode: error.extendedResultCode.rawValue)
    } catch {
      throw LedgerError(error, ledger: shown)
    }
    guard header.id == LedgerSchema.applicationID else { throw madeByOthers }
    if let version = header.version, version > LedgerSchema.version { throw madeByNewer }
    return header.isOpen
  }

  /// The error for a ledger that was not closed properly and whose WAL is missing.
  var madeShorter: LedgerError {
    LedgerError(
      .damaged,
      message:
        "the ledger \(shown) was not closed, and \(displayText(log)) is missing: jobs that were sent last may be "
        + "missing, too. Put that file back; if it is lost, compare `wan-check ledger reconcile` with what you sent, "
        + "then make an empty file of that name")
  }

  /// The error for a database that is not a ledger.
  var madeByOthers: LedgerError {
    LedgerError(.foreign, message: "\(shown) is a database, but not a ledger; the file was not changed")
  }

  /// The error for a ledger from a newer version.
  var madeByNewer: LedgerError {
    LedgerError(
      .newer,
      message: "the ledger \(shown) was made by a newer wan-check; use that version, or another `--ledger`")
  }

  /// The path as a URI for SQLite.
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
    // SQLite takes the path as text, and bytes that are not UTF-8 would name another file.
    guard resolved == FilePath(resolved.string) else {
      throw LedgerError(.unreadable, message: "the path of the ledger \(displayText(path)) is not UTF-8")
    }
    return resolved
  }
}

/// The identity of a file, unique on this machine.
struct FileIdentity: Sendable, Hashable {
  var device: UInt64
  var inode: UInt64
}
