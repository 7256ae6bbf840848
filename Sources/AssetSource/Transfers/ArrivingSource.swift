import AssetOpening
import Dispatch
import MediaFacts
import Synchronization

/// Bytes that are still arriving. A reader waits only for the bytes that it reads.
///
/// One transfer appends, and any number of threads read.
final class ArrivingSource: ByteSource {
  private struct State: ~Copyable {
    var spool: Spool
    var stated: Int64?
    var isComplete = false
    var failure: ByteSourceError?
    var waiters: [DispatchSemaphore] = []
  }

  private let state: Mutex<State>
  /// Stops the transfer when the reader is gone.
  private let onCancel: Mutex<(@Sendable () -> Void)?> = Mutex(nil)

  /// A source without bytes yet; `stated` is the length that the server announced.
  init(stated: Int64?, folder: String) {
    state = Mutex(State(spool: Spool(folder: folder), stated: stated))
  }

  /// Sets what `cancel()` does, in addition to failing all reads.
  func whenCancelled(_ action: @escaping @Sendable () -> Void) {
    onCancel.withLock { $0 = action }
  }

  /// The counted length once everything has arrived, until then the one that the server announced.
  var length: Int64? {
    state.withLock { $0.isComplete ? $0.spool.count : $0.stated }
  }

  /// Bytes that have arrived.
  var count: Int64 { state.withLock { $0.spool.count } }

  /// A descriptor of all bytes, once they are in a file and complete.
  var fileDescriptor: CInt? {
    state.withLock { $0.isComplete ? $0.spool.descriptor : nil }
  }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard offset >= 0 else { throw ByteSourceError(.unreadable, message: "a read before the start") }
    guard !buffer.isEmpty else { return 0 }
    while true {
      let semaphore = DispatchSemaphore(value: 0)
      let outcome = state.withLock { state -> Result<Int, ByteSourceError>? in
        do throws(ByteSourceError) {
          if state.failure?.code == .cancelled, let failure = state.failure { throw failure }
          let count = try state.spool.read(at: offset, into: buffer)
          if count > 0 { return .success(count) }
          if let failure = state.failure { throw failure }
          if state.isComplete { return .success(0) }
          state.waiters.append(semaphore)
          return nil
        } catch {
          return .failure(error)
        }
      }
      if let outcome { return try outcome.get() }
      semaphore.wait()
    }
  }

  func cancel() {
    fail(ByteSourceError(.cancelled, message: "reading was cancelled"))
    onCancel.withLock { $0 }?()
  }

  /// Appends bytes that have arrived.
  func append(_ bytes: UnsafeRawBufferPointer) throws(ByteSourceError) {
    let (result, waiters) = state.withLock { state -> (Result<Void, ByteSourceError>, [DispatchSemaphore]) in
      do throws(ByteSourceError) {
        if let failure = state.failure { throw failure }
        try state.spool.append(bytes)
        return (.success(()), Self.takeWaiters(&state))
      } catch {
        return (.failure(error), [])
      }
    }
    for waiter in waiters { waiter.signal() }
    try result.get()
  }

  /// Whether `bytes` are equal to those that arrived at `offset` before.
  func holds(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(ByteSourceError) -> Bool {
    var position = 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
    defer { buffer.deallocate() }
    while position < bytes.count {
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[position..<bytes.count])
      let read = state.withLock { state -> Result<Int, ByteSourceError> in
        do throws(ByteSourceError) {
          return .success(try state.spool.read(at: offset + Int64(position), into: part))
        } catch { return .failure(error) }
      }
      let count = try read.get()
      guard count > 0 else { return false }
      position += count
    }
    return UnsafeRawBufferPointer(buffer).prefix(bytes.count).elementsEqual(bytes)
  }

  /// Notes that everything has arrived.
  func complete() {
    wake { $0.isComplete = true }
  }

  /// Notes that nothing more will arrive. Bytes that have arrived stay readable, unless the caller cancelled. The first
  /// failure is kept.
  func fail(_ failure: ByteSourceError) {
    wake { state in
      if state.failure == nil, !state.isComplete || failure.code == .cancelled { state.failure = failure }
    }
  }

  private func wake(_ change: (inout State) -> Void) {
    let waiters = state.withLock { state in
      change(&state)
      return Self.takeWaiters(&state)
    }
    for waiter in waiters { waiter.signal() }
  }

  private static func takeWaiters(_ state: inout State) -> [DispatchSemaphore] {
    defer { state.waiters = [] }
    return state.waiters
  }
}
