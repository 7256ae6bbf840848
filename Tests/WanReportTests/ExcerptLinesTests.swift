import JobDocuments
import JudgingKit
import MediaFacts
import Testing

@testable import WanCheck
@testable import WanReport

/// The line of a job file, and carets that are under the value whatever the line is made of.
@Suite struct ExcerptLinesTests {
  /// Whether a line of a report is such a line, or its carets.
  static func isExcerpt(_ line: some StringProtocol) -> Bool {
    String(line).prefixMatch(of: #/ +\d* \| /#) != nil
  }

  struct Layout: Sendable, CustomTestStringConvertible {
    var line: String
    var column: Int
    var width: Int? = nil
    var shown: String
    var testDescription: String { line }
  }

  @Test(arguments: [
    Layout(line: #"{"duration": 20}"#, column: 14, shown: #"{"duration": 20}"# + "\n             ^^"),
    Layout(line: #"{"湖": 20}"#, column: 7, shown: #"{"湖": 20}"# + "\n       ^^"),
    Layout(line: #"{"🎬👍🏽": 20}"#, column: 9, shown: #"{"🎬👍🏽": 20}"# + "\n         ^^"),
    Layout(line: "{\"e\u{301}\": 20}", column: 8, shown: "{\"e\u{301}\": 20}\n      ^^"),
    Layout(line: "{\t\"a\":\t20}", column: 8, shown: "{    \"a\":    20}\n             ^^"),
    Layout(line: #"{"a": "湖湖"}"#, column: 7, shown: #"{"a": "湖湖"}"# + "\n      ^^^^^^"),
    Layout(line: #"{"a": 1"#, column: 8, shown: #"{"a": 1"# + "\n       ^"),
    Layout(
      line: #"{"prompt": "a long line about a lake", "duration": 20, "seed": 1234567}"#, column: 52,
      width: 38,
      shown: #"…duration": 20, "seed": 1234567}"# + "\n            ^^"),
    Layout(
      line: #"{"prompt": "a long line about a lake and what is on it"}"#, column: 12, width: 38,
      shown: #"…prompt": "a long line about a …"# + "\n          ^^^^^^^^^^^^^^^^^^^^^^"),
  ])
  func caretsAreUnderTheValue(_ layout: Layout) throws {
    let source = SourceText(Array(layout.line.utf8))
    let position = SourcePosition(line: 1, column: layout.column)
    let excerpt = try #require(SourceExcerpt(of: source, at: position))
    let lines = ExcerptLines(excerpt, line: 1, indent: 2, width: layout.width)
      .text(Palette(enabled: false), .bad)
    let gutters = lines.split(separator: "\n").map { $0.dropFirst(6) }
    #expect(gutters.joined(separator: "\n") == layout.shown)
  }

  @Test func noTerminalIsTooNarrow() throws {
    let line = #"{"prompt": ""# + String(repeating: "湖 lake ", count: 60) + #"", "duration": 20}"#
    let source = SourceText(Array(line.utf8))
    for column in [1, 2, 12, 100, line.unicodeScalars.count - 2, line.unicodeScalars.count] {
      let excerpt = try #require(SourceExcerpt(of: source, at: SourcePosition(line: 1, column: column)))
      for width in 1...90 {
        let text = ExcerptLines(excerpt, line: 120, indent: 19, width: width)
          .text(Palette(enabled: false), .bad)
        let lines = text.split(separator: "\n")
        for line in lines { #expect(TerminalWidth.of(line) <= width, "\(width): \(line)") }
        #expect(lines.isEmpty || lines.last?.contains("^") == true)
      }
    }
  }

  @Test func findingsOfOnePlaceShareALine() async throws {
    let checking = Checking([Named.start: FakeAsset(.image(100, 100, orientation: 6))])
    let result = try await checking.job([.startImage])
    #expect(result.findings.count > 1)
    let context = ReportContext(version: "1.2.3", depth: .full, limits: .documented)
    let text = ReportTests.report([result], TextReporter(context))
    #expect(text.split(separator: "\n").filter(Self.isExcerpt).count == 2)
    let log = ReportTests.report([result], GitHubReporter(context))
    #expect(!log.contains("^"), "other formats are as they were")
  }
}
