import AssetOpening
import AssetSource
import Foundation
import JudgingKit
import MediaFacts
import Testing
import WanCheck
import WanSubmit

@testable import WanReport
@testable import WanSubmitReport

@Suite struct NarrowTerminalTests {
  private let context = ReportContext(version: "1.2.3", depth: .full, limits: .documented)

  @Test(
    arguments: [
      ("one two three", 4, 12, "one two\n    three"), ("one two", 4, 11, "one two"),
      ("one two", 4, nil, "one two"),
      ("abcdefghij", 4, 9, "abcde\n    fghij"), ("a  [b]", 4, 30, "a  [b]"),
      ("aa  [bb]", 4, 8, "aa\n    [bb]"),
      ("one two three four five six", 10, 32, "one two three four\n          five six"), ("", 4, 10, ""),
      ("湖湖湖", 4, 8, "湖湖\n    湖"), ("x", 80, 40, "x"),
    ] as [(String, Int, Int?, String)])
  func folds(_ text: String, _ indent: Int, _ width: Int?, _ folded: String) {
    #expect(WrappedText.folded(text, indent: indent, width: width) == folded)
  }

  @Test func noLineIsLongerThanTheTerminalButForCommands() async throws {
    let deep = String(repeating: "a-long-folder/", count: 8) + "job.json"
    var results = [try await ReportTests.smallImage()]
    results.append(
      try await Checking([Named.start: FakeAsset(.image(100, 100, orientation: 6))])
        .outcome(.body([.startImage, .audio]), file: deep).result)
    for width in [24, 40, 60, 80, 120] {
      var folding = TextReporter(context, color: false, width: width)
      for result in results {
        let text = folding.result(result)
        for line in text.split(separator: "\n") where !line.contains("fix: ") {
          let columns =
            ExcerptLinesTests.isExcerpt(line) ? TerminalWidth.of(line) : WrappedText.columns(line)
          #expect(columns <= width, "\(width): \(line)")
        }
        var plain = TextReporter(context, color: false)
        func words(_ text: String) -> String {
          text.split(separator: "\n").filter { !ExcerptLinesTests.isExcerpt($0) }.joined().filter {
            !$0.isWhitespace
          }
        }
        #expect(words(text) == words(plain.result(result)), "nothing is lost")
      }
    }
  }

  @Test func whatBecameOfAJobIsFolded() {
    let reason = String(repeating: "a long reason with words ", count: 6)
    var refused = Submission(.refused, message: reason, error: nil)
    refused.ledgerFailure = reason
    refused.wasSent = true
    let width = 50
    var layout = TextLayout(palette: Palette(enabled: false), showURLs: false, width: width)
    let lines = SubmissionLines(layout: layout)
    let text = lines.text(SubmissionReport(refused))
    for line in text.split(separator: "\n") { #expect(WrappedText.columns(line) <= width, "\(line)") }
    #expect(text.contains("\n" + String(repeating: " ", count: 21)), "the line hangs after the state")
    layout.width = nil
    let plain = SubmissionLines(layout: layout)
    #expect(
      plain.text(SubmissionReport(refused)).split(separator: "\n").count < text.split(separator: "\n").count)
  }

  @Test func coloursTakeNoRoom() async throws {
    let result = try await ReportTests.smallImage()
    for width in [40, 80] {
      var colored = TextReporter(context, color: true, width: width)
      var plain = TextReporter(context, color: false, width: width)
      #expect(colored.result(result).replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain.result(result))
    }
  }

  @Test func whatIsSuppressedIsToldAndCountedApart() async throws {
    let check = Checking([Named.start: FakeAsset(.image(100, 100, orientation: 6))]) {
      $0.policy = FindingPolicy(ignored: [IgnoredFinding(rule: "image-dimensions", reason: "so")])
    }
    let result = try await check.asset(Named.start)
    let text = ReportTests.report([result], TextReporter(context))
    #expect(text.contains("[image-dimensions] suppressed"))
    // What is suppressed counts for the verdict, so that the note's command fixes it, too; it is shown once.
    #expect(text.split(separator: "fix: ").count == 2)
    #expect(text.hasSuffix("1 input: 1 invalid (1 note, 1 suppressed)\n"))
    let json = ReportTests.report([result], JSONReporter(context))
    #expect(json.ranges(of: "\"suppressed\"").count == 2, "one finding, and the summary")
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8))
    #expect(try SchemaChecker(JSONSchema.report).problems(value).isEmpty)
    let none = ReportTests.report([try await ReportTests.smallImage()], JSONReporter(context))
    #expect(!none.contains("suppressed"))
  }
}
