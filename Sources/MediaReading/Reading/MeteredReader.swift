import Dispatch
package import MediaFacts

/// Why a probe stopped before its end.
package enum ProbeStop: Error, Sendable {
  /// The source failed or was cancelled: probing is impossible.
  case source(ByteSourceError)
  /// A bound of the budget was hit: what is known so far is kept.
  case limit(Defect)
}

/// The reader through which a probe does all its reads.
///
/// It counts bytes, calls and time against the budget. It keeps the first failure, because some C libraries
/// ignore an I/O error, which would look like an end of file.
///
/// Not thread-safe: one probe on one thread owns it.
package final class MeteredReader {
  package let source: any ByteSource
  package let budget: Budget
  /// The first reason to stop; every later read throws it again.
  package private(set) var stop: ProbeStop?
  package private(set) var bytesRead: Int64 = 0
  package private(set) var reads = 0

  private let lock: any WholeImageLock
  private var seeks = 0
  /// Where the last read ended.
  private var position: Int64 = 0
  private var deadline: ContinuousClock.Instant
  private var window: [UInt8] = []
  private var windowStart: Int64 = 0

  /// Small reads are served from a window of this many bytes, so that walking headers costs few calls.
  private static let windowSize = 16 << 10

  /// Images with fewer pixels may be held without the lock.
  private static let freePixels: Int64 = 4_000_000

  package init(_ source: any ByteSource, budget: Budget, lock: any WholeImageLock = ProcessLock()) {
    self.source = source
    self.budget = budget
    self.lock = lock
    deadline = ContinuousClock.now.advanced(by: budget.time)
  }

  /// The length in bytes, if the source knows it.
  package var length: Int64? { source.length }

  /// Fills `buffer` from `offset` on; returns fewer bytes only at the proven end of the source.
  package func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ProbeStop) -> Int {
    if let stop { throw stop }
    guard offset >= 0 else { return 0 }
    if offset != position {
      seeks += 1
      if seeks > budget.seeks { throw exceeded("more than \(budget.seeks) seeks were needed") }
    }
    var filled = 0
    defer { position = offset + Int64(filled) }
    while filled < buffer.count {
      try spend()
      let count: Int
      do {
        count = try source.read(
          at: offset + Int64(filled), into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      } catch {
        throw keep(.source(error))
      }
      if count == 0 { break }
      filled += count
      bytesRead += Int64(count)
      if bytesRead > budget.bytesRead {
        throw exceeded("more than \(budget.bytesRead) bytes had to be read")
      }
    }
    return filled
  }

  /// `count` bytes from `offset` on, or fewer at the proven end of the source; for headers of bounded size.
  package func bytes(at offset: Int64, count: Int) throws(ProbeStop) -> ArraySlice<UInt8> {
    if let stop { throw stop }
    guard offset >= 0, count > 0 else { return [] }
    if let slice = windowed(offset, count) { return slice }
    guard count <= Self.windowSize else { return try fetch(offset, count)[...] }
    window = try fetch(offset, Self.windowSize)
    windowStart = offset
    return window.prefix(count)
  }

  /// Stops the probe if its time is up or it was cancelled. Call it in every loop that reads nothing.
  package func checkTime() throws(ProbeStop) {
    if let stop { throw stop }
    if ContinuousClock.now > deadline { throw exceeded("probing took longer than \(budget.time)") }
  }

  /// Runs `decode`, which holds a whole image, while no other large image is held. Waiting is not counted in
  /// the time budget.
  package func holding(
    _ image: ImageFacts, _ decode: () throws(ProbeStop) -> Void
  ) throws(ProbeStop) {
    let pixels = Int64(image.width).multipliedReportingOverflow(by: Int64(image.height))
    guard pixels.overflow || pixels.partialValue >= Self.freePixels else { return try decode() }
    let began = ContinuousClock.now
    do {
      try lock.acquire()
    } catch {
      throw keep(error)
    }
    defer { lock.release() }
    deadline += began.duration(to: .now)
    try decode()
  }

  /// Records that a bound was hit, and returns the error to throw. `what` is one clause for people.
  package func exceeded(_ what: String, at offset: Int64? = nil) -> ProbeStop {
    keep(.limit(Defect(.limit, what, offset: offset)))
  }

  private func keep(_ reason: ProbeStop) -> ProbeStop {
    if stop == nil { stop = reason }
    return stop ?? reason
  }

  private func spend() throws(ProbeStop) {
    reads += 1
    if reads > budget.reads { throw exceeded("more than \(budget.reads) reads were needed") }
    if ContinuousClock.now > deadline { throw exceeded("probing took longer than \(budget.time)") }
  }

  private func windowed(_ offset: Int64, _ count: Int) -> ArraySlice<UInt8>? {
    let start = offset - windowStart
    guard start >= 0, start + Int64(count) <= Int64(window.count) else { return nil }
    return window[Int(start)..<Int(start) + count]
  }

  private func fetch(_ offset: Int64, _ count: Int) throws(ProbeStop) -> [UInt8] {
    var storage = [UInt8](repeating: 0, count: count)
    var failure: ProbeStop?
    let filled = storage.withUnsafeMutableBytes { buffer in
      do throws(ProbeStop) {
        return try read(at: offset, into: buffer)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    storage.removeSubrange(filled...)
    return storage
  }
}

extension MeteredReader {
  /// Whether the file has all bytes before `end`. If the length is not known, this reads one byte.
  package func reaches(_ end: Int64) throws(ProbeStop) -> Bool {
    if let length { return end <= length }
    guard end > 0 else { return true }
    return try isThere(end - 1)
  }

  /// The length of the source. If it is not known, a few short reads search for the end.
  package func measuredLength() throws(ProbeStop) -> Int64 {
    if let length { return length }
    guard try isThere(0) else { return 0 }
    var (last, beyond): (Int64, Int64) = (0, 1)
    while beyond < Int64.max / 8, try isThere(beyond) { (last, beyond) = (beyond, beyond * 2) }
    while beyond - last > 1 {
      let middle = last + (beyond - last) / 2
      if try isThere(middle) { last = middle } else { beyond = middle }
    }
    return beyond
  }

  private func isThere(_ offset: Int64) throws(ProbeStop) -> Bool {
    try !bytes(at: offset, count: 1).isEmpty
  }
}

/// Lets only one decoder at a time hold a whole image, to limit the total memory.
package protocol WholeImageLock: Sendable {
  /// Waits until the caller may hold an image; throws if that will never be allowed.
  func acquire() throws(ProbeStop)
  /// Releases what `acquire` took.
  func release()
}

/// The lock of all probes in this process.
package struct ProcessLock: WholeImageLock {
  private static let semaphore = DispatchSemaphore(value: 1)

  /// The one lock of the process.
  package init() {}

  /// Waits for earlier callers, whose time is bounded.
  package func acquire() throws(ProbeStop) { Self.semaphore.wait() }

  package func release() { Self.semaphore.signal() }
}
