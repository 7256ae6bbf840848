import AssetOpening
public import Locations
import Synchronization

/// Reports which fetches run, so that a progress display can show them.
///
/// Any thread may write or read at any time. A writer holds a lock for a short step and never waits for a reader.
public final class FetchMonitor: Sendable {
  /// Identifies one fetch in later reports to the same monitor.
  public struct Token: Sendable, Hashable {
    fileprivate let number: UInt64
  }

  /// A running fetch.
  public struct Fetch: Sendable, Hashable {
    /// What is fetched.
    public let location: AssetLocation
    /// When it began.
    public let since: ContinuousClock.Instant
    /// Bytes that arrived.
    public fileprivate(set) var bytes: Int64 = 0
    /// The length that the server stated, if it did.
    public fileprivate(set) var length: Int64?
  }

  /// The state of a monitor at one moment.
  public struct Snapshot: Sendable, Hashable {
    /// When it was taken.
    public let taken: ContinuousClock.Instant
    /// Running fetches, the oldest first.
    public let active: [Fetch]
    /// All fetches that began, including those that ended.
    public let begun: Int
    /// Bytes that arrived in all fetches together.
    public let bytes: Int64
  }

  private struct State {
    var active: [UInt64: Fetch] = [:]
    var begun: UInt64 = 0
    var bytes: Int64 = 0
  }

  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  /// A monitor of fetches to come, by the given clock.
  public init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
    self.now = now
  }

  /// Reports the begin of a fetch. Every fetch must end with `end(_:)`.
  public func begin(location: AssetLocation) -> Token {
    let fetch = Fetch(location: location, since: now())
    return state.withLock { state in
      state.begun += 1
      state.active[state.begun] = fetch
      return Token(number: state.begun)
    }
  }

  /// Reports that more bytes arrived.
  public func received(_ token: Token, bytes: Int) {
    guard bytes > 0 else { return }
    let bytes = Int64(bytes)
    state.withLock { state in
      state.active[token.number]?.bytes.addClamped(bytes)
      state.bytes.addClamped(bytes)
    }
  }

  /// Reports the length in bytes that the server stated.
  public func stated(_ token: Token, length: Int64) {
    state.withLock { $0.active[token.number]?.length = length }
  }

  /// Reports the end of a fetch. Further calls have no effect.
  public func end(_ token: Token) {
    state.withLock { _ = $0.active.removeValue(forKey: token.number) }
  }

  /// The current state.
  public func snapshot() -> Snapshot {
    let taken = now()
    let state = state.withLock { $0 }
    return Snapshot(
      taken: taken, active: state.active.sorted { $0.key < $1.key }.map(\.value),
      begun: Int(clamping: state.begun),
      bytes: state.bytes)
  }
}

extension Int64 {
  /// Adds `more` if it is not negative, without overflow.
  fileprivate mutating func addClamped(_ more: Int64) {
    let sum = addingReportingOverflow(more)
    self = sum.overflow ? .max : sum.partialValue
  }
}
