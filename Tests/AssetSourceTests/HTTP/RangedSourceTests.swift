import AssetOpening
import AssetSource
import ServerKit
import Testing

/// Parts of assets, from servers that can do ranges and from those that cannot.
@Suite struct RangedSourceTests {
  static let content = pattern(3_000_000)
  static let tagged = Content(content, entityTag: "\"v1\"")

  private func slice(_ parts: [(Int64, Int)]) -> [UInt8] {
    parts.flatMap { Self.content[Int($0.0)...].prefix($0.1) }
  }

  @Test func headAndTailAreTwoRequests() async throws {
    let parts: [(Int64, Int)] = [(0, 30_000), (2_999_988, 12), (2_934_464, 65_536), (100, 60_000)]
    try await withServer(["/asset": [.ranged(Self.tagged)]]) { server in
      let fetched = await Fetching().parts(server.url("/asset"), parts)
      #expect(fetched.failure == nil)
      #expect(fetched.holds(slice(parts)))
      #expect(fetched.stated == 3_000_000)
      #expect(fetched.conclusion?.sha256 == nil)
      #expect(fetched.delivery?.requests == 2)
      #expect(fetched.delivery?.bytesReceived == 131_072)
      #expect(server.log.map { $0["Range"] } == ["bytes=0-65535", "bytes=2934464-2999999"])
      #expect(server.log.map { $0["If-Range"] } == [nil, "\"v1\""])
    }
  }

  @Test func readingOnTakesLargerAndLargerSteps() async throws {
    let parts: [(Int64, Int)] = [(0, 1_500_000)]
    try await withServer(["/asset": [.ranged(Self.tagged)]]) { server in
      let fetched = await Fetching().parts(server.url("/asset"), parts)
      #expect(fetched.holds(slice(parts)))
      #expect(fetched.delivery?.requests == 5)
    }
  }

  @Test func aSmallAssetIsOneRequest() async throws {
    try await withServer(["/asset": [.ranged(Content([1, 2, 3]))]]) { server in
      let fetched = await Fetching().parts(server.url("/asset"), [(0, 10), (2, 1), (3, 1)])
      #expect(fetched.holds([1, 2, 3, 3]))
      #expect(fetched.delivery?.requests == 1)
    }
  }

  @Test func withoutRangesTheStreamServes() async throws {
    let parts: [(Int64, Int)] = [(0, 100), (200_000, 100), (50, 100)]
    try await withServer(["/asset": [.whole(Self.tagged)]]) { server in
      let patient = Fetching().with { $0.transferLimit = 10 << 20 }
      let fetched = await patient.parts(server.url("/asset"), parts)
      #expect(fetched.failure == nil)
      #expect(fetched.holds(slice(parts)))
      #expect(fetched.delivery?.requests == 1)
    }
  }

  static let changes: [(String, Route)] = [
    (
      "another entity tag",
      [.ranged(tagged), .ranged(Content(pattern(3_000_000, seed: 2), entityTag: "\"v2\""))]
    ),
    (
      "another entity tag, If-Range ignored",
      [
        .ranged(tagged), .ranged(Content(pattern(3_000_000, seed: 2), entityTag: "\"v2\"")).ignoringIfRange(),
      ]
    ),
    (
      "a weak entity tag",
      [
        .ranged(Content(content, entityTag: "W/\"v1\"")),
        .ranged(Content(pattern(3_000_000, seed: 2), entityTag: "W/\"v2\"")),
      ]
    ),
    (
      "another date",
      [
        .ranged(Content(content, lastModified: "Sun, 06 Nov 1994 08:49:37 GMT")),
        .ranged(Content(content, lastModified: "Sun, 06 Nov 1994 08:49:38 GMT")),
      ]
    ),
    ("another length", [.ranged(Content(content)), .ranged(Content(pattern(3_000_001)))]),
  ]

  @Test(arguments: changes) func aChangeBetweenTwoRangesIsSeen(_ name: String, _ route: Route) async throws {
    try await withServer(["/asset": route]) { server in
      let fetched = await Fetching().parts(server.url("/asset"), [(0, 10), (2_999_990, 10)])
      #expect(fetched.failure?.code == .changed, "\(name)")
    }
  }

  static let faults: [(String, Route, AssetError.Code?)] = [
    (
      "reset once", [.ranged(tagged), .ranged(tagged).breaking(.reset, .inBody(after: 10)), .ranged(tagged)],
      nil
    ),
    ("503 once", [.ranged(tagged), .status(503), .ranged(tagged)], nil),
    ("503 for ever", [.ranged(tagged), .status(503)], .unreachable),
    ("another range", [.ranged(tagged), .ranged(tagged, .shifted(by: 3))], .unreachable),
    ("gone", [.ranged(tagged), .status(404)], .refused),
    ("stalled", [.ranged(tagged), .ranged(tagged).breaking(.stall, .inBody(after: 10))], .unreachable),
  ]

  @Test(arguments: faults)
  func laterRangesMayFail(_ name: String, _ route: Route, _ code: AssetError.Code?) async throws {
    try await withServer(["/asset": route]) { server in
      let patience: Duration = name == "stalled" ? .seconds(10) : .seconds(60)
      let fetching = Fetching().with { $0.options.idleLimit = patience }
      let fetched = await fetching.parts(server.url("/asset"), [(0, 10), (2_999_990, 10)])
      if let code {
        #expect(fetched.failure?.code == code || code == .refused && fetched.failure != nil, "\(name)")
      } else {
        #expect(fetched.failure == nil, "\(name)")
        #expect(fetched.holds(slice([(0, 10), (2_999_990, 10)])))
      }
    }
  }

  @Test func headersThatAreScatteredHaveABound() async throws {
    let starts: [(Int64, Int)] = (0..<40).map { (Int64($0) * 70_000 + 66_000, 1) }
    let parts = starts + starts.map { ($0.0 + 1, 1) }
    let wide = Content(pattern(20_000_000), entityTag: "\"v1\"")
    let far: [(Int64, Int)] = (0..<100).map { (Int64($0) * 190_000 + 66_000, 1) }
    try await withServer(["/asset": [.ranged(Self.tagged)], "/wide": [.ranged(wide)]]) { server in
      #expect(await Fetching().parts(server.url("/asset"), parts).failure == nil)
      let fetched = await Fetching().parts(server.url("/wide"), far)
      #expect(fetched.failure?.code == .unreachable)
      #expect(server.log(of: "/wide").count == 64)
    }
  }
}
