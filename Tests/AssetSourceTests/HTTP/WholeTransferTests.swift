import AssetOpening
import AssetSource
import Crypto
import ServerKit
import Testing

/// Whole assets from a server that does everything wrong that servers do.
@Suite struct WholeTransferTests {
  static let content = pattern(300_000)
  static let tagged = Content(content, entityTag: "\"v1\"")
  static let untagged = Content(content)

  static let otherGzip = {
    var content = untagged.gzipped()
    content.encoding = "x-gzip"
    return content
  }()

  /// No length is stated, and the connection is closed before the end, when most has been taken in.
  static let unfinished = Answer.whole(untagged).framed(.chunked()).dripping(4096, every: .milliseconds(10))
    .breaking(.close, .inBody(after: 100_000))

  /// What a fetch comes to.
  enum Result: Sendable {
    /// All bytes, with their digest.
    case arrives(requests: Int)
    /// Other bytes than the content.
    case arrivesAs([UInt8])
    case fails(AssetError.Code)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let route: Route
    let result: Result

    init(_ name: String, _ route: Route, _ result: Result) {
      (testDescription, self.route, self.result) = (name, route, result)
    }
  }

  static let cases: [Case] = [
    Case("ranges honoured", [.ranged(tagged)], .arrives(requests: 1)),
    Case("ranges ignored", [.whole(tagged)], .arrives(requests: 1)),
    Case("no length", [.whole(tagged).framed(.untilClose)], .arrives(requests: 1)),
    Case("chunked", [.whole(tagged).framed(.chunked())], .arrives(requests: 1)),
    Case("ranges capped", [.ranged(tagged, .capped(100_000))], .arrives(requests: 3)),
    Case(
      "another range, and the whole when asked plainly", [.ranged(tagged, .shifted(by: 7))],
      .arrives(requests: 2)),
    Case(
      "no content range", [.ranged(tagged, .labelled(.missing)), .whole(tagged)], .arrives(requests: 2)),
    Case(
      "unknown total", [.ranged(tagged, .labelled(.unknownTotal)), .whole(tagged)], .arrives(requests: 2)),
    Case(
      "inconsistent total", [.ranged(tagged, .labelled(.total(3))), .whole(tagged)], .arrives(requests: 2)),
    Case(
      "ranges capped, nothing to tell contents apart", [.ranged(untagged, .capped(100_000))],
      .arrives(requests: 2)),
    Case(
      "more bytes than the range announces",
      [.ranged(tagged, .labelled(.text("bytes 0-99999/300000"))).framed(.chunked()), .whole(tagged)],
      .arrives(requests: 2)),
    Case(
      "a range up to the largest number",
      [.ranged(tagged, .labelled(.text("bytes 0-9223372036854775807/*"))), .whole(tagged)],
      .arrives(requests: 2)),
    Case("length too long", [.whole(tagged).framed(.declared(300_001))], .fails(.unreachable)),
    Case(
      "length too short", [.whole(tagged).framed(.declared(299_000))],
      .arrivesAs(Array(content.prefix(299_000)))),
    Case("chunks break off", [.whole(tagged).framed(.chunked(ending: .unfinished))], .fails(.unreachable)),
    Case(
      "malformed chunks", [.whole(tagged).framed(.chunked(ending: .malformed(size: "zz")))],
      .fails(.unreachable)),
    Case(
      "reset once, resumed by range",
      [.ranged(tagged).breaking(.reset, .inBody(after: 100_000)), .ranged(tagged)],
      .arrives(requests: 2)),
    Case(
      "closed once, resumed by range",
      [.ranged(tagged).breaking(.close, .inBody(after: 100_000)), .ranged(tagged)],
      .arrives(requests: 2)),
    Case(
      "closed once, nothing to tell contents apart",
      [.ranged(untagged).breaking(.close, .inBody(after: 100_000)), .ranged(untagged)], .arrives(requests: 2)),
    Case(
      "closed once, no ranges",
      [.whole(untagged).breaking(.close, .inBody(after: 100_000)), .whole(untagged)], .arrives(requests: 2)),
    Case(
      "closed once, then another content",
      [
        .ranged(tagged).breaking(.close, .inBody(after: 100_000)),
        .ranged(Content(pattern(300_000, seed: 2), entityTag: "\"v2\"")),
      ], .fails(.changed)),
    Case(
      "closed once, then another content that does not say so",
      [
        .whole(untagged).breaking(.close, .inBody(after: 100_000)),
        .whole(Content(pattern(300_000, seed: 2))),
      ], .fails(.changed)),
    Case(
      "closed once, then another length",
      [
        .whole(untagged).breaking(.close, .inBody(after: 100_000)),
        .whole(Content(Array(content.prefix(200_000)))),
      ], .fails(.changed)),
    Case("closed once, then no content", [unfinished, .status(204)], .fails(.changed)),
    Case(
      "closed once, then a shorter length", [unfinished, .whole(Content(Array(content.prefix(10))))],
      .fails(.changed)),
    Case(
      "closed once, then an earlier end",
      [unfinished, .whole(Content(Array(content.prefix(10)))).framed(.chunked())], .fails(.changed)),
    Case(
      "closed once, then a length beyond the limit", [unfinished, .whole(Content(pattern(2_000_000)))],
      .fails(.tooLarge)),
    Case(
      "closed once, then a range without its tag",
      [
        .ranged(tagged).breaking(.close, .inBody(after: 100_000)), .ranged(untagged).ignoringIfRange(),
        .whole(untagged),
      ], .arrives(requests: 3)),
    Case("reset in every body", [.ranged(tagged).breaking(.reset, .inBody(after: 10))], .fails(.unreachable)),
    Case("reset before the head", [.ranged(tagged).breaking(.reset, .beforeHead)], .fails(.unreachable)),
    Case("closed in the head", [.ranged(tagged).breaking(.close, .inHead)], .fails(.unreachable)),
    Case(
      "closed before the head, once", [.ranged(tagged).breaking(.close, .beforeHead), .ranged(tagged)],
      .arrives(requests: 2)),
    Case("stalls before the head", [.ranged(tagged).breaking(.stall, .beforeHead)], .fails(.unreachable)),
    Case("stalls in the head", [.ranged(tagged).breaking(.stall, .inHead)], .fails(.unreachable)),
    Case("stalls in the body", [.ranged(tagged).breaking(.stall, .inBody(after: 99))], .fails(.unreachable)),
    Case(
      "stalls in the body, once", [.ranged(tagged).breaking(.stall, .inBody(after: 99)), .ranged(tagged)],
      .arrives(requests: 2)),
    Case("a field of a megabyte", [.ranged(tagged).exceeding(.field(bytes: 1 << 20))], .fails(.unreachable)),
    Case("a megabyte of fields", [.ranged(tagged).exceeding(.fields(bytes: 1 << 20))], .fails(.unreachable)),
    Case("fields without end", [.ranged(tagged).exceeding(.endlessFields)], .fails(.unreachable)),
    Case(
      "some informational answers", [.ranged(tagged).exceeding(.interim(status: 103, count: 3))],
      .arrives(requests: 1)),
    Case("endless body", [.endless()], .fails(.tooLarge)),
    Case("zero bytes", [.ranged(Content([]))], .arrivesAs([])),
    Case("zero bytes, ranges ignored", [.whole(Content([]))], .arrivesAs([])),
    Case("204", [.status(204)], .arrivesAs([])),
    Case("401", [.status(401)], .fails(.refused)),
    Case("403", [.status(403)], .fails(.refused)),
    Case("404", [.status(404)], .fails(.refused)),
    Case("410", [.status(410)], .fails(.refused)),
    Case("429", [.status(429)], .fails(.unreachable)),
    Case("429 once", [.status(429, retryAfter: "0"), .ranged(tagged)], .arrives(requests: 2)),
    Case("429 for an hour", [.status(429, retryAfter: "3600"), .ranged(tagged)], .fails(.unreachable)),
    Case("500", [.status(500)], .fails(.unreachable)),
    Case("503 once", [.status(503), .ranged(tagged)], .arrives(requests: 2)),
    Case("416 to the range", [.status(416), .whole(tagged)], .arrives(requests: 2)),
    Case("a loop", [.redirect(to: "/asset")], .fails(.refused)),
    Case("no location", [.redirect(to: nil)], .fails(.refused)),
    Case("another scheme", [.redirect(to: "ftp://127.0.0.1/a.png")], .fails(.schemeUnsupported)),
    Case("a metadata address", [.redirect(to: "http://169.254.169.254/latest")], .fails(.notPublic)),
    Case("gzip in spite of identity", [.ranged(untagged.gzipped())], .arrives(requests: 2)),
    Case("gzip, chunked", [.whole(untagged.gzipped()).framed(.chunked())], .arrives(requests: 2)),
    Case(
      "gzip, a byte at a time at first",
      [.whole(Content([7, 8, 9]).gzipped()).dripping(1, every: .milliseconds(2))], .arrivesAs([7, 8, 9])),
    Case("gzip cut off", [.whole(untagged.gzipped()).framed(.declared(200_000))], .fails(.unreachable)),
    Case("gzip under another name", [.whole(otherGzip)], .fails(.unreachable)),
    Case(
      "gzip by name only", [.whole(Content(content, encoding: "gzip"))], .arrives(requests: 1)),
  ]

