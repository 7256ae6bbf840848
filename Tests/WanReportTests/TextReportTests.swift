import AssetOpening
import AssetSource
import Foundation
import JudgingKit
import MediaFacts
import Testing
import WanCheck
import WanReport

@Suite struct TextReportTests {
  private let context = ReportContext(version: "1.2.3", depth: .full, limits: .documented)

  private func text(
    _ results: [CheckResult], color: Bool = false, _ listing: TextListing = .everything
  ) -> String {
    ReportTests.report(results, TextReporter(context, color: color, listing: listing))
  }

  @Test func oneLineForAValidAsset() async throws {
    let valid = try await Checking().facts(.image())
    #expect(
      text([valid]) == """
        valid         https://cdn.example.net/a.png  PNG 640x360, 18.2 kB

        1 input: 1 valid

        """)
  }

  @Test func findingWithItsFix() async throws {
    let lines = text([try await ReportTests.smallImage()]).split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines.first == "invalid       job.json  first_frame")
    #expect(
      lines.dropFirst().first?.hasPrefix(
        "  2:22  error     start_image: each side must be 240 to 8000 px; found 200x150 px")
        == true)
    #expect(lines.dropFirst().first?.hasSuffix("[image-dimensions]") == true)
    #expect(
      lines.dropFirst(2).first
        == #"                  2 | "start_image_url": "https://u.example.net/a.png?…""#)
    #expect(
      lines.dropFirst(3).first
        == "                    |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^")
    #expect(
      lines.dropFirst(4).first?.contains(
        "fix: [ ! -e ./a-fixed.png ] && { convert png:./a.png -resize '320x240!' png:./a-fixed.png || ")
        == true)
    #expect(lines.last == "1 input: 1 invalid (1 error)")
  }

  @Test func theListingChoosesInputs() async throws {
    let valid = try await Checking().facts(.image())
    let noted = try await Checking().facts(.image(orientation: 6))
    let warned = try await Checking().facts(.image().image { $0.transparentPixels = true })
    let broken = try await Checking().facts(.image(100, 100, orientation: 6))
    let results = [valid, noted, warned, broken]
    func listed(_ listing: TextListing) -> [Substring] {
      text(results, listing).split(separator: "\n").filter { !$0.hasPrefix(" ") }.map { $0.prefix(9) }
    }
    #expect(listed(.everything) == ["valid    ", "valid    ", "valid    ", "invalid  ", "4 inputs:"])
    #expect(listed(.problems) == ["valid    ", "invalid  ", "4 inputs:"])
    #expect(listed(.upTo(3)) == listed(.problems))
    #expect(listed(.upTo(4)) == ["valid    ", "invalid  ", "valid    ", "valid    ", "4 inputs:"])
    #expect(listed(.summary) == ["4 inputs:"])
    #expect(text(results, .nothing).isEmpty)
    #expect(text([valid, noted], .problems).hasPrefix("2 inputs: 2 valid"), "no blank line comes first")
    #expect(text(results, .problems).contains("image-orientation"), "the notes of what is listed are shown")
  }

  @Test func unprovedIsSaidSo() async throws {
    let result = try await Checking([Named.start: .closed(.timedOut, "no answer in 10 s")]).asset(Named.start)
    let report = text([result])
    #expect(report.hasPrefix("inconclusive  "))
    #expect(report.contains("  unproved  the asset was not fetched: no answer in 10 s  [asset-unreachable]"))
  }

  /// The JSON counts by severity; the text does not count unproved errors as errors.
  @Test func unprovedIsCountedApart() async throws {
    let unproved = try await Checking([Named.start: .closed(.timedOut, "no answer in 10 s")]).asset(
      Named.start)
    #expect(text([unproved]).hasSuffix("1 input: 1 inconclusive (1 not proved)\n"))
    let both = text([unproved, try await ReportTests.smallImage()])
    #expect(both.hasSuffix("2 inputs: 1 invalid, 1 inconclusive (1 error, 1 not proved)\n"))
    let summary = try ReportTests.json([unproved])["summary"] as? [String: Int]
    #expect(summary?["errors"] == 1 && summary?["unproved"] == nil)
  }

  @Test func colorOnlyWhereAsked() async throws {
    let results = try await ReportTests.someResults()
    let plain = text(results)
    #expect(!plain.unicodeScalars.contains("\u{1B}"))
    let colored = text(results, color: true)
    #expect(colored.unicodeScalars.contains("\u{1B}"))
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  @Test(arguments: [
    "\u{1B}[2J", "a\nb", "a\r\nb", "\u{202E}gpj.exe", "\u{2028}x", "\u{9B}31m", "\u{7}", "\u{0}",
    "::error::x",
    "\n::error::x", "\"'\\", "\u{85}x",
  ])
  func hostileTextStaysText(_ hostile: String) async throws {
    let escaped = try #require(String(data: try JSONEncoder().encode(hostile), encoding: .utf8))
    let bare = try await Checking([hostile: FakeAsset(.image(1, 1))]).asset(hostile)
    let members = "\(escaped): 1, \"resolution\": \(escaped), \"webhook_url\": \(escaped)"
    let asset = FakeAsset(
      MediaFacts.video().video { video in
        video.codec = hostile
        video.brand = hostile
      }.defect(.corrupt, hostile))
    let checking = Checking([Named.video: asset, Named.end: .closed(.refused, hostile)])
    let body = "{\"id\": \(escaped), \"job\": \(String.body([.video, .endImage], members))}"
    let job = try await checking.outcome(body, file: hostile).result
    for color in [false, true] {
      let report = text([bare, job], color: color)
      let shown = report.replacing(/\u{1B}\[[0-9;]*m/, with: "")
      for scalar in shown.unicodeScalars where scalar != "\n" {
        let category = scalar.properties.generalCategory
        #expect(
          ![.control, .format, .lineSeparator, .paragraphSeparator].contains(category),
          "U+\(String(scalar.value, radix: 16))")
      }
      let lines = shown.split(separator: "\n").filter { !ExcerptLinesTests.isExcerpt($0) }
      // Two inputs, a line for each finding, one for each fix that is not that of a later finding, and the summary.
      let findings = bare.findings + job.findings
      let fixes = [bare, job].map { Set($0.findings.compactMap(\.fix)).count }.reduce(0, +)
      #expect(lines.count == 2 + findings.count + fixes + 1)
      #expect(!lines.contains { $0.drop(while: \.isWhitespace).hasPrefix("::") })
    }
  }

  @Test func listingsAreComplete() throws {
    let listing = RuleListing.text()
    for entry in RuleCatalogue.entries {
      #expect(listing.contains("  \(entry.id) "))
      let explanation = RuleListing.explanation(of: entry)
      #expect(explanation.contains(entry.summary) && explanation.contains(entry.source.sentence))
    }
    let rules = try JSONSerialization.jsonObject(with: Data(RuleListing.json().utf8)) as? [[String: Any]]
    #expect(rules?.count == RuleCatalogue.entries.count)
    let limits =
      try JSONSerialization.jsonObject(with: Data(LimitListing.json(.documented).utf8)) as? [[String: Any]]
    #expect(limits?.count == Limits.documented.all.count)
    for limit in Limits.documented.all {
      #expect(LimitListing.text(.documented).contains(limit.source.sentence))
    }
  }
}
