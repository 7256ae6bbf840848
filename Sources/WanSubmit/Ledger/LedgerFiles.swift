package import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The files of a ledger, for programs that must not write over one.
package enum LedgerFiles {
  /// What SQLite and this module keep beside the file.
  private static let companions = ["-wal", "-shm", "-journal", "-owners"]

  /// The ledger at `path`, there or not, and all that is kept beside it.
  package static func all(of path: FilePath) -> [FilePath] {
    [path] + companions.map { FilePath(path.string + $0) }
  }

  /// Whether the file at `path`, without links, is a ledger by its content, or would be kept beside one.
  ///
  /// Not while this process has that ledger open: closing another descriptor of it would let go of SQLite's locks.
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
