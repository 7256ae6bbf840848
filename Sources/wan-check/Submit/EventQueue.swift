import Synchronization

/// A queue of events from many tasks to one task, in order. Unlike an `AsyncStream`, it continues when that
/// task is cancelled, so that the outcomes of jobs under way still arrive.
final class EventQueue<Event: Sendable>: Sendable {
  private struct State {
    var events: [Event] = []
    var reader: CheckedContinuation<Event, Never>?
  }

  private let state = Mutex(State())

  /// Adds an event.
  func push(_ event: Event) {
    let reader = state.withLock { state in
      guard let reader = state.reader else {
        state.events.append(event)
        return nil as CheckedContinuation<Event, Never>?
      }
      state.reader = nil
      return reader
    }
    reader?.resume(returning: event)
  }

  /// The next event; only one task may wait.
  func next() async -> Event {
    await withCheckedContinuation { reader in
      let event = state.withLock { state in
        guard state.events.isEmpty else { return state.events.removeFirst() as Event? }
        state.reader = reader
        return nil
      }
      if let event { reader.resume(returning: event) }
    }
  }
}
