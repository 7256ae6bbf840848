import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Says where a path really leads, as `realpath` does, but also for paths whose end does not exist (yet): what a
/// dangling link points at counts as its place.
enum LinkResolver {
  /// As many links as Linux follows before it gives up.
  private static let maximumLinks = 40
  /// As long as a path may be on Linux, links expanded.
  private static let maximumLength = 4096

  /// The path without links, `.` and `..`; `path` must be absolute.
  static func resolve(_ path: FilePath) throws(AssetError) -> FilePath {
    guard path.isAbsolute, let root = path.root else {
      throw AssetError(.badLocation, message: "the path is not absolute")
    }
    var pending = Array(path.components.reversed())
    var resolved = FilePath(root: root, [])
    var links = 0
    while let component = pending.popLast() {
      switch component.kind {
      case .currentDirectory: continue
      case .parentDirectory:
        // Without links before it, the parent is the component before; the root is its own parent.
        _ = resolved.removeLastComponent()
        continue
      case .regular: break
      }
      resolved.append(component)
      guard resolved.length <= maximumLength else { throw AssetError(Errno.fileNameTooLong) }
      guard try isLink(resolved) else { continue }
      links += 1
      guard links <= maximumLinks else { throw AssetError(Errno.tooManySymbolicLinkLevels) }
      let target = try target(of: resolved)
      resolved.removeLastComponent()
      if let root = target.root { resolved = FilePath(root: root, []) }
      pending += target.components.reversed()
    }
    return resolved
  }

  private static func isLink(_ path: FilePath) throws(AssetError) -> Bool {
    do {
      return try path.stat(followTargetSymlink: false).type == .symbolicLink
    } catch {
      // What is not there is no link; what cannot be looked at could be one.
      if error == .noSuchFileOrDirectory || error == .notDirectory { return false }
      throw AssetError(error)
    }
  }

  private static func target(of link: FilePath) throws(AssetError) -> FilePath {
    var buffer = [CChar](repeating: 0, count: maximumLength + 1)
    let count = link.withPlatformString { readlink($0, &buffer, maximumLength) }
    guard count >= 0 else { throw AssetError(Errno(rawValue: errno)) }
    guard count < maximumLength else { throw AssetError(Errno.fileNameTooLong) }
    return FilePath(platformString: buffer)
  }
}
