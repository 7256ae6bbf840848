import Libc
package import SystemPackage

/// The files of a ledger, so that other code does not overwrite them.
package enum LedgerFiles {
  /// The suffixes of files that SQLite and this module keep next to the ledger.
  private static let companions = ["-wal", "-shm", "-journal", "-owners"]

  /// The ledger at `path`, whether it exists or not, and all files next to it that belong to it.
  package static func all(of path: FilePath) -> [FilePath] {
    [path] + companions.map { FilePath(path.string + $0) }
  }

  /// Whether the file at `path`, without links, has the content of a ledger or a name that belongs to one.
  ///
  /// Must not be called while this process has the ledger open: closing another descriptor of it would
  /// release SQLite's locks.
  package static func belongsToLedger(_ path: FilePath) -> Bool {
    if isLedger(path) { return true }
    guard let suffix = companions.first(where: path.string.hasSuffix) else { return false }
    return isLedger(FilePath(String(path.string.dropLast(suffix.count))))
  }

  private static func isLedger(_ path: FilePath) -> Bool {
    var status = stat()
    guard path.withPlatformString({ stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG,
      let file = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    else { return false }
    defer { try? file.close() }
    var header = [UInt8](repeating: 0, count: 72)
    let count = header.withUnsafeMutableBytes { (try? file.read(fromAbsoluteOffset: 0, into: $0)) ?? 0 }
    guard count == header.count else { return false }
    let id = header[68...].reduce(Int64(0)) { $0 << 8 | Int64($1) }
    return header.starts(with: "SQLite format 3\0".utf8) && id == LedgerSchema.applicationID
  }
}
