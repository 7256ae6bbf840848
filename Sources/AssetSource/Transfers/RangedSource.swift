import AssetOpening
import AsyncHTTPClient
import Dispatch
import MediaFacts
import NIOCore
import Synchronization

/// Fetches the parts of an asset that are read. Headers need only a few of the bytes.
final class RangedSource: ByteSource {
  /// The most requests for one asset. If its headers are spread over more ranges, reading fails with advice.
  private static let mostRequests = 64

  fileprivate struct State {
    var cache = RangeCache()
    var ahead = ReadAhead()
    var requests = 1
    var failure: ByteSourceError?
    var fetch: Task<Void, Never>?
  }

  private let session: FetchSession
  private let total: Int64
  private let validator: Validator
  private let deadline: ContinuousClock.Instant
  private let state: Mutex<State>

  /// A source whose first bytes have already arrived.
  init(
    _ session: FetchSession, first: [UInt8], total: Int64, validator: Validator,
    until deadline: ContinuousClock.Instant
  ) {
    self.session = session
    self.total = total
    self.validator = validator
    self.deadline = deadline
    var state = State()
    state.cache.add(first, at: 0)
    self.state = Mutex(state)
  }

  /// The length that the server stated.
  var length: Int64? { total }

  /// Why reading failed, if it did.
  var failure: ByteSourceError? { state.withLock { $0.failure } }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    guard offset >= 0 else { throw ByteSourceError(.unreadable, message: "a read before the start") }
    guard offset < total, !buffer.isEmpty else { return 0 }
    while true {
      let step = state.withLock { $0.step(offset, buffer, of: total, most: Self.mostRequests) }
      switch step {
      case .copied(let count): return count
      case .failed(let failure): throw failure
      case .fetch(let range): fetch(range)
      }
    }
  }

  func cancel() {
    let fetch = state.withLock { state in
      state.failure = state.failure ?? ByteSourceError(.cancelled, message: "reading was cancelled")
      return state.fetch
    }
    fetch?.cancel()
  }

  /// Fetches a range and blocks the calling thread until then.
  private func fetch(_ range: ByteRange) {
    let done = DispatchSemaphore(value: 0)
    let task = Task.detached { [self] in
      let result = await bytes(range)
      state.withLock { state in
        switch result {
        case .success(let bytes): state.cache.add(bytes, at: range.first)
        case .failure(let error): state.failure = state.failure ?? ByteSourceError(error)
        }
        state.fetch = nil
      }
      done.signal()
    }
    let isCancelled = state.withLock { state in
      state.fetch = task
      return state.failure != nil
    }
    if isCancelled { task.cancel() }
    done.wait()
  }

  private func bytes(_ range: ByteRange) async -> Result<[UInt8], AssetError> {
    let (session, validator, total, deadline) = (session, validator, total, deadline)
    do throws(AssetError) {
      return .success(
        try await Deadline.race(until: deadline) { () async throws(AssetError) in
          var failures = 0
          while true {
            let answer = try await session.get(range, ifRange: validator, until: deadline, failures: failures)
            guard validator.agrees(with: answer.validator) else { throw Self.changed }
            guard case .part(let part, let stated) = answer.content else {
              // With `If-Range`, a whole answer means that the content changed, unless its tag is the same.
              throw validator.ifRange == answer.validator.ifRange ? Self.rangesRefused : Self.changed
            }
            guard stated == nil || stated == total else { throw Self.changed }
            do throws(FetchFailure) {
              return try await session.read(answer, expecting: part.count)
            } catch {
              guard case .again(let wish) = error.remedy else { throw error.error }
              failures += 1
              try await session.pause(failures, error.error, wish, until: deadline)
            }
          }
        })
    } catch {
      return .failure(error)
    }
  }

  private static let changed = AssetError(
    .changed, message: "the asset changed on the server while it was fetched")
  private static let rangesRefused = AssetError(
    .unreachable, message: "the server no longer answers with the requested range")
}

extension RangedSource.State {
  fileprivate enum Step {
    case copied(Int)
    case failed(ByteSourceError)
    case fetch(ByteRange)
  }

  fileprivate mutating func step(
    _ offset: Int64, _ buffer: UnsafeMutableRawBufferPointer, of total: Int64, most: Int
  ) -> Step {
    if let failure { return .failed(failure) }
    let count = cache.copy(from: offset, into: buffer)
    if count > 0 { return .copied(count) }
    guard requests < most else {
      let failure = ByteSourceError(
        .unreachable, message: "the headers are spread over more than \(most) ranges; use --depth full")
      self.failure = failure
      return .failed(failure)
    }
    requests += 1
    var range = ahead.range(at: offset, of: total, next: cache.next(behind: offset))
    range.first = max(range.first, cache.end(before: offset))
    return .fetch(range)
  }
}

extension FetchSession {
  /// Reads a body that holds `count` bytes.
  func read(_ answer: Answer, expecting count: Int) async throws(FetchFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    // The client may be shut down as soon as its lease is released.
    defer { withExtendedLifetime(answer.lease) {} }
    do {
      for try await chunk in answer.body {
        meter.received(chunk.readableBytes)
        guard chunk.readableBytes <= count - bytes.count else {
          throw AssetError(
            .unreachable, message: "the server sent more bytes than the range that it announced")
        }
        bytes.append(contentsOf: chunk.readableBytesView)
      }
    } catch {
      throw FetchFailure(error, limits: options)
    }
    guard bytes.count == count else {
      throw FetchFailure(
        AssetError(.unreachable, message: "the server ended after \(bytes.count) of \(count) bytes"),
        .again(after: nil))
    }
    return bytes
  }
}

/// Decides which range to request when bytes are missing. The range grows while the file is read in sequence, and
/// includes the end of the file when that is near.
struct ReadAhead: Sendable, Hashable {
  /// The first request, and the smallest one.
  static let least: Int64 = 64 << 10
  /// The largest one.
  static let most: Int64 = 1 << 20
  /// Within this distance from its end, a file is fetched to its end.
  static let nearEnd: Int64 = 256 << 10

  private var size = Self.least
  private var end: Int64 = Self.least

  /// The range to request for byte `offset` of `total`, up to `next`, from where bytes are known.
  mutating func range(at offset: Int64, of total: Int64, next: Int64?) -> ByteRange {
    size = offset == end ? min(size * 2, Self.most) : Self.least
    // The last 64 KiB are fetched together, since the search for trailers begins at their start.
    var first = offset
    if total - offset <= Self.least { first = min(offset, max(0, total - Self.least)) }
    var beyond = total - offset <= Self.nearEnd ? total : offset + min(size, total - offset)
    if let next, next > offset { beyond = min(beyond, next) }
    end = beyond
    return ByteRange(first: first, last: beyond - 1)
  }
}
