import JudgingKit
import MediaFacts
import Testing
import WanCheck

@Suite struct JobModeTests {
  struct Combination: Sendable, CustomTestStringConvertible {
    let roles: [Role]
    var mode: Mode? {
      switch (roles.contains(.startImage), roles.contains(.endImage), roles.contains(.video)) {
      case (true, false, false): .firstFrame
      case (true, true, false): .firstLastFrame
      case (false, _, true): .videoContinuation
      default: nil
      }
    }
    var testDescription: String { roles.isEmpty ? "nothing" : roles.map(\.rawValue).joined(separator: " + ") }
  }

  static let all = (0..<16).map { bits in
    Combination(roles: Role.allCases.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element))
  }

  @Test func halfOfThemAreModes() {
    #expect(Self.all.count(where: { $0.mode != nil }) == 8)
    #expect(Self.all.count(where: { $0.mode == nil }) == 8)
  }

  @Test(arguments: all) func modeOrOneFinding(_ combination: Combination) async throws {
    // Facts that every cross-field rule would speak up about, if it were asked.
    let checking = Checking([
      Named.end: FakeAsset(.image(360, 640)), Named.audio: FakeAsset(.audio(Rational(20))),
      Named.video: FakeAsset(.video(Rational(8))),
    ])
    let result = try await checking.job(combination.roles)
    #expect(result.mode == combination.mode)
    guard let mode = combination.mode else {
      #expect(result.rules == ["job-mode"])
      #expect(result.findings.count == 1)
      #expect(result.verdict == .invalid)
      return
    }
    var rules: Set<String> = []
    if combination.roles.contains(.audio) { rules.insert("audio-exceeds-duration") }
    if combination.roles.contains(.endImage) { rules.insert("frame-aspect-mismatch") }
    if mode == .videoContinuation {
      rules.insert("duration-covers-video")
      if combination.roles.contains(.audio) { rules.insert("audio-with-video") }
    }
    #expect(Set(result.rules) == rules)
    #expect(result.verdict == (mode == .videoContinuation ? .invalid : .valid))
  }

  @Test(arguments: ["null", "\"\""]) func emptyIsNotWanted(_ value: String) async throws {
    for role in Role.allCases {
      let field = Profile.freepik.label(role.meaning)
      let others = Role.allCases.filter { $0 != role && $0 != .video }
      let result = try await Checking().job(others, "\"\(field)\": \(value)")
      let finding = try #require(result.findings("job-field-type").first)
      #expect(finding.fix?.text == "remove \(field)")
      #expect(finding.pointer == "/\(field)")
      #expect(result.findings("job-mode").isEmpty)
      #expect(result.verdict == .invalid)
    }
  }

  @Test(arguments: ["null", "\"\""]) func nothingButEmpty(_ value: String) async throws {
    let result = try await Checking().job("{\"start_image_url\": \(value)}")
    #expect(result.rules == ["job-field-type"])
    #expect(result.mode == nil)
    #expect(result.verdict == .invalid)
  }
}
