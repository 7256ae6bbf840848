import Libc
package import NIOCore
import NIOSSL

/// One accepted connection: the bytes that come, and every way to answer or to end it.
package struct Connection: Sendable {
  /// 1 for the first that was accepted, and so on.
  let number: Int
  /// What the client sends, read only as fast as it is taken.
  package let inbound: NIOAsyncChannelInboundStream<ByteBuffer>
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
  /// - Parameter sent: receives the size of every piece that was taken.
  package func send(_ bytes: ByteBuffer, sent: (Int) -> Void = { _ in }) async throws {
    var bytes = bytes
    while let piece = bytes.readSlice(length: min(Self.piece, bytes.readableBytes)), piece.readableBytes > 0 {
      try await channel.writeAndFlush(piece).get()
      sent(piece.readableBytes)
      // A client that reads at once never suspends the write: other tasks of the loop must have their turn.
      await Task.yield()
    }
  }

  /// Returns when the connection is closed, by whichever side.
  package func untilClosed() async { try? await channel.closeFuture.get() }

  /// Ends the connection as a polite server does; over TLS with its goodbye.
  package func close() async { try? await channel.close() }

  /// Ends the connection without TLS's goodbye.
  func cut() async { await Self.cut(channel) }

  /// Ends the connection so that the client sees a reset (RST).
  package func reset() async {
    if let options = channel as? any SocketOptionProvider {
      try? await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }
    await cut()
  }

  /// Answers what is not a request.
  package func refuse(_ failure: RequestHeadParser.Failure) async throws {
    let line = failure == .tooLong ? "431 Head too long" : "400 No request"
    try await send(
      ByteBuffer(string: "HTTP/1.1 \(line)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))
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
