import FixtureKit
import Foundation
import ProviderKit
import Testing

struct SubmitUsageTests {
  @Test(arguments: [[:], ["FREEPIK_API_KEY": ""], ["FREEPIK_API_KEY": "two words"]] as [[String: String]])
  func withoutAKeyNothingHappens(_ environment: [String: String]) async throws {
    try await SubmitTrial.with { trial in
      let job = try trial.write(trial.body(), to: "job.json")
      let variables = ["FREEPIK_API_KEY": ""].merging(environment) { $1 }
      let outcome = try await trial.submit([job], environment: variables)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("FREEPIK_API_KEY"))
      #expect(trial.provider.calls.isEmpty)
      #expect(trial.provider.mediaRequests.isEmpty)
    }
  }

  @Test func aKeyMayLieInAFile() async throws {
    try await SubmitTrial.with { trial in
      let job = try trial.write(trial.body(), to: "job.json")
      let key = try trial.write("test-key\n", to: "key")
      let outcome = try await trial.submit(
        [job], ["--api-key-file", key], environment: ["FREEPIK_API_KEY": "another"])
      #expect(outcome.states == ["submitted"])
    }
  }

  @Test func aKeyIsNoArgument() async throws {
    try await SubmitTrial.with { trial in
      let job = try trial.write(trial.body(), to: "job.json")
      #expect(try await trial.submit([job], ["--api-key", "test-key"]).status == 2)
    }
  }

  @Test(arguments: [
    ["--api-base", "http://api.example.net"], ["--api-base", "https://u:p@h.example.net"],
    ["--api-key-header", "a b"],
    ["--api-key-file", "missing"], ["--max-jobs", "0"], ["--wait-timeout", "-1"], ["--dry-run", "--wait"],
    ["--role", "video"], ["--offline"],
  ])
  func whatMakesNoSenseIsWrongUsage(_ options: [String]) async throws {
    try await SubmitTrial.with { trial in
      let outcome = try await trial.submit([trial.write(trial.body(), to: "job.json")], options)
      #expect(outcome.status == 2, "\(outcome.text)")
      #expect(!outcome.errors.contains("u:p"))
      #expect(trial.provider.calls.isEmpty)
    }
  }

  @Test func onlyJobsAreSent() async throws {
    try await SubmitTrial.with { trial in
      let job = try trial.write(trial.body(), to: "job.json")
      let image = Fixture("accept/image/png-rgb-8.png").url.path
      for input in [image, trial.provider.url(SubmitTrial.image), "missing.json", ""] {
        let outcome = try await trial.submit([job, input])
        #expect(outcome.status == 2)
        #expect(outcome.states == ["not_sent"])
      }
      #expect(trial.provider.calls.isEmpty)
    }
  }

  @Test func mediaInAFolderAreLeftAlone() async throws {
    try await SubmitTrial.with { trial in
      _ = try trial.write(trial.body(), to: "shots/job.json")
      try trial.folder.write(
        try Data(contentsOf: Fixture("accept/image/png-rgb-8.png").url), to: "shots/a.png")
      #expect(try await trial.submit(["shots"]).states == ["submitted"])
    }
  }

  @Test func aLedgerThatIsNoneIsToldBeforeAnythingIsFetched() async throws {
    try await SubmitTrial.with { trial in
      let job = try trial.write(trial.body(), to: "job.json")
      try trial.folder.write("this is not a database, and a rather long text", to: "ledger.sqlite3")
      let outcome = try await trial.submit([job])
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("ledger.sqlite3"))
      #expect(trial.provider.calls.isEmpty)
      #expect(trial.provider.mediaRequests.isEmpty)
      let text = try String(contentsOfFile: trial.ledger, encoding: .utf8)
      #expect(text == "this is not a database, and a rather long text")
    }
  }
}
