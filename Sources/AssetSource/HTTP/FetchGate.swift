package import AssetOpening
import Synchronization

/// Limits the number of concurrent fetches, in total and for each host. Others wait in order, and the queue of one host
/// does not delay the others.
package final class FetchGate: Sendable {
  private struct Waiter {
    var id: UInt64
    var host: String
    var continuation: CheckedContinuation<Bool, Never>
  }

  private struct State {
    var running: [String: Int] = [:]
    var total = 0
    var waiters: [Waiter] = []
    var nextID: UInt64 = 0
  }

  private let most: Int
  private let mostPerHost: Int
  private let state = Mutex(State())

  package init(most: Int, perHost: Int) {
    self.most = max(1, most)
    mostPerHost = max(1, perHost)
  }

  /// A ticket for `host`. It is given back when it is released or no longer referenced.
  package func enter(_ host: String) async throws(AssetError) -> FetchTicket {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    let admitted = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let decided = state.withLock { state -> Bool? in
          if Task.isCancelled { return false }
          if admits(host, state) {
            Self.take(host, &state)
            return true
          }
          state.waiters.append(Waiter(id: id, host: host, continuation: continuation))
          return nil
        }
        if let decided { continuation.resume(returning: decided) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume(returning: false)
    }
    guard admitted else { throw AssetError(.cancelled, message: "the check was cancelled") }
    return FetchTicket { [self] in leave(host) }
  }

  private func leave(_ host: String) {
    let next = state.withLock { state -> Waiter? in
      state.total -= 1
      let rest = (state.running[host] ?? 1) - 1
      state.running[host] = rest > 0 ? rest : nil
      guard let index = state.waiters.firstIndex(where: { admits($0.host, state) }) else { return nil }
      let waiter = state.waiters.remove(at: index)
      Self.take(waiter.host, &state)
      return waiter
    }
    next?.continuation.resume(returning: true)
  }

  private func admits(_ host: String, _ state: State) -> Bool {
    state.total < most && (state.running[host] ?? 0) < mostPerHost
  }

  private static func take(_ host: String, _ state: inout State) {
    state.total += 1
    state.running[host, default: 0] += 1
  }
}

/// The right to fetch one asset.
package final class FetchTicket: Sendable {
  private let giveBack: @Sendable () -> Void
  private let isReleased = Mutex(false)

  init(_ giveBack: @escaping @Sendable () -> Void) { self.giveBack = giveBack }

  deinit { release() }

  /// Gives the ticket back. Further calls have no effect.
  package func release() {
    let isFirst = isReleased.withLock { released in
      defer { released = true }
      return !released
    }
    if isFirst { giveBack() }
  }
}
