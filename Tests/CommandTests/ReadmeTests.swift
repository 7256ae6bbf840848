import FixtureKit
import Foundation
import Testing
import WanCheck
import WanReport

/// The output shown in the README is the real output; `RECORD=1` writes it again.
@Suite(.serialized) struct ReadmeTests {
  private static let root = Fixture.root.deletingLastPathComponent()
  private static let readme = root.appending(path: "README.md")

  @Test(arguments: [("README.md", 3), ("docs/check-before-upload.md", 1)])
  func theOutputsAreReal(page: String, shows count: Int) throws {
    let file = Self.root.appending(path: page)
    let text = try String(contentsOf: file, encoding: .utf8)
    var fresh = text
    var shown = 0
    for block in text.matches(of: /```console\n\$ wan-check ([^\n]+)\n([\s\S]*?)```/) {
      shown += 1
      let arguments = block.output.1.split(separator: " ").map(String.init)
      let outcome = try Program.wanCheck.run(arguments, in: Self.root)
      fresh = fresh.replacing(
        block.output.0, with: "```console\n$ wan-check \(block.output.1)\n\(outcome.text)```")
    }
    #expect(shown == count)
    try Self.compare(text, fresh, of: file)
  }

  @Test func theJobIsTheOneThatIsChecked() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let job = try String(contentsOf: Fixture("readme/job.json").url, encoding: .utf8)
    #expect(text.contains("```json\n\(job)```"))
  }

  @Test func theLimitsAreTheLimits() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    let table = LimitListing.markdown(.documented)
    let fresh = text.replacing(
      /<!-- limits -->[\s\S]*<!-- \/limits -->/, with: "<!-- limits -->\n\(table)<!-- /limits -->")
    try Self.compare(text, fresh, of: Self.readme)
  }

  private static func compare(_ text: String, _ fresh: String, of file: URL) throws {
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
      try Data(fresh.utf8).write(to: file)
    } else {
      #expect(text == fresh, "RECORD=1 swift test --filter ReadmeTests records it again")
    }
  }
}
