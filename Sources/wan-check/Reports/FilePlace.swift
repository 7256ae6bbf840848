import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What tells a file from others, whatever it is called: by its inode, so that hard links are seen, and by its folder's inode
/// and its name, so that a file counts that is not there yet.
struct FilePlace: Sendable, Hashable {
  private var device: UInt64
  private var inode: UInt64
  private var name: FilePath.Component?

  /// All that `path` may be found by, links followed, also one that leads nowhere; empty if not even its folder is there.
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

  /// Where `path` leads, its last component no link any more: a shell's redirection writes there.
  static func followed(_ path: FilePath) -> FilePath {
    var path = path
    for _ in 0..<mostLinks {
      guard let target = target(of: path) else { return path }
      path = path.removingLastComponent().pushing(target)
    }
    return path
  }

  /// Links that are followed one after the other; systems follow about as many.
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
