import Foundation
import NIOCore
import Testing

@testable import ServerKit

/// What only shows on a live connection: broken and endless answers, and the log.
@Suite(.timeLimit(.minutes(1))) struct MisbehavingServerTests {
  private static let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
  private static let text = Content("0123456789".utf8)

  @Test func answersChangeFromRequestToRequest() async throws {
    let routes: [String: Route] = ["/": .first(2, .status(503), then: .whole(Self.text))]
    try await withServer(routes) { server in
      for _ in 0..<4 { _ = try await server.port.exchange("GET / HTTP/1.0\r\n\r\n") }
      #expect(server.log.map(\.status) == [503, 503, 200, 200])
      server["/"] = [.redirect(to: "/")]
      _ = try await server.port.exchange("GET /?x=1 HTTP/1.0\r\n\r\n")
      _ = try await server.port.exchange("GET /else HTTP/1.0\r\n\r\n")
      #expect(server.log.suffix(2).map(\.status) == [302, 404])
      #expect(server.log(of: "/").map(\.target) == ["/", "/", "/", "/", "/?x=1"])
    }
  }

  @Test func oneConnectionServesManyRequests() async throws {
    try await withServer(["/": [.ranged(Self.text)]]) { server in
      let last = "GET / HTTP/1.1\r\nRange: bytes=1-3\r\nConnection: close\r\n\r\n"
      let text = try await server.port.exchange(Self.request + Self.request + last)
      #expect(text.hasSuffix("\r\n\r\n123"))
      let log = try await server.settledLog()
      #expect(log.map(\.connection) == [1, 1, 1])
      #expect(log.map(\.bodyBytesSent) == [10, 10, 3])
      #expect(log.last?["range"] == "bytes=1-3")
    }
  }

  @Test(arguments: [Fault.Place.beforeHead, .inHead, .inBody(after: 4)])
  func aStallLastsUntilTheClientIsGone(place: Fault.Place) async throws {
    try await withServer(["/": [.whole(Self.text).breaking(.stall, place)]]) { server in
      try await server.port.connect().executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: Self.request))
        let sent = place == .inBody(after: 4) ? 4 : 0
        let activity = try await server.activity { $0.requests.last?.bodyBytesSent == sent }
        #expect(activity.requestsInFlight == 1)
        #expect(activity.openConnections == 1)
        if place != .beforeHead {
          var bytes = inbound.makeAsyncIterator()
          let part = try #require(try await bytes.next())
          #expect(String(buffer: part).hasPrefix("HTTP/1.1 200 OK"))
        }
      }
      let activity = try await server.activity { $0.openConnections == 0 }
      #expect(activity.requestsInFlight == 0)
      #expect(activity.peakRequestsInFlight == 1)
    }
  }

  @Test(arguments: [Fault.Place.beforeHead, .inHead, .inBody(after: 4)])
  func aResetIsSeenAsOne(place: Fault.Place) async throws {
    try await withServer(["/": [.whole(Self.text).breaking(.reset, place)]]) { server in
      let error = await #expect(throws: IOError.self) { try await server.port.exchange(Self.request) }
      #expect(error?.errnoCode == ECONNRESET)
      let log = try await server.settledLog()
      #expect(log.map(\.bodyBytesSent) == [place == .inBody(after: 4) ? 4 : 0])
    }
  }

  @Test(arguments: [
    Answer.endless(after: [1, 2, 3]),
    .endless().framed(.chunked(of: 1000)),
    .whole(text).exceeding(.interim(status: 102, count: nil)),
    .whole(text).exceeding(.endlessFields),
  ])
  func endlessAnswersComeOnlyAsFastAsTheyAreRead(answer: Answer) async throws {
    try await withServer(["/": [answer]]) { server in
      try await server.port.connect().executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: Self.request))
        var received = 0
        for try await bytes in inbound {
          received += bytes.readableBytes
          if received > 1000 { break }
        }
        #expect(server.activity.requestsInFlight == 1)
      }
      try await server.activity { $0.openConnections == 0 }
    }
  }

  @Test func anUnreadBodyIsHeldBack() async throws {
    try await withServer(["/": [.endless()]]) { server in
      try await server.port.connect().executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: Self.request))
        try await server.activity { ($0.requests.last?.bodyBytesSent ?? 0) > 1 << 16 }
        // The system's buffers and nothing else: without an end to reading, there would be no end to writing.
        var sent = 0
        repeat {
          sent = server.log.last?.bodyBytesSent ?? 0
          try await Task.sleep(for: .milliseconds(100))
        } while server.log.last?.bodyBytesSent != sent && sent < 64 << 20
        #expect(sent < 64 << 20)
      }
    }
  }

  @Test func aConnectionCanBeAcceptedAndNeverRead() async throws {
    try await withServer(readsRequests: false) { server in
      try await server.port.connect().executeThenClose { _, outbound in
        try await outbound.write(ByteBuffer(string: Self.request))
        let activity = try await server.activity { $0.connections == 1 }
        #expect(activity.requests.isEmpty)
        await server.shutdown()
        #expect(server.log.isEmpty)
      }
    }
  }

  @Test func concurrentRequestsAreCounted() async throws {
    try await withServer(["/": [.whole(Self.text).breaking(.stall, .inHead)]]) { server in
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<20 { group.addTask { _ = try? await server.port.exchange(Self.request) } }
        _ = try? await server.activity { $0.requestsInFlight == 20 }
        await server.shutdown()
      }
      #expect(server.activity.peakRequestsInFlight == 20)
      #expect(server.activity.peakConnections == 20)
      #expect(server.activity.openConnections == 0)
    }
  }

  @Test func oneRequestAfterTheOtherIsNeverCountedAsTwo() async throws {
    try await withServer(["/": [.ranged(Self.text)]]) { server in
      for _ in 0..<300 {
        try await server.port.connect().executeThenClose { inbound, outbound in
          try await outbound.write(ByteBuffer(string: Self.request))
          var answer = ""
          for try await bytes in inbound {
            answer += String(buffer: bytes)
            if answer.hasSuffix("0123456789") { break }
          }
        }
      }
      #expect(server.activity.peakRequestsInFlight == 1)
      let log = try await server.settledLog()
      #expect(log.count == 300)
    }
  }

  @Test func whatIsNoRequestIsRefused() async throws {
    try await withServer { server in
      let text = try await server.port.exchange("hello\r\n\r\n")
      #expect(text.hasPrefix("HTTP/1.1 400 "))
      #expect(server.log.isEmpty)
    }
  }

  @Test func waitingEndsWhenItsTaskIsCancelled() async throws {
    try await withServer { server in
      let waiting = Task { try await server.activity { $0.connections == 1 } }
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
    }
  }
}
