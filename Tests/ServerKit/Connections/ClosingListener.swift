import NIOCore

/// Runs `body` with a port on loopback where each connection is closed after the first bytes that come.
public func withConnectionsThatClose<Value>(
  isolation: isolated (any Actor)? = #isolation, _ body: (LoopbackPort) async throws -> sending Value
) async throws -> sending Value {
  let listener = try await LoopbackListener.start { connection in
    for try await _ in connection.inbound { break }
    await connection.close()
  }
  do {
    let value = try await body(listener.port)
    await listener.shutdown()
    return value
  } catch {
    await listener.shutdown()
    throw error
  }
}
