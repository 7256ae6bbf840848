import AssetOpening
import AssetSource
import Foundation
import JudgingKit
import MediaFacts
import Testing
import WanCheck
import WanReport
import WanSubmitReport

@Suite struct ReportTests {
  private static let context = ReportContext(version: "1.2.3", depth: .full, limits: .documented)

  static func report(_ results: [CheckResult], _ reporter: any Reporter) -> String {
    var reporter = reporter
    var summary = Summary()
    var text = reporter.begin()
    for result in results {
      summary.count(result)
      text += reporter.result(result)
    }
    return text + reporter.end(summary)
  }

  static func json(_ results: [CheckResult], _ context: ReportContext = context) throws -> [String: Any] {
    let text = report(results, JSONReporter(context))
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  /// A JSON value as text with its keys in order.
  private static func canonical(_ value: [String: Any]) throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self)
  }

  /// A small image at a signed link, in a job.
  static func smallImage() async throws -> CheckResult {
    let url = "https://u.example.net/a.png?sig=secret"
    let checking = Checking([url: FakeAsset(.image(200, 150))])
    return try await checking.job("{\n  \"start_image_url\": \"\(url)\"\n}")
  }

  @Test func contractShape() async throws {
    let report = try Self.json([try await Self.smallImage()])
    #expect(
      Set(report.keys) == ["schema_version", "tool", "profile", "depth", "confinement", "results", "summary"])
    #expect(report["schema_version"] as? Int == 2)
    #expect(report["tool"] as? [String: String] == ["name": "wan-check", "version": "1.2.3"])
    let profile = try #require(report["profile"] as? [String: Any])
    #expect(profile["id"] as? String == "freepik/wan-2-7")
    #expect(profile["captured"] as? String == "2026-11-22")
    #expect((profile["overrides"] as? [String: String])?.isEmpty == true)
    #expect(report["depth"] as? String == "full")
    #expect(
      report["summary"] as? [String: Int] == [
        "inputs": 1, "valid": 0, "invalid": 1, "inconclusive": 0, "errors": 1, "warnings": 0, "notes": 0,
      ])
    let result = try #require((report["results"] as? [[String: Any]])?.first)
    #expect(
      try Self.canonical(result.filter { $0.key != "assets" && $0.key != "findings" })
        == #"{"id":null,"index":0,"input":"job.json","kind":"job","mode":"first_frame","#
        + #""not_submittable_because":["invalid"],"record":0,"submittable":false,"verdict":"invalid"}"#)
    let finding = try #require((result["findings"] as? [[String: Any]])?.first)
    #expect(
      try Self.canonical(finding)
        == #"{"actual":{"height":150,"width":200},"column":22,"effect":"violation","file":"job.json","#
        + #""fix":{"applicability":"lossy","kind":"command","program":"imagemagick","text":"[ ! -e ./a-fixed.png ]"#
        + #" && { convert png:./a.png -resize '320x240!' png:./a-fixed.png || ! rm -f ./a-fixed.png; }","#
        + #""writes":"a-fixed.png"},"#
        + #""limit":{"max":8000,"min":240,"unit":"px"},"line":2,"#
        + #""message":"each side must be 240 to 8000 px; found 200x150 px","pointer":"/start_image_url","#
        + #""readings":[{"actual":{"height":150,"width":200},"inside":false,"name":"stored"}],"#
        + #""role":"start_image","rule":"image-dimensions","severity":"error"}"#)
    let asset = try #require((result["assets"] as? [[String: Any]])?.first)
    #expect(Set(asset.keys) == ["role", "location", "location_id", "verdict", "facts", "delivery"])
    #expect(asset["location"] as? String == "https://u.example.net/a.png?…")
    let facts = try #require(asset["facts"] as? [String: Any])
    let promised = [
      "kind", "format", "bytes", "sha256", "end_declared", "width", "height", "orientation", "animated",
      "alpha",
      "color", "bit_depth",
    ]
    #expect(Set(promised).subtracting(facts.keys).isEmpty)
    let delivery = try #require(asset["delivery"] as? [String: Any])
    #expect(
      Set(delivery.keys) == [
        "final_url", "status", "redirects", "requests", "bytes_received", "etag", "content_type",
        "content_encoding", "proxied",
      ])
  }

  @Test func audioAndVideoFacts() async throws {
    let audio = try await Checking().facts(.audio())
    let video = try await Checking().facts(.video())
    let results = try #require(try Self.json([audio, video])["results"] as? [[String: Any]])
    let facts = results.compactMap { ($0["assets"] as? [[String: Any]])?.first?["facts"] as? [String: Any] }
    #expect(
      Set(["codec", "sample_rate", "channels", "duration"]).subtracting(try #require(facts.first).keys)
        .isEmpty)
    let ofVideo = [
      "brand", "codec", "width", "height", "display_width", "display_height", "rotation", "frame_rate",
      "frames",
      "has_audio", "fragmented", "moov_first", "duration",
    ]
    #expect(Set(ofVideo).subtracting(try #require(facts.last).keys).isEmpty)
    #expect(facts.last?["duration"] as? [String: Int] == ["container": 4, "stream": 4, "counted": 4])
  }

  static func someResults() async throws -> [CheckResult] {
    let hostile = "a\u{1B}[31m\n::error::x\u{202E}\"\\.png"
    return [
      try await smallImage(), try await Checking().facts(.audio()),
      try await Checking().facts(.video(Rational(11))),
      try await Checking().job([.video, .audio], "\"x/y\": 1, \"duration\": \"5\""),
      try await Checking().job("{"), try await Checking([hostile: FakeAsset(.image(1, 1))]).asset(hostile),
      try await Checking([Named.start: .closed(.unreachable)]).job([.startImage]),
      try await Checking().facts(.image(), length: nil),
      try await Checking().facts(MediaFacts.audio().audio { $0.duration.counted = Rational(1, over: 3) }),
    ]
  }

  @Test(arguments: [0, 1, 2, 9]) func documentsAgreeWithTheSchema(_ count: Int) async throws {
    let results = Array(try await Self.someResults().prefix(count))
    let report = try Self.json(results)
    #expect((report["results"] as? [Any])?.count == count)
    for schema in [JSONSchema.report, JSONSchema.submissionReport] {
      #expect(try SchemaChecker(schema).problems(report) == [])
    }
  }

  @Test func documentsWithSubmissionsAgreeWithTheSchema() async throws {
    let context = SampleResults.context
    let text = try await SampleResults.report(JSONReporter(context), submitting: true)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(try SchemaChecker(JSONSchema.submissionReport).problems(report) == [])
    let summary = try #require(report["summary"] as? [String: Any])
    let counts = try #require(summary["submissions"] as? [String: Int])
    #expect(Set(counts.keys) == ["submitted", "already_submitted", "refused", "unknown", "not_sent"])
  }

  /// A checker that finds nothing proves nothing.
  @Test func schemaRefusesAnotherReport() throws {
    let checker = try SchemaChecker(JSONSchema.report)
    var report = try Self.json([])
    report["depth"] = "shallow"
    #expect(!checker.problems(report).isEmpty)
    report["depth"] = nil
    #expect(!checker.problems(report).isEmpty)
    report = try Self.json([])
    report["results"] = [["input": 1]]
    #expect(!checker.problems(report).isEmpty)
  }

  /// Each format closes its document, and says that it is not complete.
  @Test func anInterruptedReportSaysSo() {
    var summary = Summary()
    summary.isInterrupted = true
    let reporters: [(any Reporter, String)] = [
      (JSONReporter(Self.context), #""interrupted": true"#),
      (JSONLinesReporter(Self.context), #""interrupted":true"#),
      (SARIFReporter(Self.context), #""executionSuccessful":false"#),
      (JUnitReporter(Self.context), #"errors="1""#),
      (HTMLReporter(Self.context), "not every input was checked"),
      (MarkdownReporter(Self.context), "not every input was checked"),
      (TextReporter(Self.context), "not every input was checked"),
      (GitHubReporter(Self.context), "::error title=wan-check::interrupted"),
    ]
    for (var reporter, statement) in reporters {
      let isText = reporter is TextReporter
      let text = reporter.begin() + reporter.end(summary)
      #expect(text.contains(statement), "\(text.suffix(300))")
      #expect(!(reporter.begin() + reporter.end(Summary())).contains(statement), "\(isText)")
    }
  }

  @Test func linesParseOneByOne() async throws {
    let results = try await Self.someResults()
    let text = Self.report(results, JSONLinesReporter(Self.context))
    #expect(text.hasSuffix("\n"))
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == results.count + 2)
    let values = try lines.map { try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] }
    let inputs = values.dropFirst().dropLast().map { $0?["input"] as? String }
    #expect(inputs == results.map(\.input))
    let summary = try #require(values.last??["summary"] as? [String: Int])
    #expect(values.last??.keys.sorted() == ["kind", "summary"])
    #expect(values.map { $0?["kind"] as? String } == ["run"] + results.map(\.kind.rawValue) + ["summary"])
    #expect(
      values.first??.keys.sorted() == [
        "confinement", "depth", "kind", "profile", "schema_version", "tool",
      ])
    #expect(summary["inputs"] == results.count)
  }

  @Test func overridesAreShown() throws {
    var limits = Limits.documented
    limits[.image, .side].maximum = Rational(9000)
    let report = try Self.json([], ReportContext(version: "1", depth: .full, limits: limits))
    #expect(
      (report["profile"] as? [String: Any])?["overrides"] as? [String: String] == [
        "image-side": "240 to 9000 px"
      ])
  }

  @Test func onlyShowURLsShowsQueriesAndNothingShowsPasswords() async throws {
    let secret = "https://user:hunter2@u.example.net/a.png?sig=secret"
    let open = try await Self.smallImage()
    let closed = try await Checking().asset(secret)
    let shown = ReportContext(version: "1", depth: .full, limits: .documented, showURLs: true)
    for reporter: any Reporter in [
      JSONReporter(Self.context), JSONLinesReporter(Self.context), TextReporter(Self.context),
    ] {
      let text = Self.report([open, closed], reporter)
      #expect(!text.contains("sig=secret") && !text.contains("hunter2"))
    }
    for reporter: any Reporter in [JSONReporter(shown), JSONLinesReporter(shown), TextReporter(shown)] {
      let text = Self.report([open, closed], reporter)
      #expect(text.contains("sig=secret"))
      #expect(!text.contains("hunter2"))
    }
  }

  struct Body: Sendable, CustomTestStringConvertible {
    let text: String
    let isJob: Bool
    var testDescription: String { String(text.prefix(80)) }
  }

  @Test(arguments: [
    Body(text: .body([.startImage]), isJob: true),
    Body(text: .body([.video, .endImage, .audio]), isJob: true),
    Body(text: #"{"id": 4, "job": \#(String.body([.startImage]))}"#, isJob: true),
    Body(text: .body([.startImage], #""duration": 5.0, "seed": 0, "resolution": "720P""#), isJob: true),
    Body(text: .body([.startImage, .video]), isJob: false), Body(text: .body([.endImage]), isJob: false),
    Body(text: "{}", isJob: false), Body(text: "[]", isJob: false),
    Body(text: .body([.startImage], #""duration": 16"#), isJob: false),
    Body(text: .body([.startImage], #""duration": "5""#), isJob: false),
    Body(text: .body([.startImage], #""seed": -1"#), isJob: false),
    Body(text: .body([.startImage], #""prompt": """#), isJob: false),
    Body(text: .body([.startImage], #""prompt": "\#(String(repeating: "a", count: 5001))""#), isJob: false),
    Body(text: .body([.startImage], #""promt": "a""#), isJob: false),
    Body(text: .body([.startImage], #""resolution": "4K""#), isJob: false),
  ])
  func jobSchemaAgreesWithTheRules(_ body: Body) async throws {
    let checker = try SchemaChecker(JSONSchema.job(.documented))
    let value = try JSONSerialization.jsonObject(with: Data(body.text.utf8))
    #expect(checker.problems(value).isEmpty == body.isJob)
    let isQuiet = try await Checking().job(body.text).findings.allSatisfy { $0.rule == "audio-with-video" }
    #expect(isQuiet == body.isJob)
  }

  @Test func jobSchemaFollowsTheProfile() async throws {
    let limits = Profile.invented.limits
    let checker = try SchemaChecker(JSONSchema.job(limits))
    for (text, isJob) in [
      (#"{"text": "x", "input": {"first": {"url": "\#(Named.start)"}}}"#, true),
      (
        #"{"text": "x", "input": {"first": {"url": "\#(Named.start)"}, "last": {"url": "x"}}, "tags": {"a": 1}}"#,
        true
      ),
      (#"{"input": {"first": {"url": "\#(Named.start)"}}}"#, false), (#"{"text": "x"}"#, false),
      (#"{"text": "x", "input": {"first": {"url": "x"}, "clip": {"url": "x"}}}"#, false),
      (#"{"text": "x", "input": {"first": {"url": "x"}}, "settings": {"seconds": 9}}"#, false),
      (#"{"text": "x", "input": {"first": {"url": "x"}, "more": 1}}"#, false),
    ] {
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(checker.problems(value).isEmpty == isJob, "\(text): \(checker.problems(value))")
    }
  }

  /// The embedded files are at hand as files.
  @Test(arguments: ["freepik-wan-2-7", "novita-wan2.7-i2v"])
  func profilesAgreeWithTheirSchema(_ name: String) throws {
    let checker = try SchemaChecker(JSONSchema.profile)
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = folder.appending(path: "Sources/WanCheck/Profile/Profiles/\(name).json")
    var profile = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    #expect(checker.problems(profile).isEmpty)
    profile["titel"] = "x"
    profile["fields"] = [["name": "a b", "type": "url"]]
    #expect(checker.problems(profile).count == 3)
  }

  @Test func reportsNameTheProfile() async throws {
    let context = ReportContext(version: "1", depth: .full, limits: Profile.invented.limits)
    for reporter: any Reporter in [JSONReporter(context), JSONLinesReporter(context)] {
      #expect(Self.report([], reporter).contains(#""id":"acme/motion-1""#))
    }
  }
}
