import Foundation
import Locations
import MediaFacts
import SystemPackage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The folder beside a ledger in which every process that sends holds a lock for as long as it lives.
///
/// The kernel gives a lock back however its process ends, and neither numbers of processes nor clocks matter. Whoever can
/// lock another's file knows that nobody will say any more what came of its requests.
struct LedgerOwners: Sendable {
  /// Where it is.
  let folder: FilePath

  /// The folder of the ledger at `ledger`, which must be a path without links: all must mean the same folder.
  init(of ledger: FilePath) {
    folder = FilePath(ledger.string + "-owners")
  }

  /// Whether somebody has written to the ledger before.
  var exists: Bool { (try? Stat(folder)) != nil }

  /// Makes the folder, for nobody else to look into.
  func make() throws(LedgerError) {
    try LedgerFolder.make(folder)
  }

  /// Waits until nobody else opens, makes or cleans anything here, and keeps others from it until the lock is let go.
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

  /// Makes a new owner's file and locks it. Only while `lockOpening` is held.
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

  /// Removes the files of owners that have ended. Only while `lockOpening` is held.
  func removeDead() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.string)) ?? []
    for name in names where LedgerOwner.isToken(name) && !isAlive(name) {
      unlink(folder.appending(name).string)
    }
  }

  /// Whether the owner of that name may still say what came of its requests.
  ///
  /// Several may ask at once, and none of them is mistaken for the owner: asking takes a lock that can be shared.
  func isAlive(_ token: String) -> Bool {
    guard LedgerOwner.isToken(token) else { return false }
    do {
      let descriptor = try FileDescriptor.open(
        folder.appending(token), .readOnly, options: [.closeOnExec, .nonBlocking])
      return !LedgerLock(descriptor).take(LOCK_SH)
    } catch {
      // What cannot be looked at is not declared dead.
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

/// A descriptor that a lock may be taken on; closing it lets go.
final class LedgerLock: Sendable {
  private let descriptor: FileDescriptor

  init(_ descriptor: FileDescriptor) { self.descriptor = descriptor }

  deinit { try? descriptor.close() }

  /// Takes the lock, if nobody holds one that excludes it.
  func take(_ kind: CInt) -> Bool { flock(descriptor.rawValue, kind | LOCK_NB) == 0 }
}

/// Who sends: one open ledger object. It lives until the object or its process ends.
final class LedgerOwner: Sendable {
  /// Its name in the rows: 32 hex digits that nobody else has.
  let token: String
  private let file: FilePath?
  private let lock: LedgerLock?

  init(token: String, file: FilePath? = nil, lock: LedgerLock? = nil) {
    self.token = token
    self.file = file
    self.lock = lock
  }

  deinit {
    // Before the lock goes: who finds no file needs no lock to know.
    if let file { unlink(file.string) }
  }

  static func newToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }.hexadecimal
  }

  /// Whether the text is a name that `newToken` could have made, and so can be no path.
  static func isToken(_ text: String) -> Bool {
    text.utf8.count == 32
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
