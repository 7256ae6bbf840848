import AssetOpening
import Locations
import Synchronization

/// Counts the requests and bytes of one asset's delivery while it runs.
final class DeliveryMeter: Sendable {
  private let state: Mutex<DeliveryFacts>
  private let monitor: FetchMonitor?
  private let token: FetchMonitor.Token?

  init(_ location: AssetLocation, _ url: AssetURL, _ monitor: FetchMonitor?) {
    self.monitor = monitor
    token = monitor?.begin(location: location)
    state = Mutex(DeliveryFacts(finalURL: url, status: 0, redirects: 0, requests: 0, bytesReceived: 0))
  }

  /// The facts so far; `nil` as long as no server has answered.
  var facts: DeliveryFacts? {
    let facts = state.withLock { $0 }
    return facts.status == 0 ? nil : facts
  }

  func update(_ change: (inout DeliveryFacts) -> Void) {
    state.withLock { change(&$0) }
  }

  func received(_ bytes: Int) {
    state.withLock { $0.bytesReceived += Int64(bytes) }
    if let token { monitor?.received(token, bytes: bytes) }
  }

  func stated(_ length: Int64) {
    if let token { monitor?.stated(token, length: length) }
  }

  /// Ends the delivery. Further calls have no effect.
  func end() {
    if let token { monitor?.end(token) }
  }

  deinit { end() }
}
