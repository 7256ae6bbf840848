import AssetOpening
import AssetSource
import Foundation
import JudgingKit
import Testing
import WanCheck
import WanReport

@Suite struct GitLabTests {
  private static func issues(_ text: String) throws -> [[String: Any]] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
  }

  @Test(.enabled(if: Consumer.python != nil, "python3 with jsonschema is needed"))
  func agreesWithWhatGitLabDocuments() async throws {
    let text = try await SampleResults.report(GitLabReporter(SampleResults.context))
    #expect(try Consumer.jsonProblems(text, schema: "gitlab-code-quality.json") == "")
    let empty = ReportTests.report([], GitLabReporter(SampleResults.context))
    #expect(try Consumer.jsonProblems(empty, schema: "gitlab-code-quality.json") == "")
    let broken = text.replacing("\"severity\":\"critical\"", with: "\"severity\":\"bad\"")
    #expect(try Consumer.jsonProblems(broken, schema: "gitlab-code-quality.json") != "")
  }

  @Test func everyFindingIsThereWithAFingerprintOfItsOwn() async throws {
    let all = try await SampleResults.all()
    let issues = try Self.issues(ReportTests.report(all, GitLabReporter(SampleResults.context)))
    #expect(issues.count == all.reduce(0) { $0 + $1.findings.count })
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == issues.count)
  }

  @Test func aFindingHasItsPlaceAndSeverity() async throws {
    let unproved = try await Checking([Named.start: .closed(.unreachable)]).job([.startImage])
    let warned = try await Checking().job([.startImage], "\"x\": 1")
    let issues = try Self.issues(
      ReportTests.report(
        [try await ReportTests.smallImage(), unproved, warned], GitLabReporter(SampleResults.context)))
    let small = try #require(issues.first)
    #expect(small["check_name"] as? String == "image-dimensions")
    #expect(small["severity"] as? String == "critical")
    #expect(
      small["description"] as? String == "start_image: each side must be 240 to 8000 px; found 200x150 px")
    let location = try #require(small["location"] as? [String: Any])
    #expect(location["path"] as? String == "sub/job.json")
    #expect(location["lines"] as? [String: Int] == ["begin": 2])
    #expect(issues.dropFirst().compactMap { $0["severity"] as? String } == ["major", "minor"])
  }
}
