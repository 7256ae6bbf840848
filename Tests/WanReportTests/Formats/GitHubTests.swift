import AssetOpening
import AssetSource
import JudgingKit
import Testing
import WanCheck
import WanReport

@Suite struct GitHubTests {
  private static func parse(_ results: [CheckResult]) -> WorkflowLogParser {
    WorkflowLogParser(ReportTests.report(results, GitHubReporter(SampleResults.context)))
  }

  @Test func anAnnotationStandsAtItsLine() async throws {
    let commands = Self.parse([try await ReportTests.smallImage()]).commands
    let command = try #require(commands.first)
    #expect(commands.count == 1)
    #expect(command.name == "error")
    #expect(
      command.properties == ["file": "sub/job.json", "line": "2", "col": "22", "title": "image-dimensions"])
    #expect(
      command.message.hasPrefix("start_image: each side must be 240 to 8000 px; found 200x150 px\nfix: "))
  }

  @Test func whatIsInNoFileNamesNone() async throws {
    let result = try await Checking([Named.start: FakeAsset(.image(1, 1))]).asset(Named.start)
    let piped = try await Checking().outcome("{", file: "-").result
    let commands = Self.parse([result, piped]).commands
    #expect(commands.count == result.findings.count + piped.findings.count)
    for command in commands { #expect(command.properties.keys.elementsEqual(["title"])) }
  }

  @Test func kindsFollowSeverities() async throws {
    let unproved = try await Checking([Named.start: .closed(.unreachable)]).job([.startImage])
    let warned = try await Checking().job([.startImage], "\"x\": 1")
    let commands = Self.parse([unproved, warned]).commands
    #expect(commands.map(\.name) == ["error", "warning"])
    #expect(commands.first?.properties["title"] == "asset-unreachable (unproved)")
  }

  /// Each hostile name alone, since more than nine would not be annotated; no command but ours, whatever it says.
  @Test(arguments: SampleResults.hostileNames) func namesAreNoCommands(_ name: String) async throws {
    let result = try await Checking([name: FakeAsset(.image(1, 1))]).asset(name)
    let job = try await Checking().outcome("{\"start_image_url\": 5}", file: name).result
    let parsed = Self.parse([result, job])
    let findings = result.findings + job.findings
    #expect(parsed.olderCommands.isEmpty)
    #expect(parsed.commands.count == findings.count)
    for (command, finding) in zip(parsed.commands, findings) {
      #expect(command.properties["title"] == finding.rule.rawValue)
      #expect(["error", "warning", "notice"].contains(command.name))
      #expect(Set(command.properties.keys).subtracting(["file", "line", "col", "title"]).isEmpty)
    }
    #expect(parsed.commands.last?.properties["file"]?.isEmpty == false)
  }

  @Test func serversAreNoCommands() async throws {
    let text = try await SampleResults.report(GitHubReporter(SampleResults.context), submitting: true)
    let parsed = WorkflowLogParser(text)
    #expect(parsed.olderCommands.isEmpty)
    let titles = Set(
      RuleCatalogue.entries.flatMap { [$0.id.rawValue, "\($0.id) (unproved)"] } + ["wan-check", "submission"])
    for command in parsed.commands { #expect(titles.contains(command.properties["title"] ?? "")) }
    // A parser that finds nothing proves nothing.
    let open = WorkflowLogParser("  ::error file=a%2Cb,line=1::x%0Ay\n a ##[error]b\n")
    #expect(
      open.commands == [.init(name: "error", properties: ["file": "a,b", "line": "1"], message: "x\ny")])
    #expect(open.olderCommands.count == 1)
  }

  @Test func nineOfAKindThenACount() async throws {
    let result = try await Checking().job([.startImage], "\"x\": 1, \"seed\": -1")
    #expect(result.findings.map(\.severity).sorted { $0.rawValue < $1.rawValue } == [.error, .warning])
    for (count, annotations) in [(9, 9), (10, 10), (30, 10)] {
      let commands = Self.parse(Array(repeating: result, count: count)).commands
      for name in ["error", "warning"] {
        let ofKind = commands.filter { $0.name == name }
        #expect(ofKind.count == annotations)
        let last = try #require(ofKind.last)
        #expect(last.message.hasPrefix("\(count - 9) more \(name)") == (count > 9))
      }
    }
  }

  @Test func theLogIsForPeople() async throws {
    let result = try await ReportTests.smallImage()
    let text = ReportTests.report([result], GitHubReporter(SampleResults.context))
    let log = ReportTests.report([result], TextReporter(SampleResults.context))
    let rest = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("::") }
    let lines = log.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(rest == lines.filter { !ExcerptLinesTests.isExcerpt($0) })
  }
}
