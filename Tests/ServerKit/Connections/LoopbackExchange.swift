import NIOCore
import NIOPosix

extension LoopbackPort {
  /// Sends `text` to the server at this port, and returns all bytes until the connection is closed.
  func exchange(_ text: String) async throws -> String {
    try await connect().executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: text))
      var answer = ByteBuffer()
      for try await bytes in inbound { answer.writeImmutableBuffer(bytes) }
      return String(buffer: answer)
    }
  }

  /// A connection to the server at this port.
  func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.socketOption(.tcp_nodelay), value: 1)
      .connect(host: "127.0.0.1", port: number) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
  }

  /// `count` different ports on which no server listens at this moment.
  static func free(_ count: Int) async throws -> [LoopbackPort] {
    // All are held until all are known, so that none comes twice.
    var held: [any Channel] = []
    for _ in 0..<count {
      held.append(
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
          .bind(host: "127.0.0.1", port: 0).get())
    }
    let ports = held.compactMap { $0.localAddress?.port }.map { LoopbackPort($0) }
    for channel in held { try await channel.close() }
    return ports
  }
}
