import AssetOpening
import AssetSource
import Foundation
import Locations
import Synchronization
import SystemPackage

/// The file of a report. It appears when the report is complete, or not at all.
///
/// Until then, the report is in a temporary file in the same folder. A device or a pipe cannot be replaced,
/// so it is written directly.
final class ReportFile: Sendable {
  private struct State {
    var descriptor: FileDescriptor?
    /// The temporary file; `nil` if the target is written directly.
    var scratch: FilePath?
  }

  /// The name of the file, for messages.
  let name: String
  private let target: FilePath
  private let state: Mutex<State>

  /// Opens a file that replaces the one at `path`.
  /// - Throws: `Errno` if the file cannot be written; `noSuchAddressOrDevice` for a pipe without a reader.
  init(replacing path: FilePath) throws(Errno) {
    name = displayText(path)
    // If the path is a link, its target is replaced.
    let target = Self.resolved(path)
    self.target = target
    var status = stat()
    guard target.withPlatformString({ stat($0, &status) }) == 0 else {
      let scratch = Self.scratch(beside: target)
      state = Mutex(State(descriptor: try Self.open(scratch, [.create, .exclusiveCreate]), scratch: scratch))
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw .isDirectory
    case S_IFREG:
      // A read-only file must not be replaced, although its folder would allow it.
      guard target.withPlatformString({ access($0, W_OK) }) == 0 else { throw Errno(rawValue: errno) }
      let scratch = Self.scratch(beside: target)
      let descriptor = try Self.open(scratch, [.create, .exclusiveCreate])
      _ = fchmod(descriptor.rawValue, status.st_mode & 0o777)
      state = Mutex(State(descriptor: descriptor, scratch: scratch))
    default:
      // Opening a pipe without a reader would block forever, so it is opened non-blocking; writing may block.
      let descriptor = try Self.open(target, .nonBlocking)
      _ = fcntl(descriptor.rawValue, F_SETFL, fcntl(descriptor.rawValue, F_GETFL) & ~O_NONBLOCK)
      state = Mutex(State(descriptor: descriptor))
    }
  }

  /// Opens a file to append to.
  /// - Throws: `Errno` if the file cannot be appended to.
  init(appendingTo path: FilePath) throws(Errno) {
    name = displayText(path)
    target = path
    state = Mutex(State(descriptor: try Self.open(path, [.create, .append])))
  }

  deinit { discard() }

  /// The file that is replaced, with links resolved; `nil` if the target is written directly.
  var replaced: FilePath? { state.withLock { $0.scratch == nil ? nil : target } }

  /// The size of the file in bytes.
  var size: Int64 {
    state.withLock { state in
      var status = stat()
      guard let descriptor = state.descriptor, fstat(descriptor.rawValue, &status) == 0 else { return 0 }
      return Int64(status.st_size)
    }
  }

  /// Writes `text`; without effect after the file is closed.
  func write(_ text: String) throws(OutputFailure) {
    guard !text.isEmpty else { return }
    let failure = state.withLock { state in
      var text = text
      do {
        _ = try text.withUTF8 { try state.descriptor?.writeAll(UnsafeRawBufferPointer($0)) }
        return nil as Errno?
      } catch {
        return error as? Errno ?? .ioError
      }
    }
    if let failure { throw OutputFailure(failure) }
  }

  /// Moves the written file to its path.
  func commit() throws(OutputFailure) {
    let failure = state.withLock { state -> Errno? in
      guard let descriptor = state.descriptor else { return nil }
      state.descriptor = nil
      guard let scratch = state.scratch else { return Self.failure { try descriptor.close() } }
      state.scratch = nil
      let isSynced = fsync(descriptor.rawValue) == 0 ? nil : Errno(rawValue: errno)
      let isClosed = Self.failure { try descriptor.close() }
      if let failure = isSynced ?? isClosed {
        Self.remove(scratch)
        return failure
      }
      let isMoved =
        target.withPlatformString { target in scratch.withPlatformString { rename($0, target) } } == 0
      guard isMoved else {
        let failure = Errno(rawValue: errno)
        Self.remove(scratch)
        return failure
      }
      return nil
    }
    if let failure { throw OutputFailure(failure) }
  }

  /// Discards the written text; without effect after `commit`.
  func discard() {
    state.withLock { state in
      if let scratch = state.scratch { Self.remove(scratch) }
      try? state.descriptor?.close()
      state = State()
    }
  }

  // MARK: Paths

  /// The path with links resolved, as far as it exists, so that two names of one file are equal.
  static func resolved(_ path: FilePath) -> FilePath {
    // A dangling link also stays, and the file is created at its target.
    let path = FilePlace.followed(path)
    if let real = path.withPlatformString({ realpath($0, nil) }) {
      defer { free(real) }
      return FilePath(platformString: real)
    }
    let folder = path.removingLastComponent()
    let real = (folder.isEmpty ? "." : folder).withPlatformString { realpath($0, nil) }
    guard let real, let name = path.lastComponent else { return path }
    defer { free(real) }
    return FilePath(platformString: real).appending(name)
  }

  private static func scratch(beside target: FilePath) -> FilePath {
    // A short name, independent of the target's name: names have at most 255 bytes.
    target.removingLastComponent().appending(".wan-check-\(UUID().uuidString).tmp")
  }

  private static func open(
    _ path: FilePath, _ options: FileDescriptor.OpenOptions
  ) throws(Errno) -> FileDescriptor {
    do {
      return try FileDescriptor.open(
        path, .writeOnly, options: options.union(.closeOnExec),
        permissions: options.contains(.create) ? FilePermissions(rawValue: 0o666) : nil)
    } catch {
      throw error as? Errno ?? .ioError
    }
  }

  private static func remove(_ path: FilePath) { _ = path.withPlatformString { unlink($0) } }

  private static func failure(_ work: () throws -> Void) -> Errno? {
    do {
      try work()
      return nil
    } catch {
      return error as? Errno ?? .ioError
    }
  }
}
