import AssetOpening
import Libc
public import SystemPackage

/// Identifies a state of a file without reading it.
///
/// A write changes the times, with the resolution of the file system. Replacing the file at a path unlinks the old one,
/// which changes its change time.
public struct FileStamp: Sendable, Hashable {
  /// A time of a file, since 1970.
  public struct Time: Sendable, Hashable {
    /// Whole seconds.
    public var seconds: Int64
    /// Nanoseconds beyond.
    public var nanoseconds: Int64
  }

  /// The device that the file is on.
  public var device: UInt64
  /// The file's number on its device.
  public var inode: UInt64
  /// The length in bytes.
  public var size: Int64
  /// When the content changed last.
  public var modified: Time
  /// When the content or an attribute changed last.
  public var changed: Time

  /// Whether a path, in bytes, exists, even as a dangling link.
  package static func exists(_ path: [UInt8]) -> Bool {
    var answer = stat()
    return (path.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { start in
      start.baseAddress.map { lstat($0, &answer) == 0 } ?? false
    }
  }

  /// The stamp in an answer of the operating system.
  public init(_ stat: Stat) {
    device = UInt64(truncatingIfNeeded: stat.rawValue.st_dev)
    inode = UInt64(truncatingIfNeeded: stat.rawValue.st_ino)
    size = stat.size
    modified = Time(seconds: Int64(stat.st_mtim.tv_sec), nanoseconds: Int64(stat.st_mtim.tv_nsec))
    changed = Time(seconds: Int64(stat.st_ctim.tv_sec), nanoseconds: Int64(stat.st_ctim.tv_nsec))
  }
}
