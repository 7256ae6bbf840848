import AssetOpening
import Locations
import NIOCore
import NIOPosix
import NIOSSL

/// Looks at the certificates that a server presents, after they were not accepted.
enum CertificateInspection {
  /// The chain that the server at an address presents for a host, its own certificate first; empty if it cannot be
  /// seen, or was cut off by cancellation.
  ///
  /// The handshake is broken off as soon as the chain is there: nothing is ever sent to who was not accepted.
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

  /// Longer chains are not looked at to their end.
  private static let mostCertificates = 8

  private static func read(_ chain: [NIOSSLCertificate]) -> [PresentedCertificate] {
    chain.prefix(mostCertificates).compactMap { certificate in
      (try? certificate.toDERBytes()).flatMap { PresentedCertificate(der: $0) }
    }
  }

  /// Tells when the connection ends before there is a chain.
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
