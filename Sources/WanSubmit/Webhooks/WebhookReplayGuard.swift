/// A record of the webhooks that were seen, so that none is acted on twice.
public protocol WebhookReplayGuard: Sendable {
  /// Records a genuine webhook; `false` if it was seen before.
  ///
  /// `timestamp` is the time of sending and `now` that of arrival, both in seconds since 1970. If two callers
  /// pass the same id at the same time, only one gets `true`. Throws if the id could not be recorded: then
  /// the webhook must not be acted on yet.
  func admit(_ id: String, timestamp: Int64, now: Double) async throws -> Bool
}

/// A replay guard in memory, for tests and for servers of one process. It keeps an id for as long
/// as its time is accepted.
public actor InMemoryReplayGuard: WebhookReplayGuard {
  private let window: Double
  private let capacity: Int
  private var timestamps: [String: Int64] = [:]

  /// A guard that keeps ids until `window` after they were sent; `window` must be at least
  /// the verifier's tolerance.
  ///
  /// If there are more than `capacity` ids, those that were sent first are removed.
  public init(window: Duration = .seconds(300), capacity: Int = 10_000) {
    self.window = window.inSeconds
    self.capacity = max(1, capacity)
  }

  /// The number of recorded ids.
  public var count: Int { timestamps.count }

  /// Records a genuine webhook; `false` if it was seen before.
  public func admit(_ id: String, timestamp: Int64, now: Double) -> Bool {
    if let seen = timestamps[id], isRemembered(seen, at: now) {
      // The provider repeats a webhook with a new time if it got no answer.
      timestamps[id] = max(seen, timestamp)
      return false
    }
    timestamps[id] = nil
    if timestamps.count >= capacity { forget(at: now) }
    timestamps[id] = timestamp
    return true
  }

  private func isRemembered(_ timestamp: Int64, at now: Double) -> Bool { now - Double(timestamp) <= window }

  private func forget(at now: Double) {
    timestamps = timestamps.filter { isRemembered($0.value, at: now) }
    guard timestamps.count >= capacity else { return }
    // Removes several at once, so that a full guard does not sort the ids for each new one.
    let oldest = timestamps.sorted { $0.value < $1.value }.prefix(max(timestamps.count / 8, 1))
    for (id, _) in oldest { timestamps[id] = nil }
  }
}

/// A ledger records webhooks for all processes that share it.
extension Ledger: WebhookReplayGuard {}
