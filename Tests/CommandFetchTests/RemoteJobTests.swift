import FixtureKit
import Foundation
import ServerKit
import Testing

/// Jobs whose assets are fetched.
@Suite(.timeLimit(.minutes(3))) struct RemoteJobTests {
  private static let picture = Fixture("accept/image/png-rgb-8.png")

  @Test func whatManyJobsNameIsFetchedOnce() async throws {
    try await withServer(["/a.png": [.ranged(try Self.picture.content()).delayed(by: .milliseconds(100))]]) {
      server in
      let job = #"{"start_image_url": "\#(server.url("/a.png?v=1"))", "prompt": "slow pan"}"#
      let jobs = Array(repeating: job, count: 40).joined(separator: "\n")
      let run = try await RemoteRun(["-"], ["--stdin-filename", "jobs.jsonl"], jobs: jobs)
      #expect(run.outcome.status == 0, "\(run.outcome.errors)")
      #expect(server.log.count == 1)
      #expect(run.report.results.count == 40)
      for result in run.report.results {
        #expect(result.verdict == "valid")
        #expect(!result.submittable)
        #expect(result.notSubmittableBecause == ["private-hosts"])
        #expect(
          Dictionary(result.findings.map { ($0.rule, $0.severity) }) { first, _ in first }
            == ["url-not-public": "note", "url-insecure": "warning"])
        #expect(result.assets.first?.delivery?.requests == 1)
      }
    }
  }

  @Test func aBadAssetSpoilsItsOwnJobOnly() async throws {
    let routes: [String: Route] = [
      "/a.png": [.ranged(try Self.picture.content())], "/gone.png": [.status(404)],
      "/busy.png": [.status(503, retryAfter: "3600")],
    ]
    try await withServer(routes) { server in
      let jobs = ["/a.png", "/gone.png", "/busy.png", "/a.png"]
        .map { #"{"start_image_url": "\#(server.url($0))"}"# }.joined(separator: "\n")
      let run = try await RemoteRun(["-"], ["--stdin-filename", "jobs.jsonl"], jobs: jobs)
      #expect(run.outcome.status == 1)
      #expect(run.report.results.map(\.verdict) == ["valid", "invalid", "inconclusive", "valid"])
      #expect(
        run.report.results.map(\.rules) == [[], ["asset-refused"], ["asset-unreachable"], []],
        "\(run.printed)")
      #expect(run.report.results[1].notSubmittableBecause.contains("invalid"))
      #expect(run.report.results[2].notSubmittableBecause.contains("inconclusive"))
    }
  }

  @Test func atDepthHeaderNothingIsSubmittable() async throws {
    try await withServer(["/a.png": [.ranged(try Self.picture.content())]]) { server in
      let job = #"{"start_image_url": "\#(server.url("/a.png"))"}"#
      let run = try await RemoteRun(["-"], ["--depth", "header"], jobs: job)
      #expect(run.report.results.map(\.verdict) == ["valid"], "\(run.printed)")
      #expect(run.report.results.first?.notSubmittableBecause.contains("private-hosts") == true)
      #expect(run.report.results.first?.notSubmittableBecause.count == 2)
    }
  }
}
