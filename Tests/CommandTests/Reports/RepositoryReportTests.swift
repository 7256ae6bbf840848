import FixtureKit
import Foundation
import ProviderKit
import Testing

/// Reports that are made in a folder of a repository name files from its root.
@Suite struct RepositoryReportTests {
  @Test(arguments: [true, false]) func pathsStartAtTheRoot(isLinkedWorkingTree: Bool) throws {
    let repository = try TemporaryFolder()
    try repository.write(
      isLinkedWorkingTree ? "gitdir: elsewhere" : "", to: isLinkedWorkingTree ? ".git" : ".git/HEAD")
    try repository.write("{\n  \"seed\": -1}", to: "jobs/a b/job.json")
    let folder = repository.url.appending(path: "jobs/a b")
    let outcome = try Program.wanCheck.run(["--format", "github", "job.json"], in: folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.text.contains("::error file=jobs/a b/job.json,line=2,col=11,title=seed-range::"),
      "\(outcome.text)")
    let sarif = try Program.wanCheck.run(["--format", "sarif", "job.json"], in: folder)
    #expect(sarif.text.contains("\"uri\":\"jobs/a%20b/job.json\""))
    let gitlab = try Program.wanCheck.run(["--format", "gitlab", "job.json"], in: folder)
    #expect(gitlab.text.contains("\"path\":\"jobs/a b/job.json\""))
  }

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
