import FixtureKit
import Foundation
import ProviderKit
import Testing

/// The confirmation on a terminal before jobs are sent that cost money.
struct ConfirmationTests {
  /// Runs `submit` on a terminal, and types `answer` when it asks for confirmation.
  private static func outcome(
    of answer: String, _ options: [String], _ trial: SubmitTrial
  ) async throws -> (status: Int32, text: String) {
    let terminal = try PseudoTerminal()
    let process = Process()
    process.executableURL = Program.wanCheck.executable
    process.arguments = ["submit"] + trial.options + options + ["--", try trial.write(trial.lines(2))]
    process.environment = ProcessInfo.processInfo.environment.merging(trial.environment) { $1 }
    process.currentDirectoryURL = trial.folder.url
    process.standardInput = terminal.programEnd
    process.standardOutput = FileHandle.nullDevice
    process.standardError = terminal.programEnd
    try process.runWithoutBlockedSignals()
    try terminal.programEnd.close()
    if !answer.isEmpty {
      #expect(terminal.wait(for: "[y/N] "))
      try terminal.type(answer)
    }
    let status = await withCheckedContinuation { continuation in
      // The blocking wait gets its own thread, so that other tests can use the pool's threads.
      Thread.detachNewThread {
        process.waitUntilExit()
        continuation.resume(returning: process.terminationStatus)
      }
    }
    terminal.drain()
    return (status, terminal.text)
  }

  @Test(arguments: ["y\n", "Yes\n", " y \n"])
  func yesSends(_ answer: String) async throws {
    try await SubmitTrial.with { trial in
      let (status, text) = try await Self.outcome(of: answer, [], trial)
      #expect(status == 0)
      #expect(text.contains("Send 2 jobs to \(trial.provider.baseURL)?"))
      #expect(trial.provider.accepted.count == 2)
    }
  }

  @Test(arguments: ["n\n", "\n", "yep\n", "\u{4}"])
  func anythingElseDoesNot(_ answer: String) async throws {
    try await SubmitTrial.with { trial in
      let (status, _) = try await Self.outcome(of: answer, [], trial)
      #expect(status == 7)
      #expect(trial.provider.calls.isEmpty)
    }
  }

  @Test func nobodyIsAskedWhereNothingIsLeftToPay() async throws {
    try await SubmitTrial.with { trial in
      _ = try await Self.outcome(of: "y\n", [], trial)
      let (status, text) = try await Self.outcome(of: "", [], trial)
      #expect(status == 0)
      #expect(!text.contains("[y/N]"))
      #expect(trial.provider.accepted.count == 2)
    }
  }

  @Test func nobodyIsAskedWhoSaidYesBefore() async throws {
    try await SubmitTrial.with { trial in
      let (status, text) = try await Self.outcome(of: "", ["--yes"], trial)
      #expect(status == 0)
      #expect(!text.contains("[y/N]"))
      #expect(trial.provider.accepted.count == 2)
    }
  }
}
