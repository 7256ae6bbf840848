import Synchronization

/// Counts what one asset's delivery costs, while it goes on.
final class DeliveryMeter: Sendable {
  private let state: Mutex<DeliveryFacts>

  init(_ url: AssetURL) {
    state = Mutex(DeliveryFacts(finalURL: url, status: 0, redirects: 0, requests: 0, bytesReceived: 0))
  }

  /// What it came to so far; `nil` as long as no server has answered.
  var facts: DeliveryFacts? {
    let facts = state.withLock { $0 }
    return facts.status == 0 ? nil : facts
  }

  func update(_ change: (inout DeliveryFacts) -> Void) {
    state.withLock { change(&$0) }
  }

  func received(_ bytes: Int) {
    state.withLock { $0.bytesReceived += Int64(bytes) }
  }
}
