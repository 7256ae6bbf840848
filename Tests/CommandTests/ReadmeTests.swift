import FixtureKit
import Foundation
import Testing
import WanCheck

/// What the README shows is what happens; `RECORD=1` writes it anew.
@Suite(.serialized) struct ReadmeTests {
  private static let root = Fixture.root.deletingLastPathComponent()
  private static let readme = root.appending(path: "README.md")

  @Test func theOutputsAreReal() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    var fresh = text
    var shown = 0
    for block in text.matches(of: /```console\n\$ wan-check ([^\n]+)\n([\s\S]*?)```/) {
      shown += 1
      let arguments = block.output.1.split(separator: " ").map(String.init)
      let outcome = try Program.wanCheck.run(arguments, in: Self.root)
      fresh = fresh.replacing(
        block.output.0, with: "```console\n$ wan-check \(block.output.1)\n\(outcome.text)```")
    }
    #expect(shown == 3)
    try Self.compare(text, fresh)
  }

  @Test func theJobIsTheOneThatIsChecked() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let job = try String(contentsOf: Fixture("readme/job.json").url, encoding: .utf8)
    #expect(text.contains("```json\n\(job)```"))
  }

  @Test func theLimitsAreTheLimits() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let rows = Limits.documented.all.map { limit in
      let standard = limit.defaultValue.map { " (default \($0))" } ?? ""
      return "| \(limit.subject) | \(limit.text)\(standard) | \(limit.readings.joined(separator: ", ")) |\n"
    }
    let table = "| | limit | readings |\n|---|---|---|\n\(rows.joined())"
    let fresh = text.replacing(
      /<!-- limits -->[\s\S]*<!-- \/limits -->/, with: "<!-- limits -->\n\(table)<!-- /limits -->")
    try Self.compare(text, fresh)
  }

  @Test(arguments: ["README.md", "CONTRIBUTING.md", "Fixtures/README.md"])
  func noLinkToAFileIsDead(page: String) throws {
    let file = Self.root.appending(path: page)
    let text = try String(contentsOf: file, encoding: .utf8)
    for link in text.matches(of: /\]\(([^)#:]+)\)/) {
      let target = file.deletingLastPathComponent().appending(path: String(link.output.1))
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(link.output.1)")
    }
  }

  private static func compare(_ text: String, _ fresh: String) throws {
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try Data(fresh.utf8).write(to: readme)
    } else {
      #expect(text == fresh, "RECORD=1 swift test --filter ReadmeTests writes it anew")
    }
  }
}
