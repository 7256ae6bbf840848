import FixtureKit
import Foundation
import ServerKit
import Testing

/// Over HTTP every fixture is measured and judged as it is from disk.
@Suite(.timeLimit(.minutes(10))) struct SameFactsTests {
  private static let fixtures =
    ["accept/image", "accept/audio", "accept/video", "reject", "corrupt"].flatMap(Fixture.all)

  @Test(arguments: ["header", "full"])
  func whereBytesComeFromDoesNotMatter(depth: String) async throws {
    try await withServer(try Fixture.routes(Self.fixtures)) { server in
      let remote = try await RemoteRun(Self.fixtures.map { server.url("/\($0)") }, ["--depth", depth])
      let local = try await RemoteRun(Self.fixtures.map(\.path), ["--depth", depth])
      #expect(remote.outcome.status == local.outcome.status)
      for (fixture, (here, there)) in zip(Self.fixtures, zip(local.report.results, remote.report.results)) {
        #expect(there.verdict == here.verdict, "\(fixture): \(there.findings)")
        let judged = there.findings.filter { !ReportModel.Result.ofLoopback.contains($0.rule) }
        #expect(judged.map(Judgement.init) == here.findings.map(Judgement.init), "\(fixture)")
        #expect(there.assets.first?.facts == here.assets.first?.facts, "\(fixture)")
      }
      #expect(remote.report.results.count == Self.fixtures.count)
    }
  }

  /// What scripts rely on in a finding; fixes name the file.
  private struct Judgement: Equatable {
    var rule: String
    var severity: String
    var effect: String
    var message: String
    var actual: JSONValue?
    var readings: JSONValue?

    init(_ finding: ReportModel.Finding) {
      rule = finding.rule
      severity = finding.severity
      effect = finding.effect
      message = finding.message
      actual = finding.actual
      readings = finding.readings
    }
  }
}
