import FixtureKit
import Foundation
import ServerKit
import Testing

/// A bad server, and the report that wan-check must give on its asset.
struct BadServer: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var route: Route
  var verdict: String
  /// The rules that the asset breaks, except those that every asset from loopback breaks.
  var rules: [String]
  /// The number of requests that the server receives; `nil` where retries make the number uncertain.
  var requests: Int?

  init(_ name: String, _ route: Route, _ verdict: String, _ rules: [String] = [], requests: Int? = nil) {
    (testDescription, self.route, self.verdict, self.rules, self.requests) =
      (name, route, verdict, rules, requests)
  }

  /// A valid image, checked between the bad ones.
  static let picture = Fixture("accept/image/bmp-24.bmp")

  /// Checks all of `servers` in one run, with a good asset before and after them.
  static func check(
    _ servers: [BadServer], _ options: [String] = [], status: Int32
  ) async throws {
    let good = Route([.ranged(try picture.content())])
    var routes = ["/first.bmp": good, "/last.bmp": good]
    for (index, server) in servers.enumerated() { routes["/bad-\(index)"] = server.route }
    try await withServer(routes) { server in
      let targets = ["/first.bmp"] + servers.indices.map { "/bad-\($0)" } + ["/last.bmp"]
      let run = try await RemoteRun(targets.map { server.url($0) }, options + ["--jobs", "64"])
      #expect(run.outcome.status == status, "\(run.outcome.errors)")
      #expect(run.report.results.map(\.input) == targets.map { server.url($0) })
      for target in ["/first.bmp", "/last.bmp"] {
        #expect(run[target]?.verdict == "valid", "\(run[target]?.findings ?? [])")
      }
      for (index, bad) in servers.enumerated() {
        let result = try #require(run["/bad-\(index)"])
        let messages = "\(bad): \(result.findings.map(\.message))"
        #expect(result.verdict == bad.verdict, "\(messages)")
        #expect(result.rules == bad.rules, "\(messages)")
        if let requests = bad.requests {
          #expect(result.assets.first?.delivery?.requests == requests, "\(messages)")
        }
        for finding in result.findings where finding.rule == "asset-unreachable" {
          #expect(finding.severity == "error" && finding.effect == "unproved", "\(messages)")
        }
      }
      try await server.activity { $0.openConnections == 0 }
    }
  }
}

