import FixtureKit
import Foundation
import Testing

/// The pages of the rules agree with the catalogue, and no link is dead.
@Suite struct DocsTests {
  private static let root = Fixture.root.deletingLastPathComponent()

  private func script(_ name: String, _ arguments: [String]) throws -> Program.Outcome {
    try Program(executable: Self.root.appending(path: "Scripts/\(name)")).run(arguments)
  }

  @Test func thePagesAreFreshAndTheLinksAlive() throws {
    let outcome = try script("check-docs", [Program.wanCheck.executable.path])
    #expect(outcome.status == 0, "\(outcome.text.prefix(2000))\(outcome.errors.prefix(2000))")
  }

  @Test func aStalePageIsNoticed() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "docs"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: Self.root.appending(path: "docs/rules"), to: folder.url.appending(path: "docs/rules"))
    let arguments = [Program.wanCheck.executable.path, folder.url.path(percentEncoded: false)]
    #expect(try script("check-docs", arguments).status == 0)
    try folder.write("# image-alpha\n\nAn older text.\n", to: "docs/rules/image-alpha.md")
    let outcome = try script("check-docs", arguments)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("docs/rules is stale"))
  }

  @Test func aDeadLinkIsNoticed() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "# One\n\n[two](two.md#second-part), [one](#one), [web](https://h.net/x.md)\n", to: "one.md")
    try folder.write("# Two\n\n## Second part\n\n`[no link](nowhere.md)`\n", to: "two.md")
    #expect(try script("check-links", [folder.url.path]).status == 0)
    try folder.write("# Two\n\n[gone](gone.md) and [part](one.md#two)\n", to: "two.md")
    let outcome = try script("check-links", [folder.url.path])
    #expect(outcome.status == 1)
    for link in [
      "one.md: dead link: two.md#second-part", "two.md: dead link: gone.md", "two.md: dead link: one.md#two",
    ] {
      #expect(outcome.errors.contains(link), "\(outcome.errors)")
    }
  }

  /// The man page lists every option and command, and its roff has no warnings.
  @Test func theManPageNamesEveryOption() throws {
    let dump = try Program.wanCheck.run(["--experimental-dump-help"])
    let page = try Program(executable: Self.root.appending(path: "Scripts/man-page")).run(
      ["1.2.3"], input: dump.output)
    try #require(page.status == 0, "\(page.errors)")
    let help = try Program.wanCheck.run(["check", "--help"]).text
    let options = Set(help.matches(of: /--[a-z-]+/).map { String($0.output) })
    #expect(options.count > 10)
    for option in options {
      #expect(page.text.contains(option.replacing("-", with: "\\-")), "\(option)")
    }
    #expect(page.text.hasPrefix(".TH WAN-CHECK 1 \"\" \"wan-check 1.2.3\" \"User Commands\"\n"))
    for code in [0, 1, 2, 3, 4, 5, 6, 7, 130] {
      #expect(page.text.contains("\n.TP\n.B \(code)\n"), "exit status \(code)")
    }
    for section in ["EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES"] {
      #expect(page.text.contains("\n.SH \(section)\n.TP\n"), "\(section)")
    }
    // A flag and its opposite are one entry with one sentence.
    #expect(page.text.contains(".TP\n\\fB\\-\\-strict\\fR, \\fB\\-\\-no\\-strict\\fR\n"))
    let dull = page.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().filter { line in
      line.isEmpty || line == "\\&"
    }
    #expect(dull.isEmpty, "an empty line where a paragraph should begin")
  }

  /// The page's section on exit codes must list everything that users rely on.
  @Test func aDumpWithoutExitCodesIsNoticed() throws {
    let page = try Program(executable: Self.root.appending(path: "Scripts/man-page")).run(
      ["1.2.3"], input: Data(#"{"command": {"commandName": "x", "discussion": "Words."}}"#.utf8))
    #expect(page.status == 1 && page.errors.contains("exit codes"))
  }
}
