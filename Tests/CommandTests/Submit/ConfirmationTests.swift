import FixtureKit
import Foundation
import ProviderKit
import Testing

/// What is asked on a terminal before money is spent.
struct ConfirmationTests {
  /// Runs `submit` on a terminal of its own, where `answer` is typed.
  private func run(
    _ trial: SubmitTrial, _ options: [String], typing answer: String, redirection: String = ""
  ) async throws -> Program.Outcome {
    let jobs = try trial.write(trial.lines(2))
    let command = [Program.wanCheck.executable.path, "submit"] + trial.options + options + [jobs]
    let quoted = command.map { "'\($0)'" }.joined(separator: " ")
    let script = try #require(Program(named: "script"))
    return try await RunningProgram.start(
      script, ["-qec", quoted + redirection, "/dev/null"], input: Data(answer.utf8),
      environment: trial.environment,
      in: trial.folder.url
    ).outcome()
  }

  @Test(arguments: [("y\n", 2), ("YES\n", 2), ("n\n", 0), ("\n", 0), ("\u{4}", 0), ("yesterday\n", 0)])
  func onlyYesSends(_ answer: String, _ sent: Int) async throws {
    try await SubmitTrial.with { trial in
      let outcome = try await run(trial, [], typing: answer)
      #expect(outcome.text.contains("Send 2 jobs to \(trial.provider.baseURL)"))
      #expect(trial.provider.accepted.count == sent)
      #expect(outcome.status == (sent > 0 ? 0 : 7))
    }
  }

  @Test func aRedirectedStandardErrorIsNoConsent() async throws {
    try await SubmitTrial.with { trial in
      let outcome = try await run(trial, [], typing: "n\n", redirection: " 2>errors")
      #expect(outcome.text.contains("Send 2 jobs"))
      #expect(trial.provider.accepted.isEmpty)
    }
  }

  @Test func onlyWhatWouldBeBilledIsAskedFor() async throws {
    try await SubmitTrial.with { trial in
      let limited = try await run(trial, ["--max-jobs", "1"], typing: "y\n")
      #expect(limited.text.contains("Send 1 job to"))
      #expect(trial.provider.accepted.count == 1)
      #expect(try await run(trial, [], typing: "y\n").text.contains("Send 1 job to"))
      #expect(try await !run(trial, [], typing: "n\n").text.contains("[y/N]"))
      #expect(trial.provider.accepted.count == 2)
    }
  }
}
