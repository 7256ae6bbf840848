import AssetOpening
import AssetSource
import JudgingKit
import Testing
import WanCheck
import WanReport

@Suite(.enabled(if: Consumer.xmllint != nil, "xmllint is needed")) struct JUnitTests {
  private static func report(_ results: [CheckResult]) -> String {
    ReportTests.report(results, JUnitReporter(SampleResults.context))
  }

  @Test(arguments: [false, true]) func agreesWithTheSchemaThatJenkinsUses(submitting: Bool) async throws {
    let text = try await SampleResults.report(JUnitReporter(SampleResults.context), submitting: submitting)
    #expect(try Consumer.junitProblems(text) == "")
    #expect(try Consumer.junitProblems(Self.report([])) == "")
    // A checker that finds nothing proves nothing.
    #expect(try Consumer.junitProblems(text.replacing("<testsuite ", with: "<suite ")) != "")
    #expect(try Consumer.junitProblems(text.replacing("]]&gt;", with: "]]>")) != "")
  }

  @Test func countsAreWhatIsThere() async throws {
    let text = try await SampleResults.report(JUnitReporter(SampleResults.context), submitting: true)
    for (count, element) in [
      ("tests", "testcase"), ("failures", "*/failure"), ("errors", "*/error"), ("skipped", "*/skipped"),
    ] {
      let stated = try Consumer.xpath("sum(//testsuite/@\(count))", in: text)
      #expect(try Consumer.xpath("count(//testsuite/\(element))", in: text) == stated, "\(count)")
      #expect(stated != "0", "\(count)")
    }
    let results = try await SampleResults.all().count
    #expect(try Consumer.xpath("count(/testsuites/testsuite)", in: text) == "\(results)")
  }

  @Test func aValidJobHasCasesThatPass() async throws {
    let text = Self.report([try await Checking().job([.startImage, .audio])])
    #expect(try Consumer.xpath("count(//testcase[not(*)])", in: text) == "3")
    #expect(try Consumer.xpath("count(//failure | //error)", in: text) == "0")
  }

  @Test func brokenIsAFailureAndUnprovedAnError() async throws {
    let broken = Self.report([try await ReportTests.smallImage()])
    #expect(try Consumer.xpath("string(//testcase[failure]/@name)", in: broken) == "image-dimensions")
    #expect(
      try Consumer.xpath("string(//failure/@message)", in: broken)
        == "each side must be 240 to 8000 px; found 200x150 px")
    #expect(try Consumer.xpath("string(//failure)", in: broken).contains("job.json:2:22: error: each side"))
    let unproved = Self.report([try await Checking([Named.start: .closed(.unreachable)]).job([.startImage])])
    #expect(try Consumer.xpath("string(//testcase[error]/@name)", in: unproved) == "asset-unreachable")
    #expect(try Consumer.xpath("count(//failure)", in: unproved) == "0")
  }

  @Test func aWarningIsOutputOfACaseThatPasses() async throws {
    let text = Self.report([try await Checking().job([.startImage], "\"x\": 1")])
    #expect(try Consumer.xpath("count(//failure | //error)", in: text) == "0")
    #expect(
      try Consumer.xpath("string(//testcase[@name='job-unknown-field']/system-out)", in: text).contains(
        "warning"))
  }
}
