import FixtureKit
import Foundation
import Testing

/// Malformed HTTP from a server or a proxy fails its own asset only, never the run.
@Suite struct MalformedAnswerTests {
  /// A sample of the answers that `make answers` generates.
  @Test(arguments: [
    ["--count", "600"], ["--count", "300", "--depth", "header"], ["--count", "100", "--tunnel"],
  ])
  func theRunGoesOn(_ options: [String]) throws {
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Endurance/answers")
    let python = try #require(Program(named: "python3"))
    let outcome = try python.run([script.standardized.path, Program.wanCheck.executable.path] + options)
    #expect(outcome.status == 0, "\(outcome.text) \(outcome.errors)")
  }
}
