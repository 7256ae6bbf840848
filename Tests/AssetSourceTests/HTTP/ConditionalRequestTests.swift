import AssetOpening
import AssetSource
import Locations
import ServerKit
import Testing

/// What a server answers to a conditional request, and whether that proves that nothing changed.
struct ConditionCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var route: Route
  var tag: String
  var isUnchanged: Bool

  init(_ name: String, _ route: Route, tag: String = "\"v1\"", _ isUnchanged: Bool) {
    (testDescription, self.route, self.tag, self.isUnchanged) = (name, route, tag, isUnchanged)
  }

  private static let same = Content(pattern(1000), entityTag: "\"v1\"")
  private static let other = Content(pattern(1000), entityTag: "\"v2\"")
  private static let weak = Content(pattern(1000), entityTag: "W/\"v1\"")
  private static let bare = Content(pattern(1000))

  static let all: [ConditionCase] = [
    ConditionCase("304", [.status(304)], true),
    ConditionCase("a range with the same tag", [.ranged(same)], true),
    ConditionCase("everything with the same tag", [.whole(same)], true),
    ConditionCase("another tag", [.ranged(other)], false),
    ConditionCase("a weak tag now", [.ranged(weak)], false),
    ConditionCase("no tag now", [.ranged(bare)], false),
    ConditionCase("a weak tag then", [.status(304)], tag: "W/\"v1\"", false),
    ConditionCase("an empty tag then", [.status(304)], tag: "\"\"", false),
    ConditionCase("a tag that is not a field value", [.status(304)], tag: "\"a\r\nX-Y: z\"", false),
    ConditionCase("403", [.status(403)], false), ConditionCase("404", [.status(404)], false),
    ConditionCase("412", [.status(412)], false), ConditionCase("503", [.status(503)], false),
    ConditionCase("a page", [.html()], false),
    ConditionCase("reset", [.whole(same).breaking(.reset, .beforeHead)], false),
    ConditionCase("a redirect to what is the same", [.redirect(to: "/target")], true),
    ConditionCase("a redirect in a circle", [.redirect(to: "/asset")], false),
    ConditionCase("a redirect to what may not be asked", [.redirect(to: "http://169.254.169.254/")], false),
  ]
}

struct ConditionalRequestTests {
  @Test(arguments: ConditionCase.all)
  func onlyAProofCounts(_ given: ConditionCase) async throws {
    try await withServer(["/asset": given.route, "/target": [.status(304)]]) { server in
      let opener = HTTPAssetOpener(Fetching().options, environment: [:])
      let isUnchanged = await opener.isUnchanged(
        AssetLocation(server.url("/asset")), entityTag: given.tag, timeLimit: .seconds(60))
      #expect(isUnchanged == given.isUnchanged)
      await opener.shutdown()
    }
  }

  @Test func atMostOneByteIsAskedForAndOnlyOnce() async throws {
    let content = Content(pattern(100_000), entityTag: "\"v2\"")
    try await withServer(["/asset": [.ranged(content)]]) { server in
      let opener = HTTPAssetOpener(Fetching().options, environment: [:])
      _ = await opener.isUnchanged(
        AssetLocation(server.url("/asset")), entityTag: "\"v1\"", timeLimit: .seconds(60))
      await opener.shutdown()
      let log = server.log
      #expect(log.count == 1)
      #expect(log.first?.head["If-None-Match"] == "\"v1\"")
      // How much of the byte was sent does not matter: the client hangs up after the head.
      #expect(log.first?.head["Range"] == "bytes=0-0")
    }
  }

  @Test func aHostThatMayNotBeAskedIsNot() async throws {
    try await withServer(["/asset": [.status(304)]]) { server in
      let opener = HTTPAssetOpener(HTTPOptions(), environment: [:])
      #expect(
        await !opener.isUnchanged(
          AssetLocation(server.url("/asset")), entityTag: "\"v1\"", timeLimit: .seconds(60)))
      await opener.shutdown()
      #expect(server.log.isEmpty)
    }
  }

  @Test func pathsAndMappedCopiesAreNeverProved() async throws {
    let opener = LocalAssetOpener()
    #expect(await !opener.isUnchanged(AssetLocation("a.png"), entityTag: "\"v1\"", timeLimit: nil))
  }
}
