import NIOCore
import NIOSSL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One accepted connection: the bytes that come, and every way to answer or to end it.
struct Connection: Sendable {
  /// 1 for the first that was accepted, and so on.
  let number: Int
  /// What the client sends, read only as fast as it is taken.
  let inbound: NIOAsyncChannelInboundStream<ByteBuffer>
  private let channel: any Channel

  /// The most that is written at a time, so that what was sent is known while a large body is under way.
  private static let piece = 256 << 10

  init(number: Int, channel: any Channel, inbound: NIOAsyncChannelInboundStream<ByteBuffer>) {
    self.number = number
    self.channel = channel
    self.inbound = inbound
  }

  /// Writes `bytes`; returns when the system has taken them, so a client that does not read holds it up.
  ///
  /// - Parameter sent: is told of every piece that was taken.
  func send(_ bytes: ByteBuffer, sent: (Int) -> Void = { _ in }) async throws {
    var bytes = bytes
    while let piece = bytes.readSlice(length: min(Self.piece, bytes.readableBytes)), piece.readableBytes > 0 {
      try await channel.writeAndFlush(piece).get()
      sent(piece.readableBytes)
    }
  }

  /// Returns when the connection is closed, by whichever side.
  func untilClosed() async { try? await channel.closeFuture.get() }

  /// Ends the connection as a polite server does; over TLS with its goodbye.
  func close() async { try? await channel.close() }

  /// Ends the connection without TLS's goodbye.
  func cut() async { await Self.cut(channel) }

  /// Ends the connection so that the client sees a reset (RST).
  func reset() async {
    if let options = channel as? any SocketOptionProvider {
      try? await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }
    await cut()
  }

  /// Closes `channel` below TLS, which would otherwise wait for the client's goodbye.
  static func cut(_ channel: any Channel) async {
    let loop = channel.eventLoop
    try? await loop.submit {
      let pipeline = channel.pipeline.syncOperations
      if let encryption = try? pipeline.context(handlerType: NIOSSLServerHandler.self) {
        encryption.close(mode: .all, promise: nil)
      } else {
        channel.close(promise: nil)
      }
    }.get()
    try? await channel.closeFuture.get()
  }
}
