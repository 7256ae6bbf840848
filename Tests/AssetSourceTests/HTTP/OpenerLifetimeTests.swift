import AssetOpening
import AssetSource
import Locations
import ServerKit
import Testing

/// What happens to connections whose opener is not shut down. Deallocating a running client would end the process of a
/// debug build.
@Suite struct OpenerLifetimeTests {
  private static let content = pattern(2_000_000)

  private static func opener() -> HTTPAssetOpener {
    HTTPAssetOpener(Fetching().options, environment: [:])
  }

  @Test(arguments: [OpenRequest(), OpenRequest(digestLimit: 1 << 30)])
  func droppingAnOpenerClosesItsConnections(request: OpenRequest) async throws {
    try await withServer(["/asset": [.ranged(Content([1, 2, 3], entityTag: "\"v1\""))]]) { server in
      weak var dropped: HTTPAssetOpener?
      do {
        let opener = Self.opener()
        dropped = opener
        let conclusion = try await opener.open(AssetLocation(server.url("/asset")), request).finish()
        #expect(conclusion.failure == nil)
        #expect(server.activity.connections == 1)
      }
      #expect(dropped == nil)
      // Long before an idle connection's time is up.
      try await server.activity { $0.openConnections == 0 }
    }
  }

  @Test func anAssetOutlivesItsOpener() async throws {
    let content = Content(Self.content, entityTag: "\"v1\"")
    try await withServer(["/asset": [.ranged(content)]]) { server in
      do {
        let location = AssetLocation(server.url("/asset"))
        let whole = try await Self.opener().open(location, OpenRequest(digestLimit: 1 << 30))
        let parts = try await Self.opener().open(location, OpenRequest())
        for asset in [whole, parts] {
          let bytes = try await Fetching.blocking {
            try Fetching.read(asset.source, from: 0, count: .max)
          }.get()
          #expect((bytes == Self.content) == true)
          #expect(await asset.finish().failure == nil)
        }
      }
      try await server.activity { $0.openConnections == 0 }
    }
  }

  @Test func aTransferThatNobodyWaitsForEnds() async throws {
    let endless = Route([.ranged(Content(Self.content)).breaking(.stall, .inBody(after: 100_000))])
    try await withServer(["/asset": endless]) { server in
      do {
        let request = OpenRequest(digestLimit: 1 << 30)
        _ = try await Self.opener().open(AssetLocation(server.url("/asset")), request)
      }
      try await server.activity { $0.openConnections == 0 }
    }
  }

  @Test func anOpenerThatWasShutDownCanBeDropped() async throws {
    try await withServer(["/asset": [.whole(Content([1]))]]) { server in
      let opener = Self.opener()
      let asset = try await opener.open(AssetLocation(server.url("/asset")), OpenRequest(digestLimit: 10))
      #expect(await asset.finish().failure == nil)
      await opener.shutdown()
      await opener.shutdown()
      try await server.activity { $0.openConnections == 0 }
    }
  }
}
