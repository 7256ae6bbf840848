import MediaFacts
import Testing

@testable import WanCheck

@Suite struct PrecedenceTests {
  private let file: ConfigurationFile = {
    ConfigurationFile.read(Array("depth: header\nstrict: true\nconcurrency: 3".utf8), named: "f").file
  }()

  @Test func nothingSaidMeansTheDefaults() {
    let none = ConfigurationLayer(
      first: [.init(commandLine: nil, strict: nil, jobs: nil), ConfigurationEnvironment().layer])
    #expect(none.depth == nil)
    #expect(none.strict == nil)
    #expect(none.concurrency == nil)
    #expect(ConfigurationFile().limits(over: .documented) == .documented)
  }

  @Test func theCommandLineGoesFirstThenTheEnvironmentThenTheFile() {
    let environment = ConfigurationEnvironment(["WAN_CHECK_DEPTH": "decode", "WAN_CHECK_STRICT": "false"])
    #expect(environment.problems.isEmpty)
    let both = ConfigurationLayer(first: [environment.layer, file.layer])
    #expect(both.depth?.value == .decode)
    #expect(both.depth?.origin.description == "WAN_CHECK_DEPTH")
    #expect(both.strict?.value == false)
    #expect(both.concurrency?.value == 3)
    #expect(both.concurrency?.origin.description == "f:3:14")
    func under(_ depth: Depth?, _ strict: Bool?, _ jobs: Int?) -> ConfigurationLayer {
      ConfigurationLayer(
        first: [.init(commandLine: depth, strict: strict, jobs: jobs), environment.layer, file.layer])
    }
    let all = under(.full, true, 9)
    #expect(all.depth?.value == .full)
    #expect(all.depth?.origin.description == "--depth")
    #expect(all.strict?.origin.description == "--strict")
    #expect(all.concurrency?.value == 9)
    #expect(under(nil, false, nil).strict?.origin.description == "--no-strict")
  }

  @Test(arguments: [
    (
      "WAN_CHECK_DEPTH", "Full",
      "WAN_CHECK_DEPTH: the value must be header, full or decode; found `Full`; did you mean full?"
    ),
    ("WAN_CHECK_STRICT", "1", "WAN_CHECK_STRICT: the value must be true or false; found `1`"),
    (
      "WAN_CHECK_STRICT", "TRUE",
      "WAN_CHECK_STRICT: the value must be true or false; found `TRUE`; did you mean true?"
    ),
    ("WAN_CHECK_CONCURRENCY", "0", "WAN_CHECK_CONCURRENCY: the value must be 1 to 256; found `0`"),
    ("WAN_CHECK_CONCURRENCY", "many", "WAN_CHECK_CONCURRENCY: the value must be 1 to 256; found `many`"),
    ("WAN_CHECK_DEPHT", "full", "WAN_CHECK_DEPHT: unknown variable; did you mean WAN_CHECK_DEPTH?"),
    (
      "WAN_CHECK_ALLOW_PRIVATE_HOSTS", "true",
      "WAN_CHECK_ALLOW_PRIVATE_HOSTS: the environment cannot set this"
    ),
    ("WAN_CHECK_ALLOW_PATHS", "true", "WAN_CHECK_ALLOW_PATHS: the environment cannot set this"),
    ("WAN_CHECK_API_BASE", "x", "WAN_CHECK_API_BASE: the environment cannot set this"),
    ("WAN_CHECK_API_KEY", "x", "WAN_CHECK_API_KEY: the environment cannot set this"),
    ("WAN_CHECK_PROXY", "x", "WAN_CHECK_PROXY: the environment cannot set this"),
    ("WAN_CHECK_USER_AGENT", "x", "WAN_CHECK_USER_AGENT: the environment cannot set this"),
    ("WAN_CHECK_ACCEPT_OVERRIDES", "true", "WAN_CHECK_ACCEPT_OVERRIDES: the environment cannot set this"),
  ])
  func theEnvironmentIsReadStrictly(_ name: String, _ text: String, _ problem: String) {
    let problems = ConfigurationEnvironment([name: text]).problems.map(\.description)
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix(problem) == true, "\(problems)")
  }

  @Test(arguments: ["PATH", "WAN_CHECK_WARNINGS_AS_ERRORS", "WAN_CHECKED"])
  func otherVariablesAreNoBusinessOfOurs(_ name: String) {
    #expect(ConfigurationEnvironment([name: "1"]).problems.isEmpty)
  }

  @Test func anEmptyVariableSaysNothing() {
    let environment = ConfigurationEnvironment(["WAN_CHECK_DEPTH": "", "WAN_CHECK_STRICT": ""])
    #expect(environment.problems.isEmpty)
    #expect(environment.layer.depth == nil)
  }

  @Test func everyLimitCanBeReplacedById() {
    for documented in Limits.documented.all {
      var limits = Limits.documented
      var limit = documented
      limit.subject = "another"
      limits[documented.id] = limit
      #expect(limits[documented.id]?.subject == "another")
      #expect(zip(limits.all, Limits.documented.all).filter { $0 != $1 }.count == 1)
    }
  }

  @Test func everyRuleHasSettingsUnlessItIsADocumentedError() {
    for entry in RuleCatalogue.entries {
      #expect(entry.settings.isEmpty == (entry.severity == .error && entry.effect == .violation))
      #expect(entry.settings.contains(.off) == (entry.effect == .violation && entry.severity != .error))
    }
  }
}
