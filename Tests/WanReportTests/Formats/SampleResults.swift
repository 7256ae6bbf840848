import AssetOpening
import AssetSource
import JudgingKit
import MediaFacts
import WanCheck
import WanReport
import WanSubmit
import WanSubmitReport

/// Results of every verdict, with names that try to break every format.
enum SampleResults {
  /// Names as a folder, a job file or a server may bring them.
  static let hostileNames = [
    "a b.png", "it's \"quoted\".png", "line\nbreak.png", "a\r\n::error::owned.png", "\u{1B}[31mred.png",
    "::error file=x::y.png", "##[error]z.png", "##[\u{301}error]z.png", "<script>alert(1)</script>.png",
    "a]]>b.png", "a&b<c.png",
    "\u{202E}gnp.exe", "@team #123 GH-1 www.evil.test.png", "[click](https://evil.test).png",
    "a|b`c`*d*_e_.png",
    "\\|x\\.png", "back``tick.png", "%0A%0D%3A.png", "ünïcödé/日本.png", "\u{FFFE}\u{FFFF}.png",
    "../outside.png", "/tmp/abs.png",
    "a,b=c:d.png", "\u{FFFD}\u{FFFD}.png", "### heading.png", "--flag.png", "\u{200D}::warning::x.png",
    "]] ]](x.png",
    "<!-- x --><img src=x onerror=alert(1)>.png", "https\u{200B}://a.test/x.png", "me@example.net.png",
    "{0} {{1}}.png", "bt`\u{301}<img src=x onerror=alert(1)>@octocat **b**.png",
  ]

  static let valid: [(String, @Sendable () async throws -> CheckResult)] = [
    ("image", { try await Checking().facts(.image()) }),
    ("job", { try await Checking().job([.startImage, .audio]) }),
  ]

  /// Results: valid, invalid, inconclusive, and one for each hostile name as an asset and in a job.
  static func all() async throws -> [CheckResult] {
    var results: [CheckResult] = []
    for sample in valid { results.append(try await sample.1()) }
    results += try await ReportTests.someResults()
    results.append(try await Checking([Named.start: .closed(.unreachable)]).asset(Named.start))
    results.append(try await Checking([Named.video: .closed(.refused)]).job([.video]))
    results.append(
      try await Checking().job("{\n\n  \"a\": 1,\n  \"start_image_url\": \"https://cdn.example.net/a.png\"}"))
    for name in hostileNames {
      results.append(try await Checking([name: FakeAsset(.image(1, 1))]).asset(name))
      let quoted = quote(name)
      results.append(
        try await Checking().outcome(
          #"{"id": \#(quoted), "job": {"start_image_url": \#(quoted), \#(quoted): 1, "resolution": \#(quoted)}}"#,
          file: name
        ).result)
    }
    return results
  }

  /// Every outcome of jobs, with hostile text from a server.
  static let submissions: [SubmissionReport] = {
    let hostile = "\n::error::owned <script> @team ##[error] | `x`"
    return [
      SubmissionState.submitted, .alreadySubmitted, .refused, .unknown, .notSent,
    ].map { state in
      var submission = Submission(state)
      submission.message = hostile
      if state == .submitted { submission.taskID = hostile }
      submission.ledgerRow = 7
      if state == .refused {
        submission.error = ProviderError(
          status: 400, message: hostile,
          invalidParameters: [InvalidParameter(name: "::error::name", reason: "##[error] | <b>")])
      }
      return SubmissionReport(submission)
    }
  }()

  /// `text` as a JSON string.
  private static func quote(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..."\u{1F}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  static let context = ReportContext(
    version: "1.2.3", depth: .full, limits: .documented,
    paths: RepositoryPaths(workingFolder: "/repo/sub", root: "/repo"))

  /// The report of all of it, each job with one of the submissions if there are to be any.
  static func report(_ reporter: any Reporter, submitting: Bool = false) async throws -> String {
    var reporter = reporter
    var summary = Summary()
    var text = reporter.begin()
    for (index, result) in try await all().enumerated() {
      let submission = submitting ? submissions[index % submissions.count] : nil
      summary.count(result, submission)
      text += reporter.result(result, submission)
    }
    return text + reporter.end(summary)
  }
}
