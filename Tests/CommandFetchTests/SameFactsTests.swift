import FixtureKit
import Foundation
import ServerKit
import Testing

/// Every fixture is measured and judged over HTTP as from disk.
@Suite(.timeLimit(.minutes(10))) struct SameFactsTests {
  /// All fixtures but those for which a path and a URL differ: a name that a URL has to encode, and the name of a job
  /// file, which is an asset only at a URL.
  private static let fixtures = ["accept/image", "accept/audio", "accept/video", "reject", "corrupt"]
    .flatMap(Fixture.all).filter {
      $0.path.wholeMatch(of: /[A-Za-z0-9\/._-]+/) != nil && !$0.path.hasSuffix(".json")
    }

  @Test(arguments: ["header", "full"])
  func whereBytesComeFromDoesNotMatter(depth: String) async throws {
    try await withServer(try Fixture.routes(Self.fixtures)) { server in
      let remote = try await RemoteRun(Self.fixtures.map { server.url("/\($0)") }, ["--depth", depth])
      let local = try await RemoteRun(Self.fixtures.map(\.path), ["--depth", depth])
      #expect(remote.outcome.status == local.outcome.status)
      for (fixture, (here, there)) in zip(Self.fixtures, zip(local.report.results, remote.report.results)) {
        #expect(there.verdict == here.verdict, "\(fixture): \(there.findings)")
        let judged = there.findings.filter { !Self.ofServers.contains($0.rule) }
        #expect(judged.map(Judgement.init) == here.findings.map(Judgement.init), "\(fixture)")
        let (mine, theirs) = (here.assets.first?.facts, there.assets.first?.facts)
        // A server need not send the rest of a file that is not measured, so there is no digest.
        let isMeasured = mine?["evidence"] != .list([])
        let keys = Set((mine ?? [:]).keys).union((theirs ?? [:]).keys).subtracting(
          isMeasured ? [] : ["sha256"])
        for key in keys { #expect(theirs?[key] == mine?[key], "\(fixture): \(key)") }
      }
      #expect(remote.report.results.count == Self.fixtures.count)
    }
  }

  /// The rules that only a remote asset can break; a URL that returns a web page has a rule of its own.
  private static let ofServers = ReportModel.Result.ofLoopback.union(["asset-web-page"])

  /// The part of a finding that scripts rely on; fixes are left out, since they name the file.
  private struct Judgement: Equatable {
    var rule: String
    var severity: String
    var effect: String
    var message: String
    var actual: ReportValue?
    var readings: ReportValue?

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
