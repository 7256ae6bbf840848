import HummingbirdCore
import Logging
import NIOCore

/// hummingbird's HTTP/1.1, on connections that the simulator can end.
struct ProviderChannel: ServerChildChannel {
  let http: HTTP1Channel
  let connections: OpenConnections

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    // A client that ends its side is gone. Where that is not heeded, one that was killed would leave a hanging answer
    // behind until the end.
    try? channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: false)
    try? channel.syncOptions?.setOption(.socketOption(.tcp_nodelay), value: 1)
    connections.take(channel)
    return http.setup(channel: channel, logger: logger)
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async {
    await http.handle(value: value, logger: logger)
  }
}
