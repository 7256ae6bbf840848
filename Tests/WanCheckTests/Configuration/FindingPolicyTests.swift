import AssetOpening
import AssetSource
import JudgingKit
import MediaFacts
import SystemPackage
import Testing

@testable import WanCheck

@Suite struct FindingPolicyTests {
  private func check(
    _ policy: FindingPolicy, _ configure: @escaping (inout Preflight.Configuration) -> Void = { _ in }
  ) -> Checking {
    Checking([Named.start: FakeAsset(.image(100, 100, orientation: 6))]) {
      $0.policy = policy
      $0.workingFolder = "/project"
      configure(&$0)
    }
  }

  private func ignoring(_ path: String? = nil, expires: String? = nil) -> FindingPolicy {
    FindingPolicy(
      ignored: [
        IgnoredFinding(
          rule: "image-dimensions", path: path.flatMap { PathGlob($0) }, reason: "so",
          expires: expires.flatMap { CalendarDay($0) })
      ], folder: "/project")
  }

  @Test func aHazardTakesTheSeverityThatItIsGiven() async throws {
    for (setting, verdict) in [(RuleSetting.error, Verdict.invalid), (.warning, .valid), (.note, .valid)] {
      let check = Checking([Named.start: FakeAsset(.image(orientation: 6))]) {
        $0.policy = FindingPolicy(rules: ["image-orientation": setting])
      }
      let result = try await check.asset(Named.start)
      #expect(result.findings("image-orientation").map(\.severity) == [setting.severity])
      #expect(result.verdict == verdict)
      #expect(result.assets.first?.verdict == verdict)
    }
  }

  @Test func aRuleThatIsOffFindsNothing() async throws {
    let result = try await check(FindingPolicy(rules: ["image-orientation": .off])).asset(Named.start)
    #expect(result.rules == ["image-dimensions"])
  }

  @Test func strictMakesErrorsOfWarningsThatTheFileMade() async throws {
    let check = Checking([Named.start: FakeAsset(.image(orientation: 6))]) {
      $0.policy = FindingPolicy(rules: ["image-orientation": .warning])
      $0.strict = true
    }
    #expect(try await check.asset(Named.start).verdict == .invalid)
  }

  @Test(arguments: RuleSetting.allCases)
  func anErrorByTheDocumentationStaysOne(_ setting: RuleSetting) async throws {
    let result = try await check(FindingPolicy(rules: ["image-dimensions": setting])).asset(Named.start)
    #expect(result.findings("image-dimensions").map(\.severity) == [.error])
    #expect(result.verdict == .invalid)
  }

  @Test(arguments: RuleSetting.allCases)
  func whatWasNotProvedNeverPasses(_ setting: RuleSetting) async throws {
    let check = Checking([Named.start: .closed(.timedOut, "no answer")]) {
      $0.policy = FindingPolicy(rules: ["asset-unreachable": setting])
    }
    #expect(try await check.asset(Named.start).verdict == .inconclusive)
  }

  @Test(arguments: RuleSetting.allCases)
  func aPathThatIsToBeSentStaysAnError(_ setting: RuleSetting) async throws {
    let check = Checking {
      $0.policy = FindingPolicy(rules: ["url-local": setting])
      $0.submitting = true
    }
    let result = try await check.job(#"{"start_image_url": "a.png", "prompt": "p"}"#)
    #expect(result.findings("url-local").map(\.severity) == [.error])
    #expect(!result.submittable)
  }

  @Test func aSuppressedFindingChangesNoVerdict() async throws {
    let result = try await check(ignoring()).job([.startImage], #""prompt": "p""#)
    #expect(result.findings("image-dimensions").map(\.suppressed) == [true])
    #expect(result.findings("image-orientation").map(\.suppressed) == [false])
    #expect(result.verdict == .invalid)
    #expect(result.gatedVerdict == .valid)
    #expect(!result.submittable)
    #expect(result.notSubmittableBecause.contains(.invalid))
  }

  @Test(arguments: [
    ("**", true), ("job.json", true), ("*.json", true), ("**/job.json", true), ("jobs/**", false),
    ("*.yml", false),
  ])
  func aPathIsAPatternOfFiles(_ pattern: String, _ isSuppressed: Bool) async throws {
    let result = try await check(ignoring(pattern)).job([.startImage])
    #expect(result.findings("image-dimensions").map(\.suppressed) == [isSuppressed])
  }

  @Test func theFolderOfTheConfigurationCounts() async throws {
    let policy = ignoring("sub/*.json")
    let inside = try await check(policy) { $0.workingFolder = "/project/sub" }.job([.startImage])
    #expect(inside.findings("image-dimensions").map(\.suppressed) == [true])
    let outside = try await check(policy) { $0.workingFolder = "/elsewhere/sub" }.job([.startImage])
    #expect(outside.findings("image-dimensions").map(\.suppressed) == [false])
  }

  @Test(arguments: [("drafts/*.png", true), ("jobs/*.json", true), ("*.png", false)])
  func anAssetOfAJobIsFoundByItsOwnPathToo(_ pattern: String, _ isSuppressed: Bool) async throws {
    let ignored = IgnoredFinding(rule: "url-local", path: PathGlob(pattern), reason: "so")
    let check = check(FindingPolicy(ignored: [ignored], folder: "/project"))
    let job = Job.reading(#"{"start_image_url": "drafts/a.png"}"#, file: "jobs/job.json")
    let result = try await check.preflight.check(job).result
    #expect(result.findings("url-local").map(\.suppressed) == [isSuppressed])
  }

  // The clock of these checks is set to 2026-11-23.
  @Test(arguments: [("2026-11-22", false), ("2026-11-23", true), ("2030-01-01", true)])
  func anExpiredEntryCountsAgain(_ day: String, _ isSuppressed: Bool) async throws {
    let policy = ignoring(expires: day)
    let result = try await check(policy) { $0.now = { 1_795_392_000 } }.job([.startImage])
    #expect(result.findings("image-dimensions").map(\.suppressed) == [isSuppressed])
  }
}
