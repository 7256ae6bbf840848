import Libc
import SystemPackage

/// Resolves the links in a path, as `realpath` does, but also in paths whose end does not exist. A dangling link resolves
/// to its target.
///
/// The resolver works on bytes: splitting a `FilePath` for every component takes seconds for a path of thousands.
enum LinkResolver {
  /// As many links as Linux follows before it gives up.
  private static let maximumLinks = 40
  /// As long as a path may be on Linux.
  static let maximumLength = 4096

  private static let slash = UInt8(ascii: "/")

  /// The path without links, `.` and `..`; `path` must be absolute.
  static func resolve(_ path: FilePath) throws(AssetError) -> FilePath {
    guard path.isAbsolute else { throw AssetError(.badLocation, message: "the path is not absolute") }
    guard path.length <= maximumLength else { throw AssetError(Errno.fileNameTooLong) }
    var pending = components(of: bytes(of: path))
    // Empty for the root, else a slash before every component.
    var resolved: [UInt8] = []
    var links = 0
    while let component = pending.popLast() {
      if component.elementsEqual(".".utf8) { continue }
      if component.elementsEqual("..".utf8) {
        // Without links before it, the parent is the component before; the root is its own parent.
        resolved.removeSubrange((resolved.lastIndex(of: slash) ?? 0)...)
        continue
      }
      let parent = resolved.count
      resolved.append(slash)
      resolved += component
      guard resolved.count <= maximumLength else { throw AssetError(Errno.fileNameTooLong) }
      guard let target = try target(of: resolved) else { continue }
      links += 1
      guard links <= maximumLinks else { throw AssetError(Errno.tooManySymbolicLinkLevels) }
      resolved.removeSubrange((target.first == slash ? 0 : parent)...)
      pending += components(of: target)
    }
    return FilePath(platformString: characters(resolved.isEmpty ? [slash] : resolved))
  }

  /// What the link at `path` points at; `nil` if there is no link at `path`.
  private static func target(of path: [UInt8]) throws(AssetError) -> [UInt8]? {
    var buffer = [CChar](repeating: 0, count: maximumLength)
    let count = readlink(characters(path), &buffer, buffer.count)
    guard count < 0 else {
      guard count < buffer.count else { throw AssetError(Errno.fileNameTooLong) }
      return buffer[..<count].map { UInt8(bitPattern: $0) }
    }
    switch Errno(rawValue: errno) {
    // The path is not a link, or does not exist: there is nothing to follow.
    case .invalidArgument, .noSuchFileOrDirectory, .notDirectory: return nil
    // A path that cannot be examined could be a link to any place.
    case let failure: throw AssetError(failure)
    }
  }

  /// Last component first.
  private static func components(of path: [UInt8]) -> [ArraySlice<UInt8>] {
    path.split(separator: slash).reversed()
  }

  private static func bytes(of path: FilePath) -> [UInt8] {
    path.withPlatformString { start in
      UnsafeBufferPointer(start: start, count: path.length).map { UInt8(bitPattern: $0) }
    }
  }

  private static func characters(_ path: [UInt8]) -> [CChar] {
    path.map { CChar(bitPattern: $0) } + [0]
  }
}
