/// Remembers which webhooks were seen, so that none is acted on twice.
public protocol WebhookReplayGuard: Sendable {
  /// Remembers a genuine webhook; `false` if it was seen before.
  ///
  /// `timestamp` is when it was sent, `now` when it came, both in seconds since 1970. Of two callers with the same id at
  /// the same time, one is told `true`. Throws if nothing could be remembered: then it must not be acted on yet.
  func admit(_ id: String, timestamp: Int64, now: Double) async throws -> Bool
}

/// Remembers webhooks for as long as their time is accepted, in memory: for tests, and for servers of one process.
public actor InMemoryReplayGuard: WebhookReplayGuard {
  private let window: Double
  private let capacity: Int
  private var timestamps: [String: Int64] = [:]

  /// Remembers the ids of webhooks until `window` after they were sent: the verifier's tolerance at least.
  ///
  /// Of more than `capacity` at a time, those that were sent first are forgotten.
  public init(window: Duration = .seconds(300), capacity: Int = 10_000) {
    self.window = window.inSeconds
    self.capacity = max(1, capacity)
  }

  /// How many are remembered.
  public var count: Int { timestamps.count }

  /// Remembers a genuine webhook; `false` if it was seen before.
  public func admit(_ id: String, timestamp: Int64, now: Double) -> Bool {
    if let seen = timestamps[id], isRemembered(seen, at: now) {
      // The provider sends it again with a new time when it had no answer.
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
    // Some at once, so that a full memory does not sort them for each new one.
    let oldest = timestamps.sorted { $0.value < $1.value }.prefix(max(timestamps.count / 8, 1))
    for (id, _) in oldest { timestamps[id] = nil }
  }
}

/// A ledger remembers webhooks for all processes that share it.
extension Ledger: WebhookReplayGuard {}
