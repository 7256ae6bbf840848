import NIOCore
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The connections that clients have open.
final class OpenConnections: Sendable {
  private struct State {
    var isEnding = false
    var open: [ObjectIdentifier: any Channel] = [:]
  }

  private let state = Mutex(State())

  /// How many there are.
  var count: Int { state.withLock { $0.open.count } }

  /// Takes care of a connection until it is closed; closes it at once if all shall end.
  func take(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    let isLate = state.withLock { state in
      state.open[id] = channel
      return state.isEnding
    }
    channel.closeFuture.whenComplete { _ in
      self.state.withLock { _ = $0.open.removeValue(forKey: id) }
    }
    if isLate { channel.close(promise: nil) }
  }

  /// Closes every connection, those that still come too.
  func endAll() async {
    let open = state.withLock { state in
      state.isEnding = true
      return Array(state.open.values)
    }
    for channel in open { try? await channel.close() }
  }

  /// Ends a connection so that the client sees a reset (RST).
  static func reset(_ channel: any Channel) async {
    if let options = channel as? any SocketOptionProvider {
      try? await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }
    try? await channel.close()
  }
}
