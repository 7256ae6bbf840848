import Foundation
import JudgingKit
import MediaFacts
import Testing
import WanCheck
import WanReport

/// What a verdict rests on beside the bytes: other limits than the documented ones, and copies in place of what is served.
@Suite struct JudgedByTests {
  private static var overridden: ReportContext {
    var limits = Limits.documented
    limits[.image, .side].maximum = Rational(9000)
    return ReportContext(version: "1", depth: .full, limits: limits)
  }
  private static let documented = ReportContext(version: "1", depth: .full, limits: .documented)

  struct Format: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var reporter: @Sendable (ReportContext) -> any Reporter
    /// The text that reports an overridden limit.
    var override: String
    /// The text that reports a local copy.
    var copy: String

    init(
      _ name: String, override: String, copy: String,
      _ reporter: @escaping @Sendable (ReportContext) -> any Reporter
    ) {
      (testDescription, self.override, self.copy, self.reporter) = (name, override, copy, reporter)
    }
  }

  private static let words = "judged by other limits than documented: image-side"
  private static let clause = "read from the local copy media/a.png"

  @Test(arguments: [
    Format("text", override: words, copy: "  start_image: \(clause)\n") { TextReporter($0) },
    Format(
      "json", override: #""overrides":{"image-side":"240 to 9000 px"}"#,
      copy: #""local_copy" : "media/a.png""#
    ) {
      JSONReporter($0)
    },
    Format(
      "jsonl", override: #""overrides":{"image-side":"240 to 9000 px"}"#, copy: #""local_copy":"media/a.png""#
    ) {
      JSONLinesReporter($0)
    },
    Format(
      "sarif", override: #""overrides":{"image-side":"240 to 9000 px"}"#, copy: #""local_copy":"media/a.png""#
    ) {
      SARIFReporter($0)
    },
    Format("junit", override: #"<property name="limits.image-side" value="240 to 9000 px"/>"#, copy: clause) {
      JUnitReporter($0)
    },
    Format("github", override: words, copy: clause) { GitHubReporter($0) },
    Format("markdown", override: "other limits than documented: image-side.", copy: "media/a.png") {
      MarkdownReporter($0)
    },
    Format("html", override: "but for image-side, which the configuration overrides", copy: clause) {
      HTMLReporter($0)
    },
  ])
  func isSaid(_ format: Format) async throws {
    let plain = try await ReportTests.smallImage()
    var copied = plain
    copied.assets[0].localCopy = "media/a.png"
    #expect(ReportTests.report([plain], format.reporter(Self.overridden)).contains(format.override))
    #expect(!ReportTests.report([plain], format.reporter(Self.documented)).contains(format.override))
    #expect(ReportTests.report([copied], format.reporter(Self.documented)).contains(format.copy))
    #expect(!ReportTests.report([plain], format.reporter(Self.documented)).contains(format.copy))
  }

  /// Also if there is nothing else to report.
  @Test func aValidCopyIsSaidToBeOne() async throws {
    var result = try await Checking().job([.startImage])
    result.assets[0].localCopy = "media/a.png"
    for reporter: any Reporter in [
      TextReporter(Self.documented), JUnitReporter(Self.documented), MarkdownReporter(Self.documented),
    ] {
      #expect(ReportTests.report([result], reporter).contains("media/a.png"))
    }
    let counted = ReportTests.report([result], TextReporter(Self.documented, listing: .problems))
    #expect(counted == "1 input: 1 valid\n")
  }

  @Test func theSchemasKnowBoth() async throws {
    var result = try await ReportTests.smallImage()
    result.assets[0].localCopy = "media/a.png"
    let report = try ReportTests.json([result], Self.overridden)
    #expect(try SchemaChecker(JSONSchema.report).problems(report) == [])
    if Consumer.xmllint != nil {
      #expect(try Consumer.junitProblems(ReportTests.report([result], JUnitReporter(Self.overridden))) == "")
    }
    if Consumer.python != nil {
      let sarif = ReportTests.report([result], SARIFReporter(Self.overridden))
      #expect(try Consumer.jsonProblems(sarif, schema: "sarif-schema-2.1.0.json") == "")
    }
  }
}
