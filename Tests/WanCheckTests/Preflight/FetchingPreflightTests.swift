import AssetOpening
import AssetSource
import FixtureKit
import Foundation
import Locations
import MediaFacts
import MediaProbe
import ServerKit
import Testing
import WanCheck

/// A preflight with an `HTTPAssetOpener` fetches remote assets.
@Suite struct FetchingPreflightTests {
  private func job(_ url: String) throws -> Job {
    var reader = JobDocumentReader(Array(#"{"start_image_url": "\#(url)"}"#.utf8), format: .json)
    let record = reader.next()
    return Job(try #require(record))
  }

  @Test func remoteAssetsAreFetched() async throws {
    let bytes = [UInt8](try Data(contentsOf: Fixture("accept/image/jpeg-420.jpg").url))
    try await withServer(["/a.jpg": [.ranged(Content(bytes, entityTag: "\"v1\""))]]) { server in
      do {
        var options = HTTPOptions()
        options.policy = AddressPolicy(allowsPrivateHosts: true)
        let preflight = Preflight(
          prober: .inProcess, configuration: .init(depth: .full, allowPrivateHosts: true),
          opener: HTTPAssetOpener(options))
        let result = try await preflight.check(try job(server.url("/a.jpg"))).result
        #expect(result.verdict == .valid, "\(result.findings.map(\.message))")
        #expect(result.assets.first?.sha256 != nil)
        #expect(result.notSubmittableBecause == [.privateHosts])
        #expect(result.assets.first?.delivery?.requests == 1)
      }
      // The opener is gone with the preflight, and closes its connections.
      try await server.activity { $0.openConnections == 0 }
    }
  }

  @Test func noPrivateHostIsAsked() async throws {
    try await withServer(["/a.jpg": [.whole(Content([1]))]]) { server in
      let preflight = Preflight(prober: .inProcess, opener: HTTPAssetOpener())
      let result = try await preflight.check(try job(server.url("/a.jpg"))).result
      #expect(result.verdict == .invalid)
      #expect(result.findings.contains { $0.rule == "url-not-public" && $0.severity == .error })
      #expect(server.activity.connections == 0)
    }
  }
}
