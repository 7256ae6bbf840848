import FixtureKit
import Foundation
import ProviderKit
import Testing

/// Reports that `submit` writes to files.
@Suite struct SubmitReportTests {
  @Test func aSubmissionIsSeen() async throws {
    try await SubmitTrial.with { trial in
      let job = try trial.write(trial.body(), to: "job.json")
      let outcome = try await trial.submit([job], ["--report", "markdown=a.md", "--report", "junit=a.xml"])
      #expect(outcome.status == 0)
      let markdown = String(
        decoding: try Data(contentsOf: trial.folder.url.appending(path: "a.md")), as: UTF8.self)
      #expect(markdown.contains("| submitted |"))
      let junit = String(
        decoding: try Data(contentsOf: trial.folder.url.appending(path: "a.xml")), as: UTF8.self)
      #expect(junit.contains("<testcase name=\"submission\""))
    }
  }

  @Test func aReportThatCannotBeWrittenSendsNothing() async throws {
    try await SubmitTrial.with { trial in
      let job = try trial.write(trial.body(), to: "job.json")
      let outcome = try await trial.submit([job], ["--report", "markdown=missing/a.md"])
      #expect(outcome.status == 2)
      #expect(trial.provider.calls.isEmpty)
      #expect(trial.provider.mediaRequests.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: trial.ledger))
    }
  }
}
