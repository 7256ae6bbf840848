import AssetOpening
public import Locations
import Synchronization

/// Reports which fetches run, so that a progress display can show them.
///
/// Any thread may write or read at any time. A writer holds a lock for a short step and never waits for a reader.
public final class FetchMonitor: Sendable {
  /// Stands for one fetch in later reports; of use with the monitor only that handed it out.
  public struct Token: Sendable, Hashable {
    fileprivate let number: UInt64
  }

  /// A fetch that is under way.
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

  /// What a monitor knew at one moment.
  public struct Snapshot: Sendable, Hashable {
    /// When it was taken.
    public let taken: ContinuousClock.Instant
    /// Fetches under way, the oldest first.
    public let active: [Fetch]
    /// Fetches that began, those that ended included.
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

  /// A fetch begins; it ends with `end(_:)`, however it ends.
  public func begin(location: AssetLocation) -> Token {
    let fetch = Fetch(location: location, since: now())
    return state.withLock { state in
      state.begun += 1
      state.active[state.begun] = fetch
      return Token(number: state.begun)
    }
  }

  /// So many more bytes arrived.
  public func received(_ token: Token, bytes: Int) {
    guard bytes > 0 else { return }
    let bytes = Int64(bytes)
    state.withLock { state in
      state.active[token.number]?.bytes.addClamped(bytes)
      state.bytes.addClamped(bytes)
    }
  }

  /// The server stated the length in bytes, or stated another one.
  public func stated(_ token: Token, length: Int64) {
    state.withLock { $0.active[token.number]?.length = length }
  }

  /// A fetch ended; a second time changes nothing.
  public func end(_ token: Token) {
    state.withLock { _ = $0.active.removeValue(forKey: token.number) }
  }

  /// What is known now.
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
  /// Adds what is not negative, up to the largest number.
  fileprivate mutating func addClamped(_ more: Int64) {
    let sum = addingReportingOverflow(more)
    self = sum.overflow ? .max : sum.partialValue
  }
}
