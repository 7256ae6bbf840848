import FixtureKit
import Foundation
import ServerKit
import Testing

/// The report describes a delivery as the server's log does.
@Suite(.timeLimit(.minutes(5))) struct DeliveryTests {
  private static let accepted = ["accept/image", "accept/audio", "accept/video"].flatMap(Fixture.all)

  @Test func redirectsAreReportedAsTheyWere() async throws {
    var content = try Fixture("accept/image/png-rgb-8.png").content()
    content.type = "image/png; a=b"
    content.entityTag = "\"v1\""
    let routes: [String: Route] = [
      "/a": [.redirect(301, to: "/b?x=1")], "/b": [.redirect(307, to: "c.png?y=2")],
      "/c.png": [.status(503), .ranged(content)],
    ]
    let size = content.length
    try await withServer(routes) { server in
      let run = try await RemoteRun([server.url("/a")])
      #expect(run.outcome.status == 0, "\(run.printed)")
      let delivery = try #require(run["/a"]?.assets.first?.delivery)
      let log = try await server.settledLog()
      #expect(delivery.requests == log.count)
      #expect(delivery.bytesReceived == size)
      #expect(delivery.redirects == 2)
      #expect(delivery.status == 206)
      #expect(delivery.etag == "\"v1\"")
      #expect(delivery.contentType == "image/png; a=b")
      #expect(delivery.contentEncoding == nil)
      #expect(delivery.finalURL == server.url("/c.png?…"))
      #expect(run["/a"]?.rules == ["url-redirects"])
    }
  }

  @Test func atDepthFullEachByteComesOnce() async throws {
    try await withServer(try Fixture.routes(Self.accepted)) { server in
      let run = try await RemoteRun(Self.accepted.map { server.url("/\($0)") })
      #expect(run.outcome.status == 0)
      let accounts = ServerAccount.of(try await server.settledLog())
      for fixture in Self.accepted {
        let result = try #require(run["/\(fixture)"])
        #expect(result.verdict == "valid" && result.rules.isEmpty, "\(fixture): \(result.findings)")
        let delivery = try #require(result.assets.first?.delivery)
        let size = try fixture.content().length
        #expect(delivery.bytesReceived == size, "\(fixture)")
        #expect(delivery.requests == 1, "\(fixture)")
        #expect(delivery.etag == "\"\(fixture)\"")
        #expect(accounts["/\(fixture)"] == ServerAccount(requests: 1, bytes: size), "\(fixture)")
      }
    }
  }

  @Test func atDepthHeaderLittleIsFetched() async throws {
    try await withServer(try Fixture.routes(Self.accepted)) { server in
      let run = try await RemoteRun(Self.accepted.map { server.url("/\($0)") }, ["--depth", "header"])
      #expect(run.outcome.status == 0)
      let accounts = ServerAccount.of(try await server.settledLog())
      for fixture in Self.accepted {
        let delivery = try #require(run["/\(fixture)"]?.assets.first?.delivery)
        let account = try #require(accounts["/\(fixture)"])
        #expect(
          delivery.requests == account.requests && delivery.bytesReceived == account.bytes, "\(fixture)")
        #expect(account.requests <= 2, "\(fixture): \(account)")
        // FFmpeg also opens a WAV at this depth, and reads ahead.
        let most = fixture.path.hasSuffix(".wav") ? 256 << 10 : 128 << 10
        #expect(account.bytes <= most, "\(fixture): \(account)")
      }
    }
  }

  @Test func theIndexOfALargeMovieIsFoundAtItsEnd() async throws {
    let size = 50_000_000
    let small = try Movie.withMoovLast(padding: 0)
    let movie = Content(
      try Movie.withMoovLast(padding: size - small.count), type: "video/mp4", entityTag: "\"v1\"")
    try await withServer(["/a.mp4": [.ranged(movie)]]) { server in
      let run = try await RemoteRun([server.url("/a.mp4")], ["--depth", "header"])
      #expect(run.outcome.status == 0)
      #expect(run["/a.mp4"]?.verdict == "valid" && run["/a.mp4"]?.rules == [], "\(run.printed)")
      let asset = try #require(run["/a.mp4"]?.assets.first)
      #expect(asset.facts?["bytes"] == .number(Double(size)))
      #expect(asset.facts?["sha256"] == .null)
      let account = try #require(ServerAccount.of(try await server.settledLog())["/a.mp4"])
      #expect(account.requests <= 6, "\(account)")
      #expect(account.bytes <= 1_000_000, "\(account)")
      #expect(asset.delivery?.requests == account.requests)
      #expect(asset.delivery?.bytesReceived == account.bytes)
    }
  }

  @Test func aLengthBeyondEveryReadingEndsTheTransferAtOnce() async throws {
    let size = 110_000_000
    let small = try Movie.withMoovLast(padding: 0)
    let movie = Content(try Movie.withMoovLast(padding: size - small.count))
    try await withServer(["/a.mp4": [.ranged(movie)]]) { server in
      let run = try await RemoteRun([server.url("/a.mp4")])
      #expect(run.outcome.status == 1)
      #expect(run["/a.mp4"]?.rules.contains("video-file-size") == true, "\(run.printed)")
      #expect(run["/a.mp4"]?.assets.first?.delivery?.bytesReceived ?? .max < 4_000_000)
    }
  }
}
