import AssetOpening
import AssetSource
import Crypto
import Foundation
import JudgingKit
import MediaFacts
import Testing
import WanCheck
import WanReport
import WanSubmit
import WanSubmitReport

@Suite struct HTMLReporterTests {
  private let context = ReportContext(version: "1.2.3", depth: .full, limits: .documented)

  private func page(_ results: [CheckResult], _ submission: SubmissionReport? = nil) -> String {
    var reporter: any Reporter = HTMLReporter(context)
    var summary = Summary()
    var text = reporter.begin()
    for result in results {
      summary.count(result, submission)
      text += reporter.result(result, submission)
    }
    return text + reporter.end(summary)
  }

  private func part(_ page: String, _ start: String, _ end: String) throws -> String {
    let after = try #require(page.range(of: start)).upperBound
    return String(page[after..<(try #require(page.range(of: end, range: after..<page.endIndex))).lowerBound])
  }

  @Test func policyNamesTheStyleAndTheScriptThatAreThere() async throws {
    let page = page([try await Checking().facts(.image())])
    let policy = try part(page, "Content-Security-Policy\" content=\"", "\"")
    #expect(policy.contains("default-src &#39;none&#39;"))
    for (name, start, end) in [("style", "<style>", "</style>"), ("script", "<script>", "</script>")] {
      let source = try part(page, start, end)
      let hash = Data(SHA256.hash(data: Data(source.utf8))).base64EncodedString()
      #expect(policy.contains("\(name)-src &#39;sha256-\(hash)&#39;"))
    }
    #expect(policy.contains("base-uri &#39;none&#39;; form-action &#39;none&#39;"))
    #expect(!page.contains("style=\""))
    #expect(!page.contains("http://"))
    #expect(!page.contains("<link"))
  }

  @Test func scriptIsTheSameWhateverIsReported() async throws {
    let one = try part(page([]), "<script>", "</script>")
    let other = try part(page(try await ReportTests.someResults()), "<script>", "</script>")
    #expect(one == other)
  }

  @Test(arguments: [
    (0, 0, "Nothing was checked"), (1, 0, "The input is valid"), (3, 0, "All 3 inputs are valid"),
    (0, 1, "The input is invalid"), (2, 1, "1 of 3 inputs is invalid"), (1, 2, "2 of 3 inputs are invalid"),
  ])
  func verdictComesFirst(_ valid: Int, _ invalid: Int, _ headline: String) async throws {
    let good = try await Checking().facts(.image())
    let bad = try await Checking().facts(.image(100, 100))
    let page = page(Array(repeating: good, count: valid) + Array(repeating: bad, count: invalid))
    #expect(try part(page, "<title>", "</title>") == "\(headline) - wan-check")
    #expect(try part(page, "<h1", "</h1>").hasSuffix(headline))
    #expect(page.components(separatedBy: "<article").count - 1 == valid + invalid)
  }

  @Test func inconclusiveIsNoPass() async throws {
    let open = try await Checking([Named.start: .closed(.timedOut)]).asset(Named.start)
    let page = page([try await Checking().facts(.image()), open])
    #expect(try part(page, "<h1", "</h1>").hasSuffix("1 of 2 inputs is inconclusive"))
    #expect(page.contains("<section class=\"overview inconclusive\""))
  }

  @Test func findingHasRuleFixAndGauge() async throws {
    let page = page([try await ReportTests.smallImage()])
    #expect(page.contains("<code class=\"rule\">image-dimensions</code>"))
    #expect(page.contains("convert png:./a.png -resize &#39;320x240!&#39; png:./a-fixed.png"))
    #expect(page.contains("data-rules=\"image-dimensions\""))
    #expect(page.contains("<li class=\"g outside\"><span class=\"gs\">width and height</span>"))
    #expect(page.contains("job.json:2:22"))
  }

  @Test func hostileNamesAreText() async throws {
    let name = "./\"><img src=x onerror=alert(1)><script>\u{202E}.png"
    var check = Checking()
    check.assets[name] = FakeAsset(.image(100, 100))
    let page = page([try await check.asset(name)])
    #expect(!page.contains("<img"))
    #expect(page.components(separatedBy: "<script").count == 2)
    #expect(!page.unicodeScalars.contains("\u{202E}"))
    #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;"))
  }

  @Test func submissionIsShown() async throws {
    let result = try await Checking().job([.startImage])
    var error = ProviderError(status: 400, message: "no <b>")
    error.invalidParameters = [InvalidParameter(name: "prompt", reason: "too </li> long")]
    let refused = page([result], SubmissionReport(Submission(.refused, message: "refused", error: error)))
    #expect(refused.contains("Submission: refused"))
    #expect(refused.contains("status 400: no &lt;b&gt;"))
    #expect(refused.contains("<code>prompt</code>: too &lt;/li&gt; long"))
    let sent = page([result], SubmissionReport(Submission(.submitted, taskID: "t-<1>")))
    #expect(sent.contains("<dt>task</dt><dd>t-&lt;1&gt;</dd>"))
    #expect(sent.contains("1 submitted"))
  }

  @Test func queriesAreShownOnRequestOnly() async throws {
    let url = "\(Named.start)?secret=1"
    let result = try await Checking([url: FakeAsset(.image())]).asset(url)
    #expect(!page([result]).contains("secret"))
    var open = context
    open.showURLs = true
    #expect(ReportTests.report([result], HTMLReporter(open)).contains("secret=1"))
  }

  @Test func aLargeReportStaysSmall() async throws {
    let results = [try await Checking().facts(.image()), try await Checking().facts(.video(Rational(12)))]
    let page = page((0..<1000).flatMap { _ in results })
    #expect(page.utf8.count < 6_000_000)
  }
}