  @Test(arguments: cases) func serversDoWhatTheyDo(_ value: Case) async throws {
    try await withServer(["/asset": value.route]) { server in
      // A stall is all that patience decides; the second try of one that stalls once must not run out of it.
      let stalls = value.testDescription.hasPrefix("stalls")
      let patience: Duration =
        stalls ? .seconds(value.testDescription.hasSuffix("once") ? 10 : 1) : .seconds(60)
      let fetched = await Fetching().with { $0.options.idleLimit = patience }.whole(server.url("/asset"))
      switch value.result {
      case .arrives(let requests):
        #expect(fetched.failure == nil)
        #expect(fetched.holds(Self.content))
        #expect(fetched.conclusion?.sha256 == Self.digest(Self.content))
        #expect(fetched.delivery?.requests == requests)
        #expect(server.log.count == requests)
      case .arrivesAs(let bytes):
        #expect(fetched.failure == nil)
        #expect(fetched.holds(bytes))
        #expect(fetched.conclusion?.sha256 == Self.digest(bytes))
      case .fails(let code):
        #expect(fetched.failure?.code == code)
        #expect(fetched.conclusion?.sha256 == nil)
      }
      try await server.activity { $0.openConnections == 0 }
    }
  }

  @Test func eachByteIsTransferredOnce() async throws {
    let big = pattern(5_000_000)
    try await withServer(["/asset": [.ranged(Content(big, entityTag: "\"v1\""))]]) { server in
      let fetched = await Fetching().with { $0.transferLimit = 10 << 20 }.whole(server.url("/asset"))
      #expect(fetched.holds(big))
      #expect(fetched.conclusion?.sha256 == Self.digest(big))
      #expect(fetched.delivery?.bytesReceived == 5_000_000)
      let sent = try await server.settledLog().map(\.bodyBytesSent).reduce(0, +)
      #expect(sent == 5_000_000)
    }
  }

