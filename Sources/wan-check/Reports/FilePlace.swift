import Libc
import SystemPackage

/// The identity of a file, independent of its path. It consists of the file's inode, which detects hard
/// links, or of its folder's inode and its name, which also works for a file that does not exist yet.
struct FilePlace: Sendable, Hashable {
  private var device: UInt64
  private var inode: UInt64
  private var name: FilePath.Component?

  /// All identities of `path`, with links followed, even dangling ones; empty if its folder does not exist.
  static func all(of path: FilePath) -> Set<FilePlace> {
    let path = followed(path)
    var places: Set<FilePlace> = []
    if let file = identity(of: path) { places.insert(FilePlace(device: file.device, inode: file.inode)) }
    let folder = path.removingLastComponent()
    if let name = path.lastComponent, let found = identity(of: folder.isEmpty ? "." : folder) {
      places.insert(FilePlace(device: found.device, inode: found.inode, name: name))
    }
    return places
  }

  /// The target of `path` if its last component is a link: a shell's redirection would write there.
  static func followed(_ path: FilePath) -> FilePath {
    var path = path
    for _ in 0..<mostLinks {
      guard let target = target(of: path) else { return path }
      path = path.removingLastComponent().pushing(target)
    }
    return path
  }

  /// The largest number of links that are followed in a row; systems have a similar limit.
  private static let mostLinks = 40

  private static func target(of path: FilePath) -> FilePath? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = path.withPlatformString { readlink($0, &buffer, buffer.count - 1) }
    guard count > 0 else { return nil }
    buffer[count] = 0
    return FilePath(platformString: buffer)
  }

  private static func identity(of path: FilePath) -> (device: UInt64, inode: UInt64)? {
    var status = stat()
    guard path.withPlatformString({ stat($0, &status) }) == 0 else { return nil }
    return (UInt64(truncatingIfNeeded: status.st_dev), UInt64(status.st_ino))
  }
}
