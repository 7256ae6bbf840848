import FixtureKit
import Foundation
import Testing

/// One command line of wan-check, and its expected exit code and output.
struct Call: Sendable, CustomTestStringConvertible {
  var arguments: [String]
  var status: Int32
  var input = ""
  /// Text that standard output must contain.
  var output: String?
  /// Text that standard error must contain.
  var errors: String?

  var testDescription: String { "wan-check \(arguments.joined(separator: " ")) → \(status)" }
}

/// The documented exit codes, including a usage error combined with other outcomes.
@Suite struct ExitCodeTests {
  private static let valid = "accept/image/png-rgb-8.png"
  private static let invalid = "reject/media-format/text.txt"

  @Test(arguments: [
    Call(arguments: [valid], status: 0, output: "1 valid"),
    Call(arguments: ["check", valid], status: 0),
    Call(arguments: [valid, invalid], status: 1, output: "[media-format]"),
    Call(
      arguments: ["--allow-private-hosts", "http://127.0.0.1:1/a.png"], status: 3,
      output: "[asset-unreachable]"),
    Call(
      arguments: ["--offline", "https://cdn.example.net/a.png"], status: 3, output: "[asset-unreachable]"),
    Call(arguments: ["--offline", invalid, "https://cdn.example.net/a.png"], status: 1),
    Call(arguments: ["no-such-file.png"], status: 1, output: "[file-missing]"),
    Call(arguments: ["no-such-file.json"], status: 1, output: "[file-missing]"),
    Call(arguments: ["/dev/null"], status: 3, output: "[file-unreadable]"),
    Call(arguments: [], status: 2, errors: "no input"),
    Call(arguments: ["--depht", "full", valid], status: 2, errors: "--depth"),
    Call(arguments: ["--depth", "deep", valid], status: 2, errors: "depth"),
    Call(arguments: ["--jobs", "0", valid], status: 2, errors: "--jobs"),
    Call(arguments: ["--timeout", "-1", valid], status: 2, errors: "--timeout"),
    Call(arguments: ["", valid], status: 2, output: "1 valid", errors: "empty"),
    Call(arguments: ["no-match-*.png", valid], status: 2, output: "1 valid", errors: "matches nothing"),
    Call(arguments: ["accept/image/edge-*.png"], status: 0),
    Call(arguments: ["make.d"], status: 2, errors: "no media and no jobs found"),
    Call(arguments: ["rules", "no-such-rule"], status: 2, errors: "unknown rule `no-such-rule`"),
    Call(arguments: ["rules", "image-dimension"], status: 2, errors: "did you mean `image-dimensions`?"),
    Call(arguments: ["rules", "image-dimensions"], status: 0, output: "240-8000px per side"),
    Call(arguments: ["limits"], status: 0, output: "Duration: 2-30 seconds"),
    Call(arguments: ["--version"], status: 0, output: "0.1.0"),
    Call(arguments: ["--help"], status: 0, output: "Exit codes"),
    Call(arguments: ["-"], status: 1, input: "{", output: "[job-syntax]"),
    Call(arguments: ["-", "-"], status: 2, input: "{}", errors: "only once"),
  ])
  func endsAsDocumented(call: Call) throws {
    let outcome = try Program.wanCheck.run(call.arguments, input: Data(call.input.utf8), in: Fixture.root)
    #expect(outcome.status == call.status, "\(outcome.text)\(outcome.errors)")
    if let output = call.output { #expect(outcome.text.contains(output)) }
    if let errors = call.errors { #expect(outcome.errors.contains(errors), "\(outcome.errors)") }
  }

  @Test(arguments: ["text", "json", "jsonl", "sarif", "junit", "github", "gitlab", "markdown"])
  func theFormatDoesNotChangeTheExitCode(format: String) throws {
    for (input, status) in [(Self.valid, 0), (Self.invalid, 1), ("https://cdn.example.net/a.png", 3)] {
      let outcome = try Program.wanCheck.run(["--offline", "--format", format, input], in: Fixture.root)
      #expect(outcome.status == Int32(status))
    }
  }

  @Test func strictTurnsWarningsIntoErrors() throws {
    let animated = try #require(Fixture.all(in: "reject/image-animated").first).path
    #expect(try Program.wanCheck.run([animated], in: Fixture.root).status == 0)
    #expect(try Program.wanCheck.run(["--strict", animated], in: Fixture.root).status == 1)
  }

  @Test func aReaderThatLeavesIsNoError() throws {
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let outcome = try shell.run([
      "-c", "\"$0\" rules | head -n 1; exit 0", Program.wanCheck.executable.path,
    ])
    #expect(outcome.errors.isEmpty, "\(outcome.errors)")
  }

  @Test func aFullDiskIsAnInternalErrorWithItsReason() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let outcome = try shell.run(
      ["-c", "\"$0\" \"$1\" > /dev/full", Program.wanCheck.executable.path, Self.valid], in: Fixture.root)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("cannot write the output"))
  }

  @Test func anInterruptionEndsWith130() throws {
    let folder = try TemporaryFolder()
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    // Standard input stays open, so that wan-check waits; a background job ignores signals until it handles them.
    let script =
      "mkfifo f; (sleep 20 > f) & \"$0\" - < f & p=$!; "
      + "for i in 1 2 3 4 5 6; do sleep 0.5; kill -INT $p 2>/dev/null; done; wait $p; echo $?"
    let outcome = try shell.run(["-c", script, Program.wanCheck.executable.path], in: folder.url)
    #expect(outcome.text.hasSuffix("130\n"), "\(outcome.text)\(outcome.errors)")
  }
}
