import Libc
import Locations
import SystemPackage

/// Makes folders for a ledger.
enum LedgerFolder {
  /// Makes `folder` and its missing parents, readable only for this user.
  static func make(_ folder: FilePath) throws(LedgerError) {
    var missing: [FilePath] = []
    var path = folder
    while !path.isEmpty, (try? Stat(path)) == nil, path.lastComponent != nil {
      missing.append(path)
      path.removeLastComponent()
    }
    for path in missing.reversed() {
      // Another process may have made it at the same time.
      if mkdir(path.string, 0o700) != 0, errno != EEXIST {
        throw LedgerError(
          Errno(rawValue: errno), "cannot make the folder \(displayText(path))", writing: true)
      }
      let parent = path.removingLastComponent()
      synchronize(parent.isEmpty ? "." : parent)
    }
  }

  /// Makes sure that new files in `folder` still exist after a loss of power.
  ///
  /// Some file systems cannot guarantee that; their error is ignored.
  static func synchronize(_ folder: FilePath) {
    guard let descriptor = try? FileDescriptor.open(folder, .readOnly, options: [.closeOnExec, .directory])
    else { return }
    fsync(descriptor.rawValue)
    try? descriptor.close()
  }
}
