import Foundation
import NIOCore
import NIOPosix
import ProviderKit

/// What came back on a connection, and how it ended.
struct RawAnswer: Sendable {
  /// How a connection ends as its client sees it.
  enum End: Sendable, Equatable {
    case closed
    case reset
  }

  var text: String
  var end: End

  /// The number in the first line; `nil` if no whole head came.
  var status: Int? { head.isEmpty ? nil : head.split(separator: " ").dropFirst().first.flatMap { Int($0) } }
  /// The text before the empty line.
  var head: String { text.range(of: "\r\n\r\n").map { String(text[..<$0.lowerBound]) } ?? "" }
  /// The text after the empty line.
  var body: String { text.range(of: "\r\n\r\n").map { String(text[$0.upperBound...]) } ?? "" }
  /// The body as JSON.
  var json: NSDictionary? {
    (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? NSDictionary
  }

  /// The value of the first field of that name.
  subscript(name: String) -> String? {
    for line in head.components(separatedBy: "\r\n").dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == name.lowercased() {
        return parts[1].trimmingCharacters(in: .whitespaces)
      }
    }
    return nil
  }
}

/// Speaks to a simulator as bytes.
extension ProviderSimulator {
  static let api = "/v1/ai/image-to-video/wan-2-7"

  /// A connection that nothing was said on.
  func connect() async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
    let port = Int(baseURL.split(separator: ":").last ?? "") ?? 0
    return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.socketOption(.tcp_nodelay), value: 1)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
  }

  /// Sends `text`; all that comes back until the connection ends.
  func exchange(_ text: String) async throws -> RawAnswer {
    try await connect().executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: text))
      return await Self.all(of: inbound)
    }
  }

  /// All that comes until the connection ends.
  static func all(of inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async -> RawAnswer {
    var answer = ByteBuffer()
    do {
      for try await bytes in inbound { answer.writeImmutableBuffer(bytes) }
    } catch {
      return RawAnswer(text: String(buffer: answer), end: .reset)
    }
    return RawAnswer(text: String(buffer: answer), end: .closed)
  }

  /// The text of a request.
  func request(
    _ method: String = "GET", _ path: String, key: String? = "test-key", fields: String = "",
    body: String? = nil
  ) -> String {
    let length = body.map { "Content-Type: application/json\r\nContent-Length: \($0.utf8.count)\r\n" } ?? ""
    let name = key.map { "\(keyHeader): \($0)\r\n" } ?? ""
    return "\(method) \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\(name)\(fields)\(length)\r\n"
      + (body ?? "")
  }

  /// Submits a job.
  func submit(_ body: String = #"{"prompt":"a"}"#, key: String? = "test-key") async throws -> RawAnswer {
    try await exchange(request("POST", Self.api, key: key, body: body))
  }

  /// Asks for a path.
  func get(_ path: String, key: String? = "test-key", fields: String = "") async throws -> RawAnswer {
    try await exchange(request("GET", path, key: key, fields: fields))
  }

  /// Asks for a task; its status.
  func status(of task: String) async throws -> String? {
    let data = try await get("\(Self.api)/\(task)").json?["data"] as? NSDictionary
    return data?["status"] as? String
  }

  /// Returns when no client is connected any more.
  func untilNobodyIsConnected() async throws {
    while openConnections > 0 { try await Task.sleep(for: .milliseconds(1)) }
  }
}
