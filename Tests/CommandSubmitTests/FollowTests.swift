import FixtureKit
import Foundation
import ProviderKit
import Testing

/// Tasks of real runs, from submission to the downloaded file.
struct FollowTests {
  private static let movie = Fixture("accept/video/h264-aac-faststart.mp4").url

  /// A provider whose tasks all produce the same movie.
  private static func with<Value>(
    _ options: ProviderSimulator.Options = .init(
      pollsUntilDone: 1, results: { _ in ["/out/movie.mp4?sig=secret"] }),
    isolation: isolated (any Actor)? = #isolation, _ body: (SubmitTrial) async throws -> sending Value
  ) async throws -> sending Value {
    try await SubmitTrial.with(options) { trial in
      trial.provider[media: "/out/movie.mp4"] = MediaFile(try Data(contentsOf: movie), type: "video/mp4")
      return try await body(trial)
    }
  }

  private static func files(_ trial: SubmitTrial, _ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: trial.folder.url.appending(path: folder).path)
      .sorted()
  }

  private static func watch(_ trial: SubmitTrial, _ arguments: [String]) async throws -> Program.Outcome {
    try await trial.run(
      ["watch", "--api-base", trial.provider.baseURL, "--ledger", trial.ledger] + arguments)
  }

  @Test func whatIsMadeIsFetchedAndMeasured() async throws {
    try await Self.with { trial in
      let outcome = try await trial.submit([trial.write(trial.lines(2))], ["--download", "out"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try Self.files(trial, "out") == ["job-0.mp4", "job-1.mp4"])
      let fetched = try Data(contentsOf: trial.folder.url.appending(path: "out/job-0.mp4"))
      #expect(try fetched == Data(contentsOf: Self.movie))
      guard case .object(let task)? = outcome.results.first?.submission.task,
        case .list(let files)? = task["files"], case .object(let file)? = files.first,
        case .object(let facts)? = file["facts"]
      else {
        Issue.record("no task in \(outcome.text)")
        return
      }
      #expect(task["ending"] == .text("completed"))
      #expect(task["ordered"] == .object(["duration": .number(5), "resolution": .text("1080P")]))
      #expect(facts["width"] == .number(426))
      #expect(!outcome.text.contains("secret"))
    }
  }

  @Test func runningItAgainGoesOn() async throws {
    try await Self.with { trial in
      let jobs = try trial.write(trial.lines(1))
      #expect(try await trial.submit([jobs]).states == ["submitted"])
      let again = try await trial.submit([jobs], ["--download", "out"])
      #expect(again.states == ["already_submitted"])
      #expect(again.status == 0)
      #expect(try Self.files(trial, "out") == ["job-0.mp4"])
      _ = try await trial.submit([jobs], ["--download", "out"])
      #expect(try Self.files(trial, "out") == ["job-0.mp4"])
      #expect(trial.provider.accepted.count == 1)
    }
  }

  @Test func noOtherFileIsOverwritten() async throws {
    try await Self.with { trial in
      try trial.folder.write("mine", to: "out/job-0.mp4")
      _ = try await trial.submit([trial.write(trial.lines(1))], ["--download", "out"])
      #expect(try Self.files(trial, "out") == ["job-0-2.mp4", "job-0.mp4"])
      let mine = trial.folder.url.appending(path: "out/job-0.mp4")
      #expect(try String(contentsOf: mine, encoding: .utf8) == "mine")
    }
  }

  @Test func aTaskThatTakesLongIsPendingAndTheWayToGoOnIsTold() async throws {
    let slow = ProviderSimulator.Options(pollsUntilDone: 1000)
    try await Self.with(slow) { trial in
      let jobs = try trial.write(trial.lines(1))
      let outcome = try await trial.start([jobs], ["--wait", "--wait-timeout", "1"]).outcome()
      #expect(outcome.status == 7)
      let task = try #require(trial.provider.accepted.first?.taskID)
      let line = outcome.text.split(separator: "\n").first { $0.contains("wan-check watch") }
      let command = try #require(line?.split(separator: "go on:").last)
      #expect(command.contains(task))
      trial.provider.finish(task: task, generated: ["/out/movie.mp4"])
      // The command that was printed, run unchanged, continues the task.
      let arguments = command.split(separator: " ").dropFirst().map(String.init)
      let followed = try await trial.run(arguments)
      #expect(followed.status == 0, "\(followed.text)\(followed.errors)")
      #expect(followed.text.hasPrefix("completed"))
    }
  }

  @Test func watchKnowsTheJobFromTheLedger() async throws {
    try await Self.with { trial in
      _ = try await trial.submit([trial.write(trial.lines(1))])
      let task = try #require(trial.provider.accepted.first?.taskID)
      let outcome = try await Self.watch(trial, [task, "--download", "out"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.text.contains("(ordered: 5 s, 1080P)"))
      #expect(try Self.files(trial, "out") == ["job-0.mp4"])
    }
  }

  @Test func failuresOfTasksAreFailures() async throws {
    try await Self.with { trial in
      trial.provider.setTaskStatus("failed", "FAILED")
      trial.provider.setTaskStatus("empty", "COMPLETED", generated: [])
      trial.provider.setTaskStatus("gone", "COMPLETED", generated: ["/out/none.mp4"])
      // The provider may give a fresh link after the first one has expired.
      for (task, word, status) in [
        ("failed", "failed", 5), ("empty", "there are no results", 5), ("gone", "not fetched", 7),
      ] as [(String, String, Int32)] {
        let outcome = try await Self.watch(trial, [task, "--download", "out"])
        #expect(outcome.status == status, "\(task): \(outcome.text)")
        #expect(outcome.text.contains(word), "\(outcome.text)")
      }
      #expect(try Self.files(trial, "out").isEmpty)
    }
  }

  @Test func aTaskThatNobodyKnowsIsRefused() async throws {
    // The task is requested again for a while, since a new task need not be visible at once.
    try await Self.with { trial in
      let outcome = try await Self.watch(trial, ["nobody", "--wait-timeout", "1"])
      #expect(outcome.status == 5 || outcome.status == 7, "\(outcome.text)")
      #expect(outcome.text.contains("404"))
    }
  }

  @Test(arguments: [[""], ["a", ""]])
  func whatCannotBeATaskIsWrongUsage(_ tasks: [String]) async throws {
    try await Self.with { trial in
      let outcome = try await Self.watch(trial, tasks)
      #expect(outcome.status == 2)
      #expect(trial.provider.calls.isEmpty)
    }
  }

  @Test func aFolderThatIsAFileIsToldBeforeAnythingIsSent() async throws {
    try await Self.with { trial in
      try trial.folder.write("a file", to: "out")
      let outcome = try await trial.submit([trial.write(trial.lines(1))], ["--download", "out"])
      #expect(outcome.status == 2)
      #expect(trial.provider.calls.isEmpty)
    }
  }
}
