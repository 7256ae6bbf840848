import AssetOpening
import AssetSource
import FixtureKit
import Foundation
import MediaFacts
import MediaProbe
import Testing
import WanCheck

/// The README's ten lines compile and run.
@Suite struct LibraryExampleTests {
  @Test func theExampleOfTheReadmeRuns() async throws {
    var printed: [String] = []
    func print(_ items: Any...) { printed.append(items.map { "\($0)" }.joined(separator: " ")) }
    // README: begin
    let text = Array(#"{"start_image_url": "lake.png", "prompt": "slow pan"}"#.utf8)
    var reader = JobDocumentReader(text, format: .json)
    guard let record = reader.next() else { return }

    let preflight = Preflight(
      prober: .inProcess, configuration: .init(depth: .full), opener: HTTPAssetOpener())
    switch try await preflight.check(Job(record)) {
    case .submittable(let validated, _): print("ready to send:", validated.body)
    case .notSubmittable(let result): print(result.verdict, result.findings.map(\.message))
    }
    // README: end
    #expect(printed.count == 1)
    #expect(printed.first?.hasPrefix("invalid") == true, "\(printed)")
  }

  @Test func theReadmeShowsThisExample() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let readme = try String(
      contentsOf: Fixture.root.deletingLastPathComponent().appending(path: "README.md"), encoding: .utf8)
    let example = try #require(source.firstMatch(of: /\/\/ README: begin\n([\s\S]*?)    \/\/ README: end/))
      .output.1
    let lines = example.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("    ") ? line.dropFirst(4) : line
    }
    #expect(readme.contains(lines.joined(separator: "\n")))
  }
}
