import AssetOpening
import AssetSource
import Foundation
import JudgingKit
import Locations
import MediaFacts
import Testing
import WanCheck
import WanReport

@Suite struct SARIFTests {
  private static func run(_ text: String) throws -> [String: Any] {
    let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    return try #require((log["runs"] as? [[String: Any]])?.first)
  }

  private static func results(_ results: [CheckResult]) throws -> [[String: Any]] {
    let text = ReportTests.report(results, SARIFReporter(SampleResults.context))
    return try #require(try run(text)["results"] as? [[String: Any]])
  }

  @Test(.enabled(if: Consumer.python != nil, "python3 with jsonschema is needed"))
  func agreesWithThePublishedSchema() async throws {
    let text = try await SampleResults.report(SARIFReporter(SampleResults.context))
    #expect(try Consumer.jsonProblems(text, schema: "sarif-schema-2.1.0.json") == "")
    let empty = ReportTests.report([], SARIFReporter(SampleResults.context))
    #expect(try Consumer.jsonProblems(empty, schema: "sarif-schema-2.1.0.json") == "")
    // A checker that finds nothing proves nothing.
    let broken = text.replacing("\"level\":\"error\"", with: "\"level\":\"fatal\"")
    #expect(try Consumer.jsonProblems(broken, schema: "sarif-schema-2.1.0.json") != "")
  }

  /// What GitHub documents for code scanning.
  @Test func codeScanningTakesIt() async throws {
    let all = try await SampleResults.all()
    let run = try Self.run(ReportTests.report(all, SARIFReporter(SampleResults.context)))
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.map { $0["id"] as? String } == RuleCatalogue.entries.map(\.id.rawValue))
    for rule in rules {
      let help = try #require(rule["help"] as? [String: String])
      #expect(help["text"]?.isEmpty == false && help["markdown"]?.isEmpty == false)
      #expect((rule["shortDescription"] as? [String: String])?["text"]?.count ?? 2000 <= 1024)
    }
    #expect((run["invocations"] as? [[String: Any]])?.first?["executionSuccessful"] as? Bool == true)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == all.reduce(0) { $0 + $1.findings.count })
    var fingerprints: Set<String> = []
    for result in results {
      let locations = try #require(result["locations"] as? [[String: Any]])
      #expect(locations.count == 1)
      let physical = try #require(locations.first?["physicalLocation"] as? [String: Any])
      let artifact = try #require(physical["artifactLocation"] as? [String: String])
      let uri = try #require(artifact["uri"])
      #expect(
        uri.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !uri.contains("//") || uri.hasPrefix("file:///"))
      #expect(URL(string: uri) != nil && !uri.contains(".."))
      #expect(artifact["uriBaseId"] == (uri.hasPrefix("file:") ? nil : "%SRCROOT%"))
      let region = try #require(physical["region"] as? [String: Int])
      #expect(region["startLine"] ?? 0 >= 1 && region["startColumn"] ?? 0 >= 1)
      #expect((result["message"] as? [String: String])?["text"]?.isEmpty == false)
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      let prints = try #require(result["partialFingerprints"] as? [String: String])
      fingerprints.formUnion(prints.values)
    }
    #expect(fingerprints.count == results.count)
  }

  @Test func aJobsFindingHasItsPlaceAndMeasures() async throws {
    let result = try #require(try Self.results([try await ReportTests.smallImage()]).first)
    let location = try #require((result["locations"] as? [[String: Any]])?.first)
    let physical = try #require(location["physicalLocation"] as? [String: Any])
    #expect((physical["artifactLocation"] as? [String: String])?["uri"] == "sub/job.json")
    #expect(physical["region"] as? [String: Int] == ["startLine": 2, "startColumn": 22])
    let logical = try #require((location["logicalLocations"] as? [[String: String]])?.first)
    #expect(logical["fullyQualifiedName"] == "https://u.example.net/a.png?…")
    let properties = try #require(result["properties"] as? [String: Any])
    #expect(properties["actual"] as? [String: Int] == ["width": 200, "height": 150])
    #expect((properties["limit"] as? [String: Any])?["min"] as? Int == 240)
    #expect((properties["readings"] as? [[String: Any]])?.count == 1)
    #expect(properties["effect"] as? String == "violation")
    #expect(result["level"] as? String == "error")
  }

  @Test func aBareURLHasAPlaceOfItsOwn() async throws {
    let result = try await Checking([Named.start: FakeAsset(.image(1, 1))]).asset(Named.start)
    let found = try #require(try Self.results([result]).first)
    let location = (found["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
    let uri = (location?["artifactLocation"] as? [String: String])?["uri"]
    #expect(uri == "remote-assets/\(try #require(result.assets.first).locationID)")
    #expect((found["message"] as? [String: String])?["text"]?.hasPrefix(Named.start) == true)
  }

  @Test func whatIsUnprovedKeepsItsLevel() async throws {
    let result = try await Checking([Named.start: .closed(.unreachable)]).job([.startImage])
    let found = try #require(
      try Self.results([result]).first { $0["ruleId"] as? String == "asset-unreachable" })
    #expect(found["level"] as? String == "error")
    #expect(found["kind"] == nil)
    #expect((found["properties"] as? [String: Any])?["effect"] as? String == "unproved")
  }

  @Test func fingerprintsStayWhenLinesMove() async throws {
    func prints(_ text: String) async throws -> [String?] {
      let checking = Checking([Named.start: FakeAsset(.image(200, 150))])
      return try Self.results([try await checking.job(text)]).map {
        ($0["partialFingerprints"] as? [String: String])?.values.first
      }
    }
    let body = "\"start_image_url\": \"\(Named.start)\", \"resolution\": \"1\""
    let before = try await prints("{\(body)}")
    #expect(before.count == 2)
    #expect(try await prints("{\n\n\n    \(body)}") == before)
    #expect(try await prints("{\(body), \"seed\": -1}").prefix(2).contains(before.first ?? nil))
    #expect(try await prints("{\"start_image_url\": \"\(Named.start)\", \"seed\": -1}") != before)
  }

  @Test func textsAreNoLinks() async throws {
    let name = "[click](https://evil.test).png"
    let result = try await Checking([name: FakeAsset(.image(1, 1))]).asset(name)
    let messages = try Self.results([result]).compactMap { ($0["message"] as? [String: String])?["text"] }
    #expect(!messages.isEmpty)
    for message in messages { #expect(!message.replacing("\\]", with: "").contains("](")) }
    let job = try await Checking().job("{\"[a](b)\": 1}")
    let unknown = try #require(
      try Self.results([job]).first { $0["ruleId"] as? String == "job-unknown-field" })
    #expect((unknown["message"] as? [String: String])?["text"]?.contains("\\[a\\](b)") == true)
  }

  @Test func noMoreThanCodeScanningTakes() async throws {
    let result = try await Checking().job("{\"x\": 1}")
    let count = result.findings.count
    let times = SARIFReporter.mostResults / count + 2
    let run = try Self.run(
      ReportTests.report(Array(repeating: result, count: times), SARIFReporter(SampleResults.context)))
    #expect((run["results"] as? [Any])?.count == SARIFReporter.mostResults)
    let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
    let notification = try #require((invocation["toolExecutionNotifications"] as? [[String: Any]])?.first)
    let message = (notification["message"] as? [String: String])?["text"]
    #expect(message?.hasPrefix("\(times * count - SARIFReporter.mostResults) more") == true)
  }
}
