import Locations
import Synchronization
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file without its name yet: it is written under a hidden one, and gone when it is discarded.
///
/// All calls block.
final class PartialFile: Sendable {
  /// How a file gets its name without taking it from another.
  enum Placement: Sendable {
    /// A second link to it, which either is made or is not.
    case link
    /// An empty file that is created where none was, and then replaced: for file systems without links.
    case reservation
  }

  private let path: FilePath
  /// The permissions that the file has in the end: those that any new file of this process would have here.
  private let permissions: FilePermissions
  // `FileDescriptor` is not Sendable; the number is, and only `discard` closes it.
  private let number: CInt
  private let isOpen = Mutex(true)

  /// A new, empty file in `folder` that nobody else may read.
  init(in folder: FilePath) throws(DownloadError) {
    path = folder.appending(".wan-check-\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).part")
    do {
      // What the process masks cannot be asked for without changing it for a moment; a new file shows it.
      let descriptor = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      number = descriptor.rawValue
      permissions = (try? descriptor.stat().permissions) ?? .ownerReadWrite
    } catch {
      throw DownloadError(error, "no file can be made in \(displayText(folder))")
    }
    _ = fchmod(number, FilePermissions.ownerReadWrite.rawValue)
  }

  deinit { discard() }

  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(DownloadError) {
    do {
      try FileDescriptor(rawValue: number).writeAll(bytes)
    } catch {
      throw DownloadError(error, "the file cannot be written")
    }
  }

  /// Brings all bytes to the disk, and lets others read them.
  func complete() throws(DownloadError) {
    // A file system without permissions refuses; the bytes are what counts.
    _ = fchmod(number, permissions.rawValue)
    guard fsync(number) == 0 else {
      throw DownloadError(Errno(rawValue: errno), "the file cannot be written")
    }
  }

  /// Gives it the name `target`; `false` if that is taken, by whatever it may be.
  func place(at target: FilePath, by placement: Placement = .link) throws(DownloadError) -> Bool {
    switch placement {
    case .link:
      if target.withPlatformString({ target in path.withPlatformString { link($0, target) } }) == 0 {
        return true
      }
      let failure = Errno(rawValue: errno)
      if failure == .fileExists { return false }
      guard Self.meansNoLinks(failure) else { throw DownloadError(failure, "the file cannot be named") }
      return try place(at: target, by: .reservation)
    case .reservation:
      guard try Self.reserve(target) else { return false }
      if target.withPlatformString({ target in path.withPlatformString { rename($0, target) } }) == 0 {
        return true
      }
      let failure = Errno(rawValue: errno)
      _ = target.withPlatformString { unlink($0) }
      throw DownloadError(failure, "the file cannot be named")
    }
  }

  /// Closes it, and takes its hidden name away; what was placed stays.
  func discard() {
    isOpen.withLock { isOpen in
      guard isOpen else { return }
      isOpen = false
      // Everything that counts was brought to the disk by `complete`.
      _ = close(number)
      _ = path.withPlatformString { unlink($0) }
    }
  }

  private static func reserve(_ target: FilePath) throws(DownloadError) -> Bool {
    do {
      try FileDescriptor.open(
        target, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: .ownerReadWrite
      ).close()
      return true
    } catch let error as Errno where error == .fileExists {
      return false
    } catch {
      throw DownloadError(error, "the file cannot be named")
    }
  }

  private static func meansNoLinks(_ errno: Errno) -> Bool {
    [
      .notPermitted, .notSupported, .notSupportedOnSocket, .noFunction, .tooManyLinks, .permissionDenied,
      .improperLink, .invalidArgument,
    ].contains(errno)
  }
}

extension DownloadError {
  /// The failure that an error of a system call means.
  fileprivate init(_ error: any Error, _ what: String) {
    self.init(error as? Errno ?? .ioError, what)
  }
}