/// Every fault of a server, as a user of the command sees it.
@Suite(.timeLimit(.minutes(5))) struct BadServerTests {
  private static func content(_ tag: String? = "\"v1\"") throws -> Content {
    var content = try BadServer.picture.content()
    content.entityTag = tag
    return content
  }

  @Test func whatArrivesInTheEndIsJudgedAsEver() async throws {
    let content = try Self.content()
    try await BadServer.check(
      [
        BadServer("no ranges", [.whole(content)], "valid", requests: 1),
        BadServer("no length", [.whole(content).framed(.untilClose)], "valid", requests: 1),
        BadServer("chunked", [.whole(content).framed(.chunked())], "valid", requests: 1),
        BadServer("another range than asked", [.ranged(content, .shifted(by: 7))], "valid", requests: 2),
        BadServer("ranges cut short", [.ranged(content, .capped(60_000))], "valid", requests: 3),
        BadServer("416 to a range", [.status(416), .whole(content)], "valid", requests: 2),
        BadServer("gzip in spite of identity", [.ranged(content.gzipped())], "valid", ["content-encoding"]),
        BadServer(
          "reset once", [.ranged(content).breaking(.reset, .inBody(after: 70_000)), .ranged(content)], "valid"
        ),
        BadServer("503 once", [.status(503), .ranged(content)], "valid", requests: 2),
        BadServer("429 once", [.status(429, retryAfter: "0"), .ranged(content)], "valid", requests: 2),
        BadServer(
          "some informational answers", [.ranged(content).exceeding(.interim(status: 103, count: 5))], "valid"
        ),
      ], status: 0)
  }

  @Test func violationsAreErrors() async throws {
    let content = try Self.content()
    let size = content.length
    try await BadServer.check(
      [
        BadServer(
          "a length that is too short", [.whole(content).framed(.declared(size - 500))], "invalid",
          ["image-truncated"]),
        BadServer("a circle", [.redirect(to: "/bad-1")], "invalid", ["asset-refused"]),
        BadServer("redirect to nowhere", [.redirect(to: nil)], "invalid", ["asset-refused"]),
        BadServer(
          "redirect to a metadata address", [.redirect(to: "http://169.254.169.254/latest")], "invalid",
          requests: 1),
        BadServer(
          "redirect to an address that a number hides", [.redirect(to: "http://2852039166/latest")],
          "invalid",
          requests: 1),
        BadServer("redirect to a file", [.redirect(to: "file:///etc/passwd")], "invalid", ["url-scheme"]),
        BadServer("redirect to ftp", [.redirect(to: "ftp://127.0.0.1/a.png")], "invalid", ["url-scheme"]),
        BadServer("HTML", [.html()], "invalid", ["asset-web-page", "media-format"]),
        BadServer("zero bytes", [.ranged(Content([]))], "invalid", ["file-empty"]),
        BadServer("204", [.status(204)], "invalid", ["file-empty"]),
        BadServer("401", [.status(401)], "invalid", ["asset-refused"], requests: 1),
        BadServer("403", [.status(403)], "invalid", ["asset-refused"], requests: 1),
        BadServer("404", [.status(404)], "invalid", ["asset-refused"], requests: 1),
        BadServer("410", [.status(410)], "invalid", ["asset-refused"], requests: 1),
      ], status: 1)
  }

  @Test func whatCouldNotBeFetchedIsUnproved() async throws {
    let content = try Self.content()
    let size = content.length
    let other = Content([UInt8](repeating: 7, count: size), entityTag: "\"v2\"")
    let cut = Answer.ranged(content).breaking(.close, .inBody(after: 100_000))
    let unreachable = ["asset-unreachable"]
    try await BadServer.check(
      [
        BadServer(
          "a length that is too long", [.whole(content).framed(.declared(size + 1))], "inconclusive",
          unreachable),
        BadServer(
          "chunks that break off", [.whole(content).framed(.chunked(ending: .unfinished))], "inconclusive",
          unreachable),
        BadServer(
          "malformed chunks", [.whole(content).framed(.chunked(ending: .malformed(size: "zz")))],
          "inconclusive", unreachable),
        BadServer(
          "a reset in every body", [.ranged(content).breaking(.reset, .inBody(after: 1_000))],
          "inconclusive", unreachable),
        BadServer(
          "a reset before the head", [.ranged(content).breaking(.reset, .beforeHead)], "inconclusive",
          unreachable),
        BadServer(
          "closed in the head", [.ranged(content).breaking(.close, .inHead)], "inconclusive", unreachable),
        BadServer(
          "a field of a megabyte", [.ranged(content).exceeding(.field(bytes: 1 << 20))], "inconclusive",
          unreachable),
        BadServer(
          "a megabyte of fields", [.ranged(content).exceeding(.fields(bytes: 1 << 20))], "inconclusive",
          unreachable),
        BadServer(
          "fields without end", [.ranged(content).exceeding(.endlessFields)], "inconclusive", unreachable),
        BadServer("429", [.status(429)], "inconclusive", unreachable),
        BadServer(
          "429 for an hour", [.status(429, retryAfter: "3600")], "inconclusive", unreachable, requests: 1),
        BadServer("500", [.status(500)], "inconclusive", unreachable, requests: 4),
        BadServer("503", [.status(503)], "inconclusive", unreachable, requests: 4),
        BadServer("replaced on the way", [cut, .ranged(other)], "inconclusive", ["asset-changed"]),
      ], status: 3)
  }

  @Test func whatOnlyTimeEndsIsUnproved() async throws {
    let content = try Self.content()
    let unreachable = ["asset-unreachable"]
    let drip = Answer.ranged(content).dripping(1, every: .seconds(1))
    try await BadServer.check(
      [
        BadServer("1 byte a second", [drip], "inconclusive", unreachable),
        BadServer("1 byte a second, chunked", [drip.framed(.chunked())], "inconclusive", unreachable),
        BadServer(
          "a stall before the head", [.ranged(content).breaking(.stall, .beforeHead)], "inconclusive",
          unreachable),
        BadServer(
          "a stall in the head", [.ranged(content).breaking(.stall, .inHead)], "inconclusive", unreachable),
        BadServer(
          "a stall in the body", [.ranged(content).breaking(.stall, .inBody(after: 80_000))], "inconclusive",
          unreachable),
        BadServer(
          "a stall before the last byte",
          [.ranged(content).breaking(.stall, .inBody(after: content.length - 1))], "inconclusive",
          unreachable),
        BadServer(
          "informational answers without end",
          [.ranged(content).exceeding(.interim(status: 102, count: nil, every: .milliseconds(50)))],
          "inconclusive", unreachable),
      ], ["--timeout", "5"], status: 3)
  }

  @Test func atDepthHeaderTimeEndsItToo() async throws {
    let movie = Content(try Movie.withMoovLast(padding: 1 << 20), entityTag: "\"v1\"")
    let stalls = Answer.ranged(movie).breaking(.stall, .inBody(after: 700))
    try await BadServer.check(
      [
        BadServer("a stall in the first range", [stalls], "inconclusive", ["asset-unreachable"]),
        BadServer(
          "a stall in the next range", [.ranged(movie), stalls], "inconclusive", ["asset-unreachable"]),
      ], ["--timeout", "5", "--depth", "header"], status: 3)
  }

  @Test func aBodyWithoutEndIsStopped() async throws {
    let content = try Self.content()
    let noise = Route([.endless()])
    let picture = Route([.endless(after: content.allBytes)])
    try await withServer(["/noise": noise, "/picture": picture]) { server in
      let run = try await RemoteRun(
        ["/noise", "/picture"].map { server.url($0) }, ["--role", "start_image"])
      #expect(run.outcome.status == 1)
      #expect(run["/noise"]?.rules == ["image-format"], "\(run.printed)")
      #expect(run["/picture"]?.rules.contains("image-file-size") == true, "\(run.printed)")
      // 20 MiB is the largest interpretation of the limit.
      #expect(run["/picture"]?.assets.first?.delivery?.bytesReceived ?? .max < 22 << 20)
      #expect(run["/noise"]?.assets.first?.delivery?.bytesReceived ?? .max < 22 << 20)
    }
  }

  @Test func aFileThatIsReplacedBetweenTwoRangesIsSeen() async throws {
    let movie = try Movie.withMoovLast(padding: 1 << 20)
    let old = Content(movie, entityTag: "\"v1\"")
    let new = Content(movie.reversed(), entityTag: "\"v2\"")
    try await withServer(["/a.mp4": [.ranged(old), .ranged(new)]]) { server in
      let run = try await RemoteRun([server.url("/a.mp4")], ["--depth", "header"])
      #expect(run.outcome.status == 3)
      #expect(run["/a.mp4"]?.rules == ["asset-changed"], "\(run.printed)")
    }
  }
}
