import Libc
import Locations
import Synchronization
import SystemPackage

/// A file that is written under a hidden name, and gets its final name when it is complete. `discard`
/// removes the hidden name.
///
/// All calls block.
final class PartialFile: Sendable {
  /// How the file gets its final name without replacing another file.
  enum Placement: Sendable {
    /// A hard link, which fails if the name is taken.
    case link
    /// An empty file that is created under the name and then replaced, for file systems without hard links.
    case reservation
  }

  private let path: FilePath
  /// The final permissions of the file: those of any new file of this process in the folder.
  private let permissions: FilePermissions
  // `FileDescriptor` is not Sendable. The number is, and only `discard` closes it.
  private let number: CInt
  private let isOpen = Mutex(true)

  /// A new, empty file in `folder` that only this user can read.
  init(in folder: FilePath) throws(DownloadError) {
    path = folder.appending(".wan-check-\(String(UInt64.random(in: 0...UInt64.max), radix: 36)).part")
    do {
      // The process's umask cannot be read without changing it for a moment, but a new file shows it.
      let descriptor = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      number = descriptor.rawValue
      permissions = (try? descriptor.stat().permissions) ?? .ownerReadWrite
    } catch {
      throw DownloadError(error, "cannot create a file in \(displayText(folder))")
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

  /// Writes all bytes to the disk, and sets the final permissions.
  func complete() throws(DownloadError) {
    // A file system without permissions refuses this; only the bytes matter.
    _ = fchmod(number, permissions.rawValue)
    guard fsync(number) == 0 else {
      throw DownloadError(Errno(rawValue: errno), "the file cannot be written")
    }
  }

  /// Gives the file the name `target`; `false` if the name is taken.
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

  /// Closes the file and removes its hidden name; a file that got its final name stays.
  func discard() {
    isOpen.withLock { isOpen in
      guard isOpen else { return }
      isOpen = false
      // `complete` has already written all data to the disk.
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
  /// The download error for a failed system call.
  fileprivate init(_ error: any Error, _ what: String) {
    self.init(error as? Errno ?? .ioError, what)
  }
}
