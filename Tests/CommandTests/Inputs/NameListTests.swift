import FixtureKit
import Foundation
import Testing

/// `--files-from0`: a list of file names instead of a command line.
@Suite struct NameListTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let picture = try Data(contentsOf: Fixture("accept/image/png-rgb-8.png").url)
    for name in ["a.png", "-x.png", "b*.png", "c\nd.png"] { try folder.write(picture, to: "./\(name)") }
    try folder.write(#"{"start_image_url": "a.png"}"#, to: "job.json")
  }

  private func run(_ arguments: [String], input: String = "") throws -> Program.Outcome {
    try Program.wanCheck.run(arguments, input: Data(input.utf8), in: folder.url)
  }

  private func verdicts(_ outcome: Program.Outcome) throws -> [String] {
    struct Report: Decodable {
      struct Result: Decodable {
        var input: String
        var verdict: String
      }
      var results: [Result]
    }
    return try JSONDecoder().decode(Report.self, from: outcome.output).results.map {
      "\($0.input) \($0.verdict)"
    }
  }

  @Test(arguments: [
    "a.png\0-x.png\0b*.png\0c\nd.png\0job.json\0", "a.png\0-x.png\0b*.png\0c\nd.png\0job.json",
  ])
  func everyNameIsChecked(_ list: String) throws {
    try folder.write(list, to: "list")
    let expected = ["a.png valid", "-x.png valid", "b*.png valid", #"c\u{A}d.png valid"#, "job.json valid"]
    for outcome in [
      try run(["--format", "json", "--files-from0", "list"]),
      try run(["--format", "json", "--files-from0", "-"], input: list),
    ] {
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try verdicts(outcome) == expected)
    }
  }

  @Test func thereMayBeManyNames() throws {
    let list = (0..<500).map { "no-such-\($0).png\0" }.joined()
    let outcome = try run(["--format", "jsonl", "--files-from0", "-"], input: list)
    #expect(outcome.status == 1)
    #expect(outcome.text.contains(#""inputs":500"#))
  }

  /// Names on the command line and in a list are bytes, not text.
  @Test func aNameNeedNotBeText() throws {
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let script = #"""
      n=$(printf 'n\377.png'); cp a.png "$n"; printf '%s\0' "$n" >list
      "$0" --format sarif --files-from0 list && "$0" --quiet "$n" && "$0" --format sarif --depth header --strict --role audio "$n"
      """#
    let outcome = try shell.run(["-c", script, Program.wanCheck.executable.path], in: folder.url)
    #expect(outcome.text.contains(#""uri":"n%FF.png""#), "\(outcome.text.suffix(600)) \(outcome.errors)")
    #expect(outcome.errors.isEmpty)
  }

  struct Misuse: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var input = ""
    var errors: String
    var testDescription: String { arguments.joined(separator: " ") + " \(input.debugDescription)" }
  }

  @Test(arguments: [
    Misuse(arguments: ["--files-from0", "no-such-list"], errors: "no-such-list cannot be read"),
    Misuse(arguments: ["--files-from0", "-", "a.png"], errors: "remove the other inputs"),
    Misuse(arguments: ["--files-from0", "-"], errors: "no media and no jobs found"),
    Misuse(arguments: ["--files-from0", "-"], input: "a.png\nb.png\n", errors: "`find -print0`"),
    Misuse(arguments: ["--files-from0", "-"], input: "a.png\0\0", errors: "empty"),
    Misuse(arguments: ["--files-from0", "-"], input: "-\0", errors: "only once"),
    Misuse(arguments: ["submit", "--files-from0", "-", "a.json"], errors: "remove the other inputs"),
    Misuse(arguments: [], errors: "no input"),
  ])
  func misuse(_ given: Misuse) throws {
    let outcome = try run(given.arguments, input: given.input)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(given.errors), "\(outcome.errors)")
  }

  /// The list itself is an input that no output may overwrite.
  @Test func aReportDoesNotReplaceTheList() throws {
    try folder.write("a.png\0", to: "list")
    let outcome = try run(["--files-from0", "list", "--report", "json=list"])
    #expect(outcome.status == 2 && outcome.errors.contains("would replace the list of inputs"))
    #expect(try String(contentsOf: folder.url.appending(path: "list"), encoding: .utf8) == "a.png\0")
  }
}
