import Synchronization

/// Keeps an `Activity`, and wakes those who wait for something to happen.
final class ActivityLog: Sendable {
  private struct Waiter {
    var condition: @Sendable (Activity) -> Bool
    var continuation: CheckedContinuation<Activity, any Error>
  }

  private struct State {
    var activity = Activity()
    var waiters: [Int: Waiter] = [:]
    var nextWaiter = 0
  }

  private let state = Mutex(State())

  /// What has happened so far.
  var activity: Activity { state.withLock { $0.activity } }

  func connectionOpened() {
    change {
      $0.connections += 1
      $0.openConnections += 1
      $0.peakConnections = max($0.peakConnections, $0.openConnections)
    }
  }

  func connectionClosed() { change { $0.openConnections -= 1 } }

  /// Notes `request`; returns its number, from 0.
  func began(_ request: RecordedRequest) -> Int {
    change {
      $0.requests.append(request)
      $0.requestsInFlight += 1
      $0.peakRequestsInFlight = max($0.peakRequestsInFlight, $0.requestsInFlight)
      return $0.requests.count - 1
    }
  }

  func sent(_ bytes: Int, for request: Int) { change { $0.requests[request].bodyBytesSent += bytes } }

  /// Counts a request as in flight no more.
  func answered(_ request: Int) {
    change { activity in
      guard activity.requests[request].isInFlight else { return }
      activity.requests[request].isInFlight = false
      activity.requestsInFlight -= 1
    }
  }

  func ended(_ request: Int) {
    answered(request)
    change { $0.requests[request].isOver = true }
  }

  /// Returns as soon as `condition` holds.
  func activity(when condition: @escaping @Sendable (Activity) -> Bool) async throws -> Activity {
    let number = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let result: Result<Activity, any Error>? = state.withLock { state in
          if Task.isCancelled { return .failure(CancellationError()) }
          if condition(state.activity) { return .success(state.activity) }
          state.waiters[number] = Waiter(condition: condition, continuation: continuation)
          return nil
        }
        if let result { continuation.resume(with: result) }
      }
    } onCancel: {
      let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
      waiter?.continuation.resume(throwing: CancellationError())
    }
  }

  private func change<Value: Sendable>(_ body: (inout Activity) -> Value) -> Value {
    let (value, woken) = state.withLock { state in
      let value = body(&state.activity)
      let ready = state.waiters.filter { $0.value.condition(state.activity) }
      for number in ready.keys { state.waiters[number] = nil }
      return (value, ready.values.map { ($0.continuation, state.activity) })
    }
    for (continuation, activity) in woken { continuation.resume(returning: activity) }
    return value
  }
}
