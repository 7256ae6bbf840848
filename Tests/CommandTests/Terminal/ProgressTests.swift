import FixtureKit
import Foundation
import Testing

/// wan-check on a terminal: a progress line while it waits, which is erased at the end.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ProgressTests {
  private static let erasure = "\r\u{1B}[K"

  /// wan-check waits for jobs on a pipe that this test holds open.
  private final class Waiting {
    let terminal: PseudoTerminal
    let jobs = Pipe()
    let output: URL
    private let folder: TemporaryFolder
    private let process = Process()

    init(_ options: [String] = [], environment: [String: String] = [:], outputToTerminal: Bool = false) throws
    {
      terminal = try PseudoTerminal()
      folder = try TemporaryFolder()
      output = try folder.write("", to: "out")
      process.executableURL = Program.wanCheck.executable
      process.arguments = options + ["-"]
      process.environment = ProcessInfo.processInfo.environment.merging(["TERM": "xterm"]) { $1 }
        .merging(environment) { $1 }
      process.standardInput = jobs
      process.standardError = terminal.programEnd
      process.standardOutput = outputToTerminal ? terminal.programEnd : try FileHandle(forWritingTo: output)
      try process.run()
    }

    func send(_ line: String) throws {
      try jobs.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
    }

    func interrupt() { process.interrupt() }

    func end() throws -> Int32 {
      try jobs.fileHandleForWriting.close()
      process.waitUntilExit()
      terminal.drain()
      return process.terminationStatus
    }
  }

  @Test func aLineIsShownAndTakenAway() throws {
    let run = try Waiting(["--stdin-filename", "x.jsonl"])
    try run.send("{}")
    #expect(run.terminal.wait(for: "1 of 1+ checked"), "\(run.terminal.text)")
    #expect(try run.end() == 1)
    #expect(run.terminal.text.hasSuffix(Self.erasure))
    #expect(!run.terminal.text.contains("\n"), "one line, and no more")
    let report = try String(contentsOf: run.output, encoding: .utf8)
    #expect(report.contains("1 invalid"))
    #expect(!report.contains("\u{1B}"))
  }

  @Test func resultsOnTheSameTerminalStandOnLinesOfTheirOwn() throws {
    let run = try Waiting(["--stdin-filename", "x.jsonl", "--color", "never"], outputToTerminal: true)
    #expect(run.terminal.wait(for: "0 of 0+ checked"), "\(run.terminal.text)")
    try run.send("{}")
    #expect(run.terminal.wait(for: "1 of 1+ checked"), "\(run.terminal.text)")
    #expect(try run.end() == 1)
    #expect(run.terminal.text.contains("checked\(Self.erasure)invalid"), "\(run.terminal.text)")
    // This is what a user sees at the end: the progress line is erased.
    let visible = run.terminal.text.replacing(/[^\n]*\r\u{1B}\[K/, with: "")
    #expect(visible.hasPrefix("invalid"))
    #expect(!visible.contains("checked"), "\(visible)")
  }

  @Test func anInterruptionTakesItAway() throws {
    let run = try Waiting()
    #expect(run.terminal.wait(for: "checked"), "\(run.terminal.text)")
    run.interrupt()
    #expect(run.terminal.wait(for: "checked\(Self.erasure)"))
    #expect(try run.end() == 130)
    #expect(run.terminal.text.hasSuffix(Self.erasure))
  }

  @Test(arguments: [["--quiet"], ["TERM=dumb"]])
  func nothingIsShownToWhoWantsNone(_ settings: [String]) throws {
    let environment = Dictionary(
      uniqueKeysWithValues: settings.filter { $0.contains("=") }.map { text in
        let parts = text.split(separator: "=").map(String.init)
        return (parts[0], parts[1])
      })
    let run = try Waiting(settings.filter { $0.hasPrefix("--") }, environment: environment)
    // This is longer than the delay before the line is shown.
    Thread.sleep(forTimeInterval: 1.2)
    #expect(try run.end() == 1, "an empty input is not a job")
    #expect(!run.terminal.text.contains("checked"), "\(run.terminal.text)")
    #expect(!run.terminal.text.contains("\u{1B}"))
  }

  @Test func nothingIsShownToAPipe() throws {
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let outcome = try shell.run(["-c", "(sleep 1.2) | \"$0\" - | cat", Program.wanCheck.executable.path])
    #expect(outcome.errors.isEmpty, "\(outcome.errors)")
    #expect(outcome.text.hasPrefix("invalid"), "\(outcome.text)")
  }
}
