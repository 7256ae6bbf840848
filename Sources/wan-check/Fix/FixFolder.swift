import Foundation
import Libc
import Locations
import SystemPackage

/// The folder that repaired copies are written into. Files appear in it when they are complete.
///
/// Programs write into a hidden folder inside it, under names that no program misunderstands.
final class FixFolder: Sendable {
  /// The folder as it was given.
  let path: FilePath
  /// The hidden folder, as an absolute path.
  let staging: FilePath

  /// The folder at `path`, which need not exist.
  /// - Throws: `ExitStatus`, after a message, if there is something in the folder.
  init(_ path: FilePath, workingFolder: FilePath) throws(ExitStatus) {
    self.path = path
    staging = workingFolder.pushing(path).appending(".wan-check-\(UUID().uuidString)")
    switch FileKind(at: path) {
    case .missing: break
    case .other: throw .misuse("--into \(displayText(path)): not a folder")
    case .folder:
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: path.string), names.isEmpty
      else {
        throw .misuse(
          "--into \(displayText(path)): the folder must be empty or new, because no file is overwritten")
      }
    }
  }

  /// Creates the folder, and the hidden folder in it.
  func create() throws(ExitStatus) {
    do throws(Errno) {
      try Self.createFolders(path)
      try Self.createFolder(staging)
    } catch {
      throw .misuse("--into \(displayText(path)): \(error)")
    }
  }

  /// Removes the hidden folder.
  func discard() { try? FileManager.default.removeItem(atPath: staging.string) }

  /// Moves the staged file `name` to `relative` in the folder; fails if there is a file.
  func place(_ name: String, at relative: FilePath) throws(Errno) {
    var folder = path
    for component in relative.removingLastComponent().components {
      folder.append(component)
      try Self.createFolder(folder)
    }
    let (from, to) = (staging.appending(name), path.pushing(relative))
    // Other than `rename`, `link` never replaces a file.
    if from.withPlatformString({ from in to.withPlatformString { Libc.link(from, $0) } }) == 0 {
      _ = from.withPlatformString { unlink($0) }
      return
    }
    let error = Errno(rawValue: errno)
    guard error != .fileExists, (try? Stat(to, followTargetSymlink: false)) == nil else {
      throw .fileExists
    }
    // Some file systems have no links.
    guard from.withPlatformString({ from in to.withPlatformString { rename(from, $0) } }) == 0 else {
      throw Errno(rawValue: errno)
    }
  }

  /// Gives the file at an absolute path a further name in the hidden folder.
  func link(_ source: FilePath, as name: String) throws(Errno) {
    let link = staging.appending(name)
    guard source.withPlatformString({ source in link.withPlatformString { symlink(source, $0) } }) == 0 else {
      throw Errno(rawValue: errno)
    }
  }

  /// The last line of a staged file that has text, of at most 200 characters.
  func lastLine(of name: FilePath) -> String? {
    guard let handle = FileHandle(forReadingAtPath: staging.pushing(name).string) else { return nil }
    defer { try? handle.close() }
    let size = (try? handle.seekToEnd()) ?? 0
    try? handle.seek(toOffset: size > 1024 ? size - 1024 : 0)
    let text = String(decoding: (try? handle.read(upToCount: 1024)) ?? Data(), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).last.map { String($0.suffix(200)) }
  }

  /// Copies a regular file to the staged file `name`.
  func stage(_ source: FilePath, as name: String) throws {
    let input = try FileDescriptor.open(source, .readOnly, options: [.closeOnExec, .nonBlocking])
    try input.closeAfter {
      guard try Stat(input).type == .regular else { throw Errno.invalidArgument }
      try write(to: name) { output in
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        while case let count = try input.read(into: buffer), count > 0 {
          try Task.checkCancellation()
          try output.writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
      }
    }
  }

  /// Writes bytes to the staged file `name`.
  func stage(_ bytes: [UInt8], as name: String) throws {
    try write(to: name) { output in _ = try bytes.withUnsafeBytes { try output.writeAll($0) } }
  }

  private func write(to name: String, _ body: (FileDescriptor) throws -> Void) throws {
    let output = try FileDescriptor.open(
      staging.appending(name), .writeOnly, options: [.closeOnExec, .create, .exclusiveCreate],
      permissions: FilePermissions(rawValue: 0o666))
    try output.closeAfter { try body(output) }
  }

  private static func createFolders(_ path: FilePath) throws(Errno) {
    var folder = FilePath(root: path.root, [])
    for component in path.components {
      folder.append(component)
      if FileKind(at: folder) != .folder { try createFolder(folder) }
    }
  }

  /// Creates a folder, or accepts one that is there; a link to one is refused.
  private static func createFolder(_ path: FilePath) throws(Errno) {
    if path.withPlatformString({ mkdir($0, 0o777) }) == 0 { return }
    let error = Errno(rawValue: errno)
    guard error == .fileExists, let stat = try? Stat(path, followTargetSymlink: false),
      stat.type == .directory
    else { throw error }
  }
}
