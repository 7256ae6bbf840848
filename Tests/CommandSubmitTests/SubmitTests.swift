import FixtureKit
import Foundation
import ProviderKit
import Testing

struct SubmitTests {
  @Test func aValidJobIsSentAsItStands() async throws {
    try await SubmitTrial.with { trial in
      let text = trial.body(#", "duration": 5.0, "prompt": "a b""#)
      let outcome = try await trial.submit([trial.write(text, to: "job.json")])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.states == ["submitted"])
      let job = try #require(trial.provider.accepted.first)
      #expect(
        String(decoding: job.body, as: UTF8.self)
          == text.replacing(": ", with: ":").replacing(", ", with: ","))
      #expect(outcome.results.first?.submission.taskID == job.taskID)
      #expect(job.key == "test-key")
    }
  }

  @Test func whatWasSubmittedIsNotSentAgain() async throws {
    try await SubmitTrial.with { trial in
      let jobs = try trial.write(trial.lines(3))
      let first = try await trial.submit([jobs])
      let second = try await trial.submit([jobs])
      #expect(first.states == Array(repeating: "submitted", count: 3))
      #expect(second.states == Array(repeating: "already_submitted", count: 3))
      #expect(second.status == 0)
      #expect(first.results.map(\.submission.taskID) == second.results.map(\.submission.taskID))
      #expect(trial.provider.accepted.count == 3)
      let forced = try await trial.submit([jobs], ["--force"])
      #expect(forced.states == Array(repeating: "submitted", count: 3))
      #expect(trial.provider.accepted.count == 6)
    }
  }

  @Test func invalidAndInconclusiveJobsAreNeverSent() async throws {
    try await SubmitTrial.with { trial in
      let missing = trial.provider.url("/media/none.png")
      let gone = "http://127.0.0.1:1/a.png"
      let lines = [
        trial.body(#", "duration": 99"#), #"{"start_image_url": "\#(missing)"}"#,
        #"{"start_image_url": "\#(gone)"}"#,
        #"{"start_image_url": "photo.png"}"#, "{", trial.body(),
      ]
      let outcome = try await trial.submit(
        [trial.write(lines.joined(separator: "\n"))],
        ["--yes", "--force", "--accept-overrides", "--timeout", "3"])
      #expect(outcome.states == Array(repeating: "not_sent", count: 5) + ["submitted"])
      #expect(outcome.status == 1)
      #expect(trial.provider.accepted.count == 1)
      #expect(outcome.results[3].findings.map(\.rule).contains("url-local"))
      #expect(outcome.results[2].verdict == "inconclusive")
    }
  }

  @Test func privateHostsMustBeAllowedAtSubmission() async throws {
    try await SubmitTrial.with { trial in
      let job = try trial.write(trial.body(), to: "job.json")
      let outcome = try await trial.run(
        ["submit", "--api-base", trial.provider.baseURL, "--ledger", trial.ledger, "--yes", job])
      #expect(outcome.status == 1)
      #expect(trial.provider.calls.isEmpty)
    }
  }

  @Test func aMappedCopyProvesNothingAboutTheURL() async throws {
    try await SubmitTrial.with { trial in
      let image = try Data(contentsOf: Fixture("accept/image/png-rgb-8.png").url)
      try trial.folder.write(image, to: "copies/start.png")
      let outcome = try await trial.submit(
        [trial.write(trial.body(), to: "job.json")],
        ["--map", "\(trial.provider.baseURL)/media=copies"])
      #expect(outcome.states == ["not_sent"])
      #expect(outcome.status == 7)
      #expect(trial.provider.calls.isEmpty)
    }
  }

  @Test func depthHeaderProvesTooLittle() async throws {
    try await SubmitTrial.with { trial in
      let outcome = try await trial.submit(
        [trial.write(trial.body(), to: "job.json")], ["--depth", "header"])
      #expect(outcome.states == ["not_sent"])
      #expect(outcome.results.first?.submission.message?.contains("--depth full") == true)
      #expect(outcome.status == 7)
      #expect(trial.provider.calls.isEmpty)
    }
  }

  @Test func noMoreThanAskedForAreSent() async throws {
    try await SubmitTrial.with { trial in
      let jobs = try trial.write(trial.lines(5))
      let first = try await trial.submit([jobs], ["--max-jobs", "2"])
      #expect(first.states == ["submitted", "submitted", "not_sent", "not_sent", "not_sent"])
      #expect(first.status == 7)
      let second = try await trial.submit([jobs], ["--max-jobs", "2"])
      #expect(
        second.states == ["already_submitted", "already_submitted", "submitted", "submitted", "not_sent"])
      #expect(trial.provider.accepted.count == 4)
    }
  }

  @Test func allOrNothing() async throws {
    try await SubmitTrial.with { trial in
      let jobs = try trial.write(trial.lines(2) + "\n" + trial.body(#", "duration": 99"#))
      let outcome = try await trial.submit([jobs], ["--all-or-nothing"])
      #expect(outcome.states == ["not_sent", "not_sent", "not_sent"])
      #expect(outcome.status == 1)
      #expect(trial.provider.calls.isEmpty)
    }
  }

  @Test func oneIdForTwoJobsIsNotAll() async throws {
    try await SubmitTrial.with { trial in
      let jobs = try trial.write(
        [trial.job("a", 1), trial.job("b", 2), trial.job("a", 3)].joined(separator: "\n"))
      for option in ["--all-or-nothing", "--dry-run"] {
        let outcome = try await trial.submit([jobs], [option])
        #expect(outcome.states == ["not_sent", "not_sent", "refused"])
        #expect(
          outcome.results.last?.submission.message?.hasPrefix("the id a belongs to another job") == true)
        #expect(outcome.status == 5)
      }
      #expect(trial.provider.calls.isEmpty)
    }
  }

  @Test func anIdOfTheLedgerIsNotAll() async throws {
    try await SubmitTrial.with { trial in
      let before = try await trial.submit(
        ["-"], input: [trial.job("a", 1), trial.job("c", 1)].joined(separator: "\n"))
      #expect(before.states == ["submitted", "submitted"])
      let lines = [trial.job("b", 1), trial.job("c", 1), trial.job("a", 2)].joined(separator: "\n")
      let outcome = try await trial.submit([trial.write(lines)], ["--all-or-nothing"])
      #expect(outcome.states == ["not_sent", "already_submitted", "refused"])
      #expect(outcome.status == 5)
      #expect(trial.provider.accepted.count == 2)
      // A job that was submitted before does not block the others, and may be listed twice.
      let rest = [trial.job("c", 1), trial.job("b", 1), trial.job("b", 1)].joined(separator: "\n")
      let second = try await trial.submit([trial.write(rest)], ["--all-or-nothing", "--max-jobs", "1"])
      #expect(second.states.sorted() == ["already_submitted", "already_submitted", "submitted"])
      #expect(second.status == 0)
    }
  }

  @Test func whatIsUnknownIsNotAll() async throws {
    let plan: @Sendable (PlannedCall) -> Fault? = { $0.number == 0 ? .status(500) : nil }
    try await SubmitTrial.with(.init(plan: plan)) { trial in
      let before = try await trial.submit(["-"], input: trial.job("a", 1))
      #expect(before.states == ["unknown"])
      let lines = [trial.job("b", 1), trial.job("a", 1)].joined(separator: "\n")
      let outcome = try await trial.submit([trial.write(lines)], ["--all-or-nothing"])
      #expect(outcome.states == ["not_sent", "unknown"])
      #expect(outcome.status == 6)
      #expect(trial.provider.accepted.isEmpty)
    }
  }

  @Test func moreThanMayBeSentIsNotAll() async throws {
    try await SubmitTrial.with { trial in
      let jobs = try trial.write(trial.lines(3))
      let outcome = try await trial.submit([jobs], ["--all-or-nothing", "--max-jobs", "2"])
      #expect(outcome.states == ["not_sent", "not_sent", "not_sent"])
      #expect(outcome.status == 7)
      #expect(trial.provider.calls.isEmpty)
    }
  }

  @Test func aDryRunSendsAndWritesNothing() async throws {
    try await SubmitTrial.with { trial in
      let url = trial.provider.url(SubmitTrial.image) + "?sig=secret"
      let text = #"{"start_image_url": "\#(url)", "prompt": "a? b=c"}"#
      let job = try trial.write(text, to: "job.json")
      let outcome = try await trial.submit([job], ["--dry-run"])
      #expect(outcome.status == 0)
      #expect(outcome.states == ["not_sent"])
      let request = try #require(outcome.results.first?.submission.request)
      #expect(request.method == "POST")
      #expect(request.url == "\(trial.provider.baseURL)/v1/ai/image-to-video/wan-2-7")
      #expect(request.headers["x-freepik-api-key"] == "…")
      #expect(request.body.contains(#""prompt":"a? b=c""#))
      #expect(!outcome.text.contains("secret"))
      #expect(!outcome.text.contains("test-key"))
      #expect(trial.provider.calls.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: trial.ledger))
      let shown = try await trial.submit([job], ["--dry-run", "--show-urls"])
      #expect(shown.results.first?.submission.request?.body.contains("sig=secret") == true)
    }
  }

  @Test func aLinkThatWasSignedAnewIsTheSameJob() async throws {
    try await SubmitTrial.with { trial in
      let url = trial.provider.url(SubmitTrial.image)
      let first = try await trial.submit(["-"], input: #"{"start_image_url": "\#(url)?sig=1"}"#)
      let second = try await trial.submit(["-"], input: #"{"start_image_url": "\#(url)?sig=2"}"#)
      #expect(first.states == ["submitted"])
      #expect(second.states == ["already_submitted"])
    }
  }

  @Test func whatStandsTwiceInABatchIsSentOnceWhateverIsForced() async throws {
    try await SubmitTrial.with { trial in
      let line = trial.body(#", "seed": 1"#)
      let outcome = try await trial.submit(
        [trial.write([line, line, line].joined(separator: "\n"))], ["--force"])
      #expect(outcome.states.sorted() == ["already_submitted", "already_submitted", "submitted"])
      #expect(trial.provider.accepted.count == 1)
    }
  }

  @Test func twoIdsAreTwoJobsAndOneIdIsOne() async throws {
    try await SubmitTrial.with { trial in
      let lines = [trial.job("a", 1), trial.job("b", 1), trial.job("a", 1), trial.job("a", 2)].joined(
        separator: "\n")
      let outcome = try await trial.submit([trial.write(lines)])
      #expect(outcome.states.sorted() == ["already_submitted", "refused", "submitted", "submitted"])
      #expect(outcome.status == 5)
      #expect(trial.provider.accepted.count == 2)
    }
  }

  @Test func secretsStandNowhere() async throws {
    let plan: @Sendable (PlannedCall) -> Fault? = { _ in
      .status(400, body: #"{"message": "bad key test-key for https://x.example.net/a?sig=secret"}"#)
    }
    try await SubmitTrial.with(.init(plan: plan)) { trial in
      let url = trial.provider.url(SubmitTrial.image) + "?sig=secret"
      let job = try trial.write(
        #"{"start_image_url": "\#(url)", "prompt": "a very private prompt"}"#, to: "job.json")
      for format in ["json", "jsonl", "text"] {
        let running = try trial.start([job], ["--format", format])
        let outcome = try await running.outcome()
        #expect(outcome.status == 5)
        for secret in ["test-key", "secret"] {
          #expect(!(outcome.text + outcome.errors).contains(secret))
        }
      }
      for file in try FileManager.default.contentsOfDirectory(
        at: trial.folder.url, includingPropertiesForKeys: nil)
      where file.lastPathComponent.hasPrefix("ledger") && !file.hasDirectoryPath {
        let bytes = try Data(contentsOf: file)
        for secret in ["test-key", "secret", "private prompt", SubmitTrial.image] {
          #expect(bytes.firstRange(of: Data(secret.utf8)) == nil, "\(secret) in \(file.lastPathComponent)")
        }
      }
    }
  }
}
