import Locations
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Folders for a ledger.
enum LedgerFolder {
  /// Makes `folder` and the folders above it, as far as they are missing, for nobody else to look into.
  static func make(_ folder: FilePath) throws(LedgerError) {
    var missing: [FilePath] = []
    var path = folder
    while !path.isEmpty, (try? Stat(path)) == nil, path.lastComponent != nil {
      missing.append(path)
      path.removeLastComponent()
    }
    for path in missing.reversed() {
      // Another process may have been faster.
      if mkdir(path.string, 0o700) != 0, errno != EEXIST {
        throw LedgerError(
          Errno(rawValue: errno), "cannot make the folder \(displayText(path))", writing: true)
      }
      let parent = path.removingLastComponent()
      synchronize(parent.isEmpty ? "." : parent)
    }
  }

  /// Makes sure that what was made in `folder` is still there after a loss of power.
  ///
  /// File systems that cannot promise it say so, and nothing follows from that.
  static func synchronize(_ folder: FilePath) {
    guard let descriptor = try? FileDescriptor.open(folder, .readOnly, options: [.closeOnExec, .directory])
    else { return }
    fsync(descriptor.rawValue)
    try? descriptor.close()
  }
}
