import Foundation
import NIOCore
import Synchronization

/// Passes on what clients ask of a forward proxy, and notes it.
final class ProxyService: Sendable {
  private let hosts: [String: LoopbackPort]
  /// The value of `Proxy-Authorization` that lets a client in.
  private let authorization: String?
  private let requests = Mutex<[ProxiedRequest]>([])

  init(hosts: [String: LoopbackPort], credentials: String?) {
    self.hosts = Dictionary(hosts.map { ($0.lowercased(), $1) }) { $1 }
    authorization = credentials.map { "Basic \(Data($0.utf8).base64EncodedString())" }
  }

  var log: [ProxiedRequest] { requests.withLock { $0 } }

  /// Serves the first request of `connection`.
  func serve(_ connection: Connection) async throws {
    var parser = RequestHeadParser()
    var bytes = connection.inbound.makeAsyncIterator()
    var head: RequestHead?
    while head == nil, let next = try await bytes.next() {
      parser.append(next)
      head = try parser.next()
    }
    guard let head, let (errand, server) = try await route(head, of: connection) else { return }

    try await server.executeThenClose { answers, requests in
      try await withThrowingTaskGroup(of: Void.self) { group in
        if let head = errand.head {
          try await requests.write(ByteBuffer(string: head))
        } else {
          try await connection.send(ByteBuffer(string: "HTTP/1.1 200 Connected\r\n\r\n"))
        }
        group.addTask {
          for try await bytes in answers { try await connection.send(bytes) }
          // Nothing more can come: the client shall see the end as well.
          await connection.close()
        }
        try await requests.write(parser.rest)
        while let next = try await bytes.next() { try await requests.write(next) }
        group.cancelAll()
      }
    }
  }

  /// Where `head` leads, and a connection to there; refused, answered and noted where it leads nowhere.
  private func route(
    _ head: RequestHead, of connection: Connection
  ) async throws -> (Errand, NIOAsyncChannel<ByteBuffer, ByteBuffer>)? {
    func note(_ outcome: ProxiedRequest.Outcome) {
      let request = ProxiedRequest(head: head, connection: connection.number, outcome: outcome)
      requests.withLock { $0.append(request) }
    }
    if let authorization, head["Proxy-Authorization"] != authorization {
      note(.unauthorized)
      try await refuse(connection, "407 Who are you", "Proxy-Authenticate: Basic realm=\"test\"\r\n")
      return nil
    }
    guard let errand = Errand(head) else {
      note(.refused)
      try await refuse(connection, "400 Not for a proxy")
      return nil
    }
    guard let port = port(of: errand), let server = try? await port.connect() else {
      note(.unreachable)
      try await refuse(connection, "502 Not there")
      return nil
    }
    note(.forwarded)
    return (errand, server)
  }

  private func port(of errand: Errand) -> LoopbackPort? {
    if let known = hosts[errand.host] { return known }
    return ["127.0.0.1", "localhost"].contains(errand.host) ? LoopbackPort(errand.port) : nil
  }

  private func refuse(_ connection: Connection, _ status: String, _ fields: String = "") async throws {
    let head = "HTTP/1.1 \(status)\r\n\(fields)Content-Length: 0\r\nConnection: close\r\n\r\n"
    try await connection.send(ByteBuffer(string: head))
  }
}
