import FixtureKit
import Foundation
import Testing

/// The report of every fixture is its golden report beside it; `RECORD=1` records them again.
@Suite struct GoldenReportTests {
  @Test(arguments: ["image", "audio", "video"], ["header", "full", "decode"])
  func goodFixturesAreSilent(kind: String, depth: String) throws {
    let fixtures = Fixture.all(in: "accept/\(kind)")
    #expect(fixtures.count > 20)
    let report = try Reports(of: fixtures, ["--depth", depth])
    for fixture in fixtures {
      let result = try #require(report[fixture].first)
      #expect(result["verdict"] as? String == "valid", "\(fixture)")
      let findings = try #require(result["findings"] as? [[String: Any]])
      #expect(findings.isEmpty, "\(fixture): \(findings.map { $0["message"] ?? "" })")
    }
    #expect(report.status == 0)
  }

  @Test func goodJobsHaveNoFindingButThatTheyAreLocal() throws {
    let fixtures = Fixture.all(in: "jobs/accept")
    #expect(fixtures.count > 10)
    let report = try Reports(of: fixtures, [])
    for fixture in fixtures {
      #expect(!report[fixture].isEmpty, "\(fixture) holds no job")
      for result in report[fixture] {
        #expect(result["verdict"] as? String == "valid", "\(fixture)")
        #expect(Set(Reports.rules(of: result)).subtracting(["url-local"]) == [], "\(fixture)")
      }
    }
    #expect(report.status == 0)
  }

  @Test(arguments: ["reject", "jobs/accept", "jobs/reject", "corrupt"])
  func reportsAreAsRecorded(folder: String) throws {
    let fixtures = Fixture.all(in: folder)
    #expect(fixtures.count > 10)
    let report = try Reports(of: fixtures, [])
    for fixture in fixtures {
      let text = try Reports.text(of: report[fixture])
      if ProcessInfo.processInfo.environment["RECORD"] != nil {
        try Data(text.utf8).write(to: fixture.golden)
      } else {
        let golden = try #require(try? String(contentsOf: fixture.golden, encoding: .utf8), "\(fixture)")
        #expect(text == golden, "\(fixture)")
      }
    }
  }

  /// The files in `reject/<rule>/` and `jobs/reject/<rule>/` break that rule.
  @Test(arguments: ["reject", "jobs/reject"])
  func rejectedFixturesBreakTheRuleOfTheirFolder(folder: String) throws {
    // jobs/reject/assets has jobs with several kinds of invalid assets; links that expire soon need a fixed clock.
    let fixtures = Fixture.all(in: folder).filter {
      !$0.path.hasPrefix("jobs/reject/assets/") && !$0.path.contains("/url-expires-soon/")
    }
    let report = try Reports(of: fixtures, [])
    let shallow = try Reports(of: fixtures, ["--depth", "header"])
    for fixture in fixtures {
      let rule = String(fixture.path.dropFirst(folder.count + 1).prefix { $0 != "/" })
      let rules = (report[fixture] + shallow[fixture]).flatMap(Reports.rules)
      #expect(rules.contains(rule), "\(fixture): \(rules)")
    }
  }

  @Test func everyRuleThatNeedsNoNetworkHasAFixture() throws {
    let outcome = try Program.wanCheck.run(["rules", "--format", "json"])
    let entries = try #require(try JSONSerialization.jsonObject(with: outcome.output) as? [[String: Any]])
    let rules = entries.compactMap { $0["id"] as? String }
    let folders = Set(
      ["reject", "jobs/reject"].flatMap { folder in
        Fixture.all(in: folder).map { String($0.path.dropFirst(folder.count + 1).prefix { $0 != "/" }) }
      })
    #expect(Set(rules).subtracting(folders) == Self.withoutFixture)
  }

  /// Rules about servers, and rules that no single file can break.
  private static let withoutFixture: Set<String> = [
    "url-redirects", "asset-refused", "asset-tls", "asset-unreachable", "asset-web-page", "asset-changed",
    "content-type-mismatch", "content-encoding", "probe-crashed", "file-unreadable",
    "image-file-size", "audio-file-size", "video-file-size",
  ]
}

/// The reports on some fixtures in one run of wan-check.
struct Reports {
  let status: Int32
  private var results: [String: [[String: Any]]] = [:]

  init(of fixtures: [Fixture], _ options: [String]) throws {
    let outcome = try Program.wanCheck.run(
      // The links in these jobs lead nowhere on purpose, so nothing is fetched.
      options + ["--offline", "--format", "jsonl", "--"] + fixtures.map(\.path), in: Fixture.root)
    status = outcome.status
    for line in outcome.output.split(separator: UInt8(ascii: "\n")) {
      var object = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
      // The number of the input depends on the fixtures that are checked with it.
      object["index"] = nil
      guard let input = object["input"] as? String else { continue }
      results[input, default: []].append(object)
    }
  }

  subscript(fixture: Fixture) -> [[String: Any]] { results[fixture.path] ?? [] }

  static func rules(of result: [String: Any]) -> [String] {
    (result["findings"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String }
  }

  static func text(of results: [[String: Any]]) throws -> String {
    let data = try JSONSerialization.data(
      withJSONObject: results, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
