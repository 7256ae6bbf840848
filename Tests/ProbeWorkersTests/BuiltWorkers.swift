import FixtureKit
import Foundation
import MediaFacts
import ProbeWorkers
import SystemPackage

/// The worker programs that were built together with the tests.
enum BuiltWorkers {
  static let folder = FilePath(Program.wanCheck.executable.deletingLastPathComponent().path)
  /// Those that are shipped.
  static let programs = WorkerPrograms(folder: folder)
  /// One that does what files tell it.
  static let misbehaving = WorkerPrograms(
    images: folder.appending("misbehaving-probe-worker"),
    streams: folder.appending("misbehaving-probe-worker"))
}

/// Bytes in memory, which a worker can only have through its parent.
final class ServedBytes: ByteSource {
  private let bytes: [UInt8]
  private let knowsLength: Bool
  private let failsAt: Int64?

  init(_ bytes: [UInt8], knowsLength: Bool = true, failsAt: Int64? = nil) {
    self.bytes = bytes
    self.knowsLength = knowsLength
    self.failsAt = failsAt
  }

  convenience init(_ url: URL) throws { self.init([UInt8](try Data(contentsOf: url))) }

  var length: Int64? { knowsLength ? Int64(bytes.count) : nil }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    if let failsAt, offset + Int64(buffer.count) > failsAt {
      throw ByteSourceError(.unreadable, message: "the disk says no", errno: 5)
    }
    guard offset >= 0, offset < bytes.count else { return 0 }
    let count = min(buffer.count, bytes.count - Int(offset))
    buffer.copyBytes(from: bytes[Int(offset)..<Int(offset) + count])
    return count
  }

  func cancel() {}
}

/// A source whose bytes never come, until it is cancelled.
final class SilentSource: ByteSource {
  private let semaphore = DispatchSemaphore(value: 0)

  var length: Int64? { 1 << 20 }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    semaphore.wait()
    semaphore.signal()
    throw ByteSourceError(.cancelled, message: "reading was cancelled")
  }

  func cancel() { semaphore.signal() }
}
