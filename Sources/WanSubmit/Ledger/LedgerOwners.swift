import Foundation
import Libc
import Locations
import MediaFacts
import SystemPackage

/// The folder next to a ledger in which each sending process keeps a locked file.
///
/// The kernel releases a lock however its process ends, so that process ids and clocks are not needed. If the
/// lock of another owner can be taken, that owner will not record any more outcomes.
struct LedgerOwners: Sendable {
  /// The path of the folder.
  let folder: FilePath

  /// The folder of the ledger at `ledger`, a path without links, so that all processes use the same folder.
  init(of ledger: FilePath) {
    folder = FilePath(ledger.string + "-owners")
  }

  /// Whether the ledger was opened for writing before.
  var exists: Bool { (try? Stat(folder)) != nil }

  /// Makes the folder, readable only for this user.
  func make() throws(LedgerError) {
    try LedgerFolder.make(folder)
  }

  /// Waits until no other process opens, makes or cleans the ledger, and excludes others
  /// until the lock is released.
  func lockOpening(patience: Duration) throws(LedgerError) -> LedgerLock {
    let path = folder.appending("opening")
    let descriptor = try open(path, options: [.create, .closeOnExec])
    let lock = LedgerLock(descriptor)
    let deadline = ContinuousClock.now + patience
    while !lock.take(LOCK_EX) {
      guard ContinuousClock.now < deadline else {
        throw LedgerError(.busy, message: "another process has been opening the ledger for too long")
      }
      usleep(5000)
    }
    return lock
  }

  /// Makes and locks the file of a new owner. The caller must hold `lockOpening`.
  func register() throws(LedgerError) -> LedgerOwner {
    let token = LedgerOwner.newToken()
    let path = folder.appending(token)
    let descriptor = try open(
      path, options: [.create, .exclusiveCreate, .closeOnExec])
    let lock = LedgerLock(descriptor)
    guard lock.take(LOCK_EX) else {
      throw LedgerError(.failed, message: "the ledger's folder does not support locks")
    }
    return LedgerOwner(token: token, file: path, lock: lock)
  }

  /// Removes the files of owners that have ended. The caller must hold `lockOpening`.
  func removeDead() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
    for name in names where LedgerOwner.isToken(name) && !isAlive(name) {
      unlink(folder.appending(name).string)
    }
  }

  /// Whether the owner with this name may still record outcomes.
  ///
  /// The check takes a shared lock, so that several processes can check at once and none of them
  /// is mistaken for the owner.
  func isAlive(_ token: String) -> Bool {
    guard LedgerOwner.isToken(token) else { return false }
    do {
      let descriptor = try FileDescriptor.open(
        folder.appending(token), .readOnly, options: [.closeOnExec, .nonBlocking])
      return !LedgerLock(descriptor).take(LOCK_SH)
    } catch {
      // An owner that cannot be checked counts as alive.
      return error as? Errno != .noSuchFileOrDirectory && error as? Errno != .notDirectory
    }
  }

  private func open(
    _ path: FilePath, options: FileDescriptor.OpenOptions
  ) throws(LedgerError) -> FileDescriptor {
    do {
      return try FileDescriptor.open(path, .readWrite, options: options, permissions: .ownerReadWrite)
    } catch {
      throw LedgerError(
        error as? Errno ?? .ioError, "cannot make a lock of the ledger in \(displayText(folder))",
        writing: true)
    }
  }
}

/// A descriptor for locks; closing it releases them.
final class LedgerLock: Sendable {
  private let descriptor: FileDescriptor

  init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

  deinit { try? descriptor.close() }

  /// Takes the lock, unless another process holds one that excludes it.
  func take(_ kind: CInt) -> Bool { flock(descriptor.rawValue, kind | LOCK_NB) == 0 }
}

/// The owner of rows: one open ledger object. It ends with the object or its process.
final class LedgerOwner: Sendable {
  /// The owner's name in the rows: 32 hex digits, unique.
  let token: String
  private let file: FilePath?
  private let lock: LedgerLock?

  init(token: String, file: FilePath? = nil, lock: LedgerLock? = nil) {
    self.token = token
    self.file = file
    self.lock = lock
  }

  deinit {
    // The file is removed before the lock is released: without the file, the owner counts as ended.
    if let file { unlink(file.string) }
  }

  static func newToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }.hexadecimal
  }

  /// Whether the text has the form of a name from `newToken`, so that it cannot be a path.
  static func isToken(_ text: String) -> Bool {
    text.utf8.count == 32
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