  @Test func aLengthBeyondTheLimitEndsTheTransferAtOnce() async throws {
    try await withServer(["/asset": [.ranged(Content(pattern(20_000_000)))]]) { server in
      let fetched = await Fetching().whole(server.url("/asset"))
      #expect(fetched.failure?.code == .tooLarge)
      #expect(fetched.stated == 20_000_000)
      #expect(fetched.delivery?.bytesReceived ?? .max < 2_000_000)
    }
  }

  @Test func aDrippingBodyEndsWithTheTime() async throws {
    let slow = Answer.ranged(Self.tagged).dripping(1, every: .milliseconds(20))
    try await withServer(["/asset": [slow]]) { server in
      let fetched = await Fetching().with { $0.timeLimit = .seconds(1) }.whole(server.url("/asset"))
      #expect(fetched.failure?.code == .timedOut)
    }
  }

  @Test func informationalAnswersWithoutEndEndWithTheTime() async throws {
    let endless = Answer.ranged(Self.tagged).exceeding(.interim(status: 102, count: nil))
    try await withServer(["/asset": [endless]]) { server in
      let fetched = await Fetching().with { $0.timeLimit = .seconds(1) }.whole(server.url("/asset"))
      #expect(fetched.failure?.code == .timedOut || fetched.failure?.code == .unreachable)
    }
  }

  private static func digest(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }
}
