import Locations
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The folder for results. All calls block.
struct ResultFolder: Sendable, Hashable {
  /// The path of the folder; an empty path is the working folder.
  let path: FilePath

  init(_ path: FilePath) { self.path = path.isEmpty ? "." : path }

  /// Makes the folder and its parents if they are missing, and tests whether a file can be made in it.
  func prepare() throws(DownloadError) {
    try Self.make(path)
    do throws(DownloadError) {
      try PartialFile(in: path).discard()
    } catch {
      throw DownloadError(
        error.code == .diskFull ? .diskFull : .badFolder, message: error.message, errno: error.errno)
    }
  }

  /// Writes new names in the folder to the disk. If that fails, the files are still complete.
  func synchronize() {
    guard let descriptor = try? FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .directory])
    else { return }
    _ = fsync(descriptor.rawValue)
    try? descriptor.close()
  }

  private static func make(_ folder: FilePath) throws(DownloadError) {
    if try exists(folder) { return }
    let parent = folder.removingLastComponent()
    if !parent.isEmpty, parent != folder { try make(parent) }
    if folder.withPlatformString({ mkdir($0, 0o777) }) == 0 { return }
    let failure = Errno(rawValue: errno)
    // Another process may have made it at the same time.
    if failure == .fileExists, try exists(folder) { return }
    throw DownloadError(
      .badFolder, message: "the folder \(displayText(folder)) cannot be made: \(failure)",
      errno: failure.rawValue)
  }

  private static func exists(_ folder: FilePath) throws(DownloadError) -> Bool {
    do {
      guard try folder.stat().type == .directory else {
        throw DownloadError(.badFolder, message: "\(displayText(folder)) exists, and is not a folder")
      }
      return true
    } catch let error as DownloadError {
      throw error
    } catch let error as Errno where error != .noSuchFileOrDirectory && error != .notDirectory {
      throw DownloadError(
        .badFolder, message: "the folder \(displayText(folder)) cannot be used: \(error)",
        errno: error.rawValue)
    } catch {
      return false
    }
  }
}
