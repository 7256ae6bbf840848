import JudgingKit
import Testing
import WanCheck
import WanReport

@Suite(.enabled(if: Consumer.markdown != nil, "cmark-gfm is needed")) struct MarkdownTests {
  private static func report(_ results: [CheckResult]) -> String {
    ReportTests.report(results, MarkdownReporter(SampleResults.context))
  }

  /// The elements in HTML.
  private static func elements(_ html: String) -> Set<String> {
    var names: Set<String> = []
    for match in html.matches(of: /<\/?([a-zA-Z!][a-zA-Z0-9]*)/) { names.insert(String(match.1)) }
    return names
  }

  private static let ours: Set<String> = [
    "h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "ul", "li", "strong", "code",
  ]

  @Test(arguments: [false, true]) func hostileTextIsText(submitting: Bool) async throws {
    let text = try await SampleResults.report(MarkdownReporter(SampleResults.context), submitting: submitting)
    let html = try Consumer.html(text)
    #expect(Self.elements(html).subtracting(Self.ours) == [])
    #expect(html.contains("<table>") && html.contains("&lt;script&gt;alert"))
    // A table whose cells were broken has rows of another length, and headings of ours are one for each section.
    let rows = html.split(separator: "<tr>").dropFirst()
    let columns = submitting ? 6 : 5
    for row in rows.dropFirst() { #expect(row.matches(of: /<td/).count == columns, "\(row)") }
    #expect(rows.count == (try await SampleResults.all().count) + 1)
    #expect(html.matches(of: /<h2>/).count == 1)
  }

  /// What GitHub looks for in what was rendered, outside of code.
  @Test func nothingIsAMentionOrALink() async throws {
    let text = try await SampleResults.report(MarkdownReporter(SampleResults.context), submitting: true)
    let shown = try Consumer.html(text).replacing(/<code>[^<]*<\/code>/, with: "")
    for pattern in [/@[A-Za-z0-9]/, /#[0-9]/, /(?i)\bgh-[0-9]/, /(?i)https?:\/\//, /(?i)www\.[a-z]/] {
      #expect(shown.firstMatch(of: pattern) == nil)
    }
    #expect(shown.contains("team") && shown.contains("evil.test"))
  }

  /// A host makes a link of what could be a commit, unless it is code.
  @Test(arguments: [
    ("see deadbee, please", "see `deadbee`, please"), ("(0A1b2c3)", "\\(`0A1b2c3`\\)"),
    (String(repeating: "a1", count: 20), "`\(String(repeating: "a1", count: 20))`"),
    (
      "1234567 bytes, dead be, xdeadbeef, deadbeefs, é0a1b2c3",
      "1234567 bytes, dead be, xdeadbeef, deadbeefs, é0a1b2c3"
    ),
    (String(repeating: "a1", count: 32), String(repeating: "a1", count: 32)),
    ("a/b@0a1b2c3", "a/b\\@\u{2060}`0a1b2c3`"),
  ])
  func aCommitIsCode(_ text: String, _ prose: String) {
    #expect(MarkdownText.prose(text) == prose)
  }

  @Test func escapedTextReadsAsItWas() async throws {
    for text in [
      "a|b", "`x`", "*a* _b_ ~c~", "[a](b)", "\\", "\\|", "<b>", "&amp;", "1. x", "{\"a\": 'b'}!", "$x$",
    ] {
      let html = try Consumer.html("x \(MarkdownText.prose(text))\n")
      let expected = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
        ">", with: "&gt;"
      )
      .replacing("\"", with: "&quot;")
      #expect(html.replacing("\u{2060}", with: "") == "<p>x \(expected)</p>\n")
    }
    #expect(
      try Consumer.html(MarkdownText.code("a `b` ``c`` \\d")) == "<p><code>a `b` ``c`` \\d</code></p>\n")
  }

  @Test func everyFindingHasALineAndEveryInputARow() async throws {
    let results = [try await ReportTests.smallImage(), try await Checking().job([.startImage])]
    let text = Self.report(results)
    #expect(text.hasPrefix("## wan-check: 1 invalid, 1 valid\n"))
    let html = try Consumer.html(text)
    #expect(html.contains("<strong>error</strong> <code>image-dimensions</code> 2:22 start_image"))
    #expect(
      html.contains(
        "convert png:./a.png -resize '320x240!' png:./a-fixed.png || ! rm -f ./a-fixed.png; }</code>"))
    #expect(html.matches(of: /<td[^>]*>(?:❌ invalid|✅ valid)/).count == 2)
  }

  @Test func whatBecameOfJobsIsSeen() async throws {
    let text = try await SampleResults.report(MarkdownReporter(SampleResults.context), submitting: true)
    for word in ["submitted", "already submitted", "refused", "unknown", "not sent"] {
      #expect(text.contains("| \(word) |"))
    }
    #expect(text.contains("wan-check ledger show 7"))
  }

  @Test(arguments: [0, 5000, MarkdownReporter.mostBytes]) func isCutWithANote(_ limit: Int) async throws {
    let result = try await ReportTests.smallImage()
    let text = ReportTests.report(
      Array(repeating: result, count: 20_000), MarkdownReporter(SampleResults.context, limit: limit))
    #expect(text.utf8.count <= max(limit, 2048))
    #expect(text.contains("Left out"))
    #expect(text.contains("20000 invalid"))
    #expect(Self.elements(try Consumer.html(text)).subtracting(Self.ours) == [])
  }
}
