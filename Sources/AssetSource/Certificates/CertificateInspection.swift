import AssetOpening
import Locations
import NIOCore
import NIOPosix
import NIOSSL

/// Fetches the certificates that a server presents, after they were refused.
enum CertificateInspection {
  /// The chain that the server at an address presents for a host, its own certificate first; empty if the handshake
  /// fails before the chain arrives, or the task is cancelled.
  ///
  /// The handshake ends as soon as the chain is there: no request is sent to a server that was refused.
  static func chain(
    at address: IPAddress, port: UInt16, host: URLHost, within limit: Duration
  ) async -> [PresentedCertificate] {
    guard let socket = try? SocketAddress(ipAddress: address.description, port: Int(port)) else { return [] }
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let chain = loop.makePromise(of: [PresentedCertificate].self)
    let limit = TimeAmount(limit)
    let timer = loop.scheduleTask(in: limit) { chain.succeed([]) }
    let connecting = ClientBootstrap(group: loop)
      .connectTimeout(limit)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = try NIOSSLClientHandler(
            context: NIOSSLContext(configuration: .makeClientConfiguration()),
            serverHostname: host.literal == nil ? host.text : nil,
            customVerificationCallback: { certificates, verdict in
              chain.succeed(read(certificates))
              verdict.succeed(.failed)
            })
          try channel.pipeline.syncOperations.addHandlers(handler, End(chain))
        }
      }
      .connect(to: socket)
    connecting.whenFailure { _ in chain.succeed([]) }
    let found = await withTaskCancellationHandler {
      (try? await chain.futureResult.get()) ?? []
    } onCancel: {
      chain.succeed([])
    }
    timer.cancel()
    connecting.whenSuccess { channel in channel.close(mode: .all, promise: nil) }
    return found
  }

  /// Certificates of a chain that are read.
  private static let mostCertificates = 8

  private static func read(_ chain: [NIOSSLCertificate]) -> [PresentedCertificate] {
    chain.prefix(mostCertificates).compactMap { certificate in
      (try? certificate.toDERBytes()).flatMap { PresentedCertificate(der: $0) }
    }
  }

  /// Ends the wait if the connection ends without a chain.
  private final class End: ChannelInboundHandler {
    typealias InboundIn = NIOAny
    private let chain: EventLoopPromise<[PresentedCertificate]>

    init(_ chain: EventLoopPromise<[PresentedCertificate]>) { self.chain = chain }

    func channelInactive(context: ChannelHandlerContext) {
      chain.succeed([])
      context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      chain.succeed([])
      context.close(promise: nil)
    }
  }
}
