import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A listening socket on a free port of 127.0.0.1, with one task for each connection.
package final class LoopbackListener: Sendable {
  /// Where it listens.
  package let port: LoopbackPort
  private let channel: any Channel
  private let connections: OpenConnections

  private init(channel: any Channel, port: LoopbackPort, connections: OpenConnections) {
    self.channel = channel
    self.port = port
    self.connections = connections
  }

  /// Listens from now on.
  ///
  /// - Parameters:
  ///   - certificate: what TLS presents; `nil` for plain connections.
  ///   - reads: whether what clients send is ever read.
  ///   - serve: talks to one client; the connection ends when it returns or throws.
  package static func start(
    certificate: ServerCertificate? = nil, reads: Bool = true,
    serve: @escaping @Sendable (Connection) async throws -> Void
  ) async throws -> LoopbackListener {
    let encryption = try certificate.map(context(presenting:))
    let connections = OpenConnections()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelOption(.autoRead, value: reads)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let encryption {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: encryption))
          }
          let bytes = try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
          connections.take(channel) { number in
            try await bytes.executeThenClose { inbound, _ in
              try await serve(Connection(number: number, channel: channel, inbound: inbound))
            }
          }
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    guard let number = channel.localAddress?.port else {
      try await channel.close()
      throw ChannelError.unknownLocalAddress
    }
    return LoopbackListener(channel: channel, port: LoopbackPort(number), connections: connections)
  }

  /// How many connections clients have open now.
  package var openConnections: Int { connections.count }

  /// Stops listening, ends every connection and returns when all is over.
  package func shutdown() async {
    try? await channel.close()
    await connections.endAll()
  }

  private static func context(presenting certificate: ServerCertificate) throws -> NIOSSLContext {
    let chain = try NIOSSLCertificate.fromPEMFile(certificate.chain.path).map {
      NIOSSLCertificateSource.certificate($0)
    }
    let key = try NIOSSLPrivateKey(file: certificate.key.path, format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain, privateKey: .privateKey(key))
    // How long a close waits for the client's goodbye.
    configuration.shutdownTimeout = .seconds(1)
    return try NIOSSLContext(configuration: configuration)
  }
}

/// The connections of a listener, and the tasks that serve them.
private final class OpenConnections: Sendable {
  private struct State {
    var accepted = 0
    var isEnding = false
    /// Connections that neither side has closed; a task may outlive its connection.
    var unclosed = 0
    var open: [Int: (channel: any Channel, task: Task<Void, Never>)] = [:]
  }
  private let state = Mutex(State())

  var count: Int { state.withLock { $0.unclosed } }

  /// Counts `channel` and serves it in a task of its own.
  func take(_ channel: any Channel, serve: @escaping @Sendable (Int) async throws -> Void) {
    state.withLock { state in
      state.accepted += 1
      state.unclosed += 1
      let number = state.accepted
      let isLate = state.isEnding
      let task = Task(executorPreference: ServerExecutor.shared) {
        if isLate { await Connection.cut(channel) }
        // A client that disconnects is not a failure of the server.
        try? await serve(number)
        self.state.withLock { _ = $0.open.removeValue(forKey: number) }
      }
      state.open[number] = (channel, task)
    }
    channel.closeFuture.whenComplete { _ in self.state.withLock { $0.unclosed -= 1 } }
  }

  func endAll() async {
    let open = state.withLock { state in
      state.isEnding = true
      return Array(state.open.values)
    }
    for connection in open {
      connection.task.cancel()
      await Connection.cut(connection.channel)
    }
    for connection in open { await connection.task.value }
  }
}
