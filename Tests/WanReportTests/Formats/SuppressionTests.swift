import Foundation
import JudgingKit
import Testing
import WanCheck
import WanReport

/// What a project chose to ignore is told apart in every format, and annotates and fails nothing.
struct SuppressionTests {
  /// An invalid asset whose only error is suppressed.
  private static func result() async throws -> CheckResult {
    var result = try await Checking().facts(.image(200, 150))
    result.findings = result.findings.map { finding in
      var finding = finding
      finding.suppressed = true
      return finding
    }
    return result
  }

  private static func report(_ reporter: any Reporter) async throws -> String {
    ReportTests.report([try await result()], reporter)
  }

  @Test func codeScanningIsToldThatItIsSuppressed() async throws {
    let text = try await Self.report(SARIFReporter(SampleResults.context))
    #expect(text.contains(#""suppressions":[{"kind":"external"}]"#))
    let open = ReportTests.report(
      [try await Checking().facts(.image(200, 150))], SARIFReporter(SampleResults.context))
    #expect(!open.contains("suppressions"))
  }

  @Test func nothingIsAnnotated() async throws {
    let github = try await Self.report(GitHubReporter(SampleResults.context))
    #expect(!github.contains("::error"))
    #expect(github.contains("image-dimensions"))
    #expect(try await Self.report(GitLabReporter(SampleResults.context)) == "[]\n")
  }

  @Test func noCaseFails() async throws {
    let text = try await Self.report(JUnitReporter(SampleResults.context))
    #expect(text.contains("image-dimensions"))
    #expect(!text.contains("<failure"))
  }

  @Test func peopleSeeThatItIsSuppressed() async throws {
    let markdown = try await Self.report(MarkdownReporter(SampleResults.context))
    #expect(markdown.contains("(suppressed)"))
    #expect(try await Self.report(HTMLReporter(SampleResults.context)).contains("(suppressed)"))
  }
}
