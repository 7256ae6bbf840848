import AssetOpening
import AssetSource
import FixtureKit
import Foundation
import MediaProbe
import Testing
import WanCheck

/// Links that end on 2030-01-01 at 00:10, looked at ten minutes before, long before, and after.
@Suite struct SignedLinkFixtureTests {
  private static let tenMinutesBefore = 1_893_456_000.0

  @Test(arguments: Fixture.all(in: "jobs/reject/url-expires-soon"))
  func anExpiryIsSeenWhenItIsNear(fixture: Fixture) async throws {
    #expect(try await rules(fixture, at: Self.tenMinutesBefore).contains("url-expires-soon"))
    #expect(
      try await rules(fixture, at: Self.tenMinutesBefore - 86_400).isDisjoint(with: [
        "url-expires-soon", "url-expired",
      ]))
    #expect(try await rules(fixture, at: Self.tenMinutesBefore + 600).contains("url-expired"))
  }

  private func rules(_ fixture: Fixture, at now: Double) async throws -> Set<RuleID> {
    var reader = JobDocumentReader([UInt8](try Data(contentsOf: fixture.url)), format: .json)
    let record = reader.next()
    let job = Job(try #require(record))
    let preflight = Preflight(
      prober: .inProcess, configuration: Preflight.Configuration(now: { now }), opener: LocalAssetOpener())
    return Set(try await preflight.check(job).result.findings.map(\.rule))
  }
}
