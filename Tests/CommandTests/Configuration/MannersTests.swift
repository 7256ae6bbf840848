import FixtureKit
import Foundation
import Testing

@testable import wan_check

/// How wan-check behaves at a terminal and with closed, piped or redirected output.
@Suite struct MannersTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try Data(contentsOf: Fixture("accept/image/png-rgb-8.png").url), to: "a.png")
  }

  private func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Program.Outcome {
    try Program.wanCheck.run(arguments, environment: environment, in: folder.url)
  }

  @Test func verboseSaysWhatAVerdictRestsOnOnStandardError() throws {
    let plain = try run(["a.png"])
    let verbose = try run(["--verbose", "a.png"])
    #expect(verbose.output == plain.output)
    #expect(plain.errors.isEmpty)
    let lines = verbose.errors.split(separator: "\n")
    #expect(lines.first == "wan-check: configuration: none")
    #expect(lines.contains("wan-check: start_image a.png"))
    #expect(lines.contains { $0.hasPrefix("wan-check:   proved: header, ") && $0.contains("rows") })
    #expect(lines.contains { $0.wholeMatch(of: /wan-check:   sha256 of \d+ bytes: [0-9a-f]{64}/) != nil })
    #expect(!verbose.errors.contains("\u{1B}"))
    try folder.write("depth: header", to: ".wan-check.yml")
    #expect(try run(["--verbose", "a.png"]).errors.hasPrefix("wan-check: configuration: .wan-check.yml\n"))
    #expect(
      try run(["--verbose", "--no-config", "a.png"]).errors.hasPrefix(
        "wan-check: configuration: none (--no-config)\n"))
  }

  @Test func verboseTellsNoSecrets() throws {
    let outcome = try run([
      "--verbose", "--show-urls", "--offline", "https://u:hunter2@cdn.example.net/a.png?sig=hunter2",
    ])
    #expect(outcome.errors.contains("not fetched"))
    #expect(!outcome.errors.contains("hunter2"))
  }

  @Test func quietAndVerboseExcludeEachOther() throws {
    let outcome = try run(["--verbose", "--quiet", "a.png"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("`--quiet` and `--verbose` exclude each other"))
    #expect(try run(["--quiet", "a.png"]).errors.isEmpty)
    #expect(try run(["--quiet", "a.png"]).text == "1 input: 1 valid\n")
  }

  /// The next file that is opened gets the free descriptor number; a report must not be written into that file.
  @Test(arguments: ["rules", "--format json a.png", "--files-from0 list"])
  func aClosedOutputIsSaidToBeClosed(_ arguments: String) throws {
    try folder.write("a.png\0", to: "list")
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let closed = try shell.run(
      ["-c", "\"$0\" \(arguments) >&-", Program.wanCheck.executable.path], in: folder.url)
    #expect(closed.status == 4)
    #expect(
      closed.errors == "wan-check: standard output is closed; redirect it to /dev/null to discard it\n")
    let all = try shell.run(
      ["-c", "\"$0\" \(arguments) <&- >&- 2>&-", Program.wanCheck.executable.path], in: folder.url)
    #expect(all.status == 4)
  }

  @Test func whatIsThereAlreadyIsSaidInALine() throws {
    #expect(try run(["init", "--quiet"]).status == 0)
    let again = try run(["init"])
    #expect(again.status == 2)
    #expect(again.errors == "wan-check: .wan-check.yml is there already: --force replaces it\n")
  }

  @Test func aLongConfigurationIsNoListOfJobs() throws {
    try folder.write("ignore: [\(String(repeating: "a,", count: 100_001))]\n", to: ".wan-check.yml")
    let outcome = try run(["a.png"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("more than 100000 values in one document: no configuration is that long"))
    #expect(!outcome.errors.contains("job"))
  }

  @Test(
    arguments: [
      (["cdn.example.net/a.png?X-Amz-Signature=hunter2"], 2), (["./a.png?token=hunter2"], 2),
      (["job.json"], 1),
      (["--verbose", "job.json"], 1), (["--files-from0", "list"], 2),
      (["submit", "--dry-run", "job.json"], 1),
    ] as [([String], Int32)])
  func aURLWithoutItsSchemeHasItsSecretsAllTheSame(_ arguments: [String], _ status: Int32) throws {
    let text = "cdn.example.net/a.png?X-Amz-Signature=hunter2"
    try folder.write(#"{"start_image_url": "\#(text)"}"#, to: "job.json")
    try folder.write("\(text)\0", to: "list")
    for format in ["text", "json", "sarif", "junit", "github", "gitlab", "markdown", "html"] {
      let outcome = try run(
        arguments + ["--format", format],
        environment: ["FREEPIK_API_KEY": "k", "XDG_STATE_HOME": folder.url.path])
      #expect(outcome.status == status, "\(outcome.errors)")
      #expect(!outcome.text.contains("hunter2") && !outcome.errors.contains("hunter2"), "\(format)")
    }
  }

  @Test(arguments: [
    (["--depth", "ful", "a.png"], "Did you mean 'full'?"),
    (["--format", "jsno", "a.png"], "Did you mean 'json'?"),
    (["--color", "allways", "a.png"], "Did you mean 'always'?"),
    (["--role", "start-imge", "a.png"], "'start_image'?"),
    (["schema", "reprot"], "Did you mean 'report'?"),
    (["rules", "image-alhpa"], "did you mean `image-alpha`?"),
    (["--dpeth", "full", "a.png"], "Did you mean '--depth'?"),
    (["--strcit", "a.png"], "Did you mean '--strict'?"),
    (["submit", "--al-or-nothing", "a.json"], "Did you mean '--all-or-nothing'?"),
  ])
  func aSlipIsAnsweredWithWhatMayHaveBeenMeant(_ arguments: [String], _ hint: String) throws {
    let outcome = try run(arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(hint), "\(outcome.errors)")
  }

  @Test func aCommandThatIsNoneIsAnsweredToo() throws {
    let outcome = try run(["ruels"])
    #expect(
      outcome.errors == "wan-check: ruels is neither a file nor a command; did you mean `wan-check rules`?\n")
    #expect(outcome.status == 1)
    try folder.write(try Data(contentsOf: Fixture("accept/image/png-rgb-8.png").url), to: "ruels")
    #expect(try run(["ruels"]).errors.isEmpty)
    #expect(try run(["nothing-of-the-kind"]).errors.isEmpty)
  }

  @Test func aFieldThatIsNoneIsAnsweredToo() throws {
    try folder.write(#"{"start_image_url": "a.png", "promt": "p"}"#, to: "job.json")
    #expect(try run(["job.json"]).text.contains("fix: did you mean prompt?"))
  }

  @Test(arguments: [
    (
      "Error: The value 'ful' is invalid for '--depth <d>'. Please provide one of 'header' and 'full'.\nHelp",
      "'full'?\nHelp"
    ),
    (
      "Error: The value 'x' is invalid for '--depth <d>'. Please provide one of 'header' and 'full'.",
      "'full'."
    ),
    ("Error: Missing expected argument", "argument"),
  ])
  func onlyAValueOfAListIsCompleted(_ message: String, _ end: String) {
    #expect(UsageMessage.completed(message).hasSuffix(end))
  }

  @Test(
    arguments: [
      ([], [:], false), (["--color", "always"], [:], true), (["--color", "always"], ["NO_COLOR": "1"], true),
      ([], ["FORCE_COLOR": "1"], true), ([], ["FORCE_COLOR": "0"], false),
      ([], ["FORCE_COLOR": "1", "NO_COLOR": "1"], false),
      (["--color", "never"], ["FORCE_COLOR": "1"], false), ([], ["NO_COLOR": "", "FORCE_COLOR": "1"], true),
    ] as [([String], [String: String], Bool)])
  func colourIsUsedWhereItIsWanted(_ options: [String], _ environment: [String: String], _ isColoured: Bool)
    throws
  {
    let outcome = try run(options + ["a.png"], environment: ["NO_COLOR": ""].merging(environment) { $1 })
    #expect(outcome.text.contains("\u{1B}[") == isColoured)
  }

  /// File names reach the command line through `wan-check *`, and GitHub searches a workflow's log for commands.
  @Test(arguments: [
    ["a.png", "--x\u{1B}[31m\n::error::owned"], ["--depth", "f\n::error::owned", "a.png"],
    ["--depth=f\n::error::owned", "a.png"], ["rules", "x\u{1B}[31m\n::error::owned"],
  ])
  func whatIsMistypedIsShownAsText(_ arguments: [String]) throws {
    let outcome = try run(arguments)
    #expect(outcome.status == 2)
    #expect(!outcome.errors.contains("\u{1B}"))
    #expect(!outcome.errors.split(separator: "\n").contains { $0.hasPrefix("::") })
  }
}
