import Foundation
import JudgingKit
import MediaFacts
import Testing

@testable import WanCheck

/// What is judged follows from the profile alone.
@Suite struct ProfileTests {
  @Test func everyEmbeddedProfileIsRead() {
    let ids = Profile.embedded.map(\.id)
    #expect(ids == ["freepik/wan-2-7", "novita/wan2.7-i2v"])
    for profile in Profile.embedded {
      #expect(profile.roles == Role.allCases)
      #expect(!profile.limits.all.isEmpty)
      #expect(profile.limits.overridden.isEmpty)
      #expect(CalendarDay(profile.captured) != nil)
      for limit in profile.limits.all { #expect(!limit.source.sentence.isEmpty && limit.isBounded) }
      for id in profile.statements.keys { #expect(RuleCatalogue.entry(id) != nil, "\(id)") }
      for field in profile.fields { #expect(field.description != nil, "\(field.label)") }
    }
  }

  /// Users write these ids in their configurations.
  @Test func theIDsOfLimitsStay() {
    let ids = """
      image-formats image-side image-aspect-ratio image-size audio-formats audio-duration audio-size video-formats
      video-side video-aspect-ratio video-duration video-size prompt negative-prompt resolution duration seed
      """
    for profile in Profile.embedded {
      #expect(
        profile.limits.all.map(\.id).sorted()
          == ids.split(whereSeparator: \.isWhitespace).map(String.init).sorted())
    }
    #expect(Limits.documented.all.map(\.id) == ids.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  /// A name or an address of an endpoint is in its profile, and nowhere else.
  @Test func nothingElseKnowsAnEndpoint() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let words = Profile.embedded.flatMap { profile in
      profile.fields.map(\.name).filter { $0.hasSuffix("_url") || $0.hasSuffix("_settings") }
        + [
          profile.endpoint.base, profile.endpoint.path, "\"\(profile.endpoint.keyHeader)\"", profile.captured,
        ]
    }
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var count = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      count += 1
      let text = try String(contentsOf: file, encoding: .utf8)
      for (line, content) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      where !content.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") {
        for word in words {
          #expect(!content.contains(word), "\(file.lastPathComponent):\(line + 1): \(word)")
        }
      }
    }
    #expect(count > 100)
  }

  @Test func anotherProfileNamesItsOwnFields() async throws {
    let novita = Checking { $0.limits = Profile.novita.limits }
    let clean = try await novita.job(#"{"image_url": "\#(Named.start)", "watermark": true}"#)
    #expect(clean.findings.isEmpty)
    #expect(clean.mode == .firstFrame)
    let both = try await novita.job(
      #"{"image_url": "\#(Named.start)", "first_clip_url": "\#(Named.video)", "video_url": "x", "duration": 16}"#
    )
    let words = both.findings.flatMap { [$0.message, $0.fix?.text ?? ""] }
    #expect(both.rules == ["job-mode", "job-unknown-field", "duration-range"])
    #expect(words.contains("`image_url` and `first_clip_url` cannot be combined"))
    #expect(words.contains("did you mean first_clip_url?"))
    #expect(!words.contains { $0.contains("start_image_url") })
  }

  /// A shape that one page documents is an error there, and where only the model's owner says it a warning.
  @Test(arguments: [(Profile.freepik, Severity.warning), (.novita, .error)])
  func theSourceDecidesTheSeverity(_ profile: Profile, _ severity: Severity) async throws {
    let checking = Checking { $0.limits = profile.limits }
    let wide = try await checking.facts(.video(Rational(4), 2400, 240))
    #expect(wide.findings("video-aspect-ratio").map(\.severity) == [severity])
    let clear = try await checking.facts(MediaFacts.image().image { $0.transparentPixels = true })
    #expect(clear.findings("image-alpha").map(\.severity) == [severity])
  }

  @Test func onlyFreepiksJobsAreSubmittable() async throws {
    let body = #"{"image_url": "\#(Named.start)"}"#
    let outcome = try await Checking { $0.limits = Profile.novita.limits }.outcome(body)
    guard case .notSubmittable(let result) = outcome else {
      Issue.record("a job for another endpoint is submittable")
      return
    }
    #expect(result.verdict == .valid)
    #expect(result.notSubmittableBecause == [.otherProfile])
    let accepted = try await Checking {
      $0.limits = Profile.novita.limits
      ($0.acceptOverrides, $0.submitting) = (true, true)
    }.outcome(body)
    #expect(accepted.result.notSubmittableBecause == [.otherProfile])
  }
}

/// An endpoint with other names, nesting, modes and limits.
@Suite struct InventedProfileTests {
  private static let checking = Checking([
    clipURL: FakeAsset(.video(Rational(2), format: .mov)), Named.end: FakeAsset(.image(480, 270)),
  ]) { $0.limits = Profile.invented.limits }

  private static func body(_ input: String, _ further: String = "") -> String {
    #"{"text": "slow pan", "input": {\#(input)}\#(further)}"#
  }

  private static let first = #""first": {"url": "\#(Named.start)"}"#
  private static let last = #""last": {"url": "\#(Named.end)"}"#
  private static let clipURL = "https://cdn.example.net/v.mov"
  private static let clip = #""clip": {"url": "\#(clipURL)"}"#

  struct Case: Sendable, CustomTestStringConvertible {
    let body: String
    var mode: Mode?
    var rules: [String] = []
    var pointer: String?
    var words = ""
    var testDescription: String { body }
  }

  static let cases = [
    Case(body: body(first), mode: .firstFrame),
    Case(
      body: body(#""first": {"url": "https://acme.example/first.png"}"#), mode: .firstFrame,
      rules: ["url-placeholder"], pointer: "/input/first/url", words: "an example"),
    Case(
      body: body("\(first), \(clip)"), rules: ["job-mode"], pointer: "/input/clip/url",
      words: "`input.first.url` and `input.clip.url` cannot be combined"),
    Case(
      body: body(clip), rules: ["job-mode"], pointer: "/input/clip/url",
      words: "`input.clip.url` alone is not a mode"),
    Case(
      body: body(last), rules: ["job-mode"], pointer: "/input/last/url",
      words: "add input.first.url (first + last frame) or input.clip.url (video continuation)"),
    Case(body: body(""), rules: ["job-mode"], pointer: "", words: "missing `input.first.url`"),
    Case(
      body: #"{"input": {\#(first)}}"#, mode: .firstFrame, rules: ["job-field-type"], pointer: "",
      words: "missing `text`, which must be a string"),
    Case(
      body: body(first, #", "settings": {"seconds": 9}"#), mode: .firstFrame, rules: ["duration-range"],
      pointer: "/settings/seconds", words: "`seconds` must be 1 to 8 s; found `9`"),
    Case(
      body: body(first, #", "settings": {"seconds": "5"}"#), mode: .firstFrame, rules: ["job-field-type"],
      pointer: "/settings/seconds", words: "seconds` must be an integer; found the string"),
    Case(
      body: body(first, #", "settings": {"size": "1080P"}"#), mode: .firstFrame, rules: ["resolution"],
      pointer: "/settings/size", words: "480p or 540p"),
    Case(
      body: body(first, #", "settings": {"looped": 1}"#), mode: .firstFrame, rules: ["job-field-type"],
      pointer: "/settings/looped", words: "must be a boolean; found"),
    Case(
      body: body(first, #", "settings": {"sconds": 5}"#), mode: .firstFrame, rules: ["job-unknown-field"],
      pointer: "/settings/sconds", words: "did you mean seconds?"),
    Case(
      body: body(first, #", "seconds": 5"#), mode: .firstFrame, rules: ["job-unknown-field"],
      pointer: "/seconds",
      words: #"move it into settings: "settings": {"seconds": …}"#),
    Case(
      body: body(first, #", "opening_still": "x""#), mode: .firstFrame, rules: ["job-unknown-field"],
      pointer: "/opening_still", words: #"move it into input.first: "input": {"first": {"url": …}}"#),
    Case(
      body: body(first, #", "audio_url": "x""#), mode: .firstFrame, rules: ["job-unknown-field"],
      pointer: "/audio_url", words: "remove it; the API has no such field"),
    Case(
      body: body(first, #", "image_urls": []"#), mode: .firstFrame, rules: ["job-unknown-field"],
      pointer: "/image_urls", words: "input.first.url, input.last.url or input.clip.url"),
    Case(body: body(first, #", "tags": {"anything": 1}"#), mode: .firstFrame),
    Case(
      body: body(first, #", "settings": 5"#), mode: .firstFrame, rules: ["job-field-type"],
      pointer: "/settings",
      words: "`settings` must be an object; found a number"),
  ]

  @Test(arguments: cases) func isJudgedByItsProfile(_ given: Case) async throws {
    let result = try await Self.checking.job(given.body)
    #expect(result.mode == given.mode)
    #expect(result.rules == given.rules)
    #expect(result.findings.count == given.rules.count)
    guard let finding = result.findings.first else { return }
    #expect(finding.pointer == given.pointer)
    let words = [finding.message, finding.fix?.text ?? ""].joined(separator: " ")
    #expect(words.contains(given.words), "\(words)")
  }

  @Test func textsOfTheForumAreWarnings() async throws {
    let size = try await Self.checking.job(Self.body(Self.first, #", "settings": {"size": "4K"}"#))
    #expect(size.findings.map(\.severity) == [.warning])
    let text = try await Self.checking.job(
      #"{"text": "\#(String(repeating: "a", count: 41))", "input": {\#(Self.first)}}"#)
    #expect(text.rules == ["prompt-length"])
    #expect(text.verdict == .invalid)
  }

  /// The last frame has limits of its own, other images those of their kind.
  @Test(arguments: [
    (Role.startImage, 60, ["image-dimensions"]), (.endImage, 60, []), (.startImage, 900, []),
    (.endImage, 900, ["image-dimensions"]),
  ])
  func aRoleHasItsOwnLimit(_ role: Role, _ side: Int, _ rules: [String]) async throws {
    var checking = Self.checking
    checking.assets["a.png"] = FakeAsset(.image(side, side))
    let result = try await checking.asset("a.png", role: role)
    #expect(result.rules == rules)
    #expect(result.assets.first?.gauges(Profile.invented.limits).count == 3)
  }

  @Test func whatNoLimitStatesIsFree() async throws {
    let wide = try await Self.checking.facts(.video(Rational(2), 5000, 100, format: .mov))
    #expect(wide.rules == ["extension-mismatch"])
    let long = try await Self.checking.facts(.video(Rational(5), format: .mov))
    #expect(long.findings("video-duration").map(\.severity) == [.warning])
    #expect(try await Self.checking.facts(.image(format: .jpeg)).rules.contains("image-format"))
    #expect(try await Self.checking.facts(.image(), length: 1_600_000).rules == ["image-file-size"])
  }

  /// The endpoint takes no audio, and so no limit could prove any.
  @Test func aKindThatItDoesNotTakeIsNoAsset() async throws {
    let audio = try await Self.checking.facts(.audio())
    #expect(audio.rules == ["media-format"])
    #expect(audio.verdict == .invalid)
  }

  @Test func theDefaultIsTheProfiles() async throws {
    var checking = Self.checking
    checking.assets[Self.clipURL] = FakeAsset(.video(Rational(4), format: .mov))
    let result = try await checking.job(Self.body("\(Self.clip), \(Self.last)"))
    #expect(result.mode == .videoContinuation)
    #expect(
      result.findings("duration-covers-video").first?.message.hasSuffix("found 4 s (the default)")
        ?? false)
  }

  @Test func aBodyIsKnownByItsFields() {
    func isBody(_ text: String) -> Bool {
      Job.reading(text).body.map(Profile.invented.hasFields) ?? false
    }
    #expect(isBody(#"{"text": "x"}"#) && isBody(#"{"tags": {}}"#) && isBody(#"{"input": {"first": {}}}"#))
    #expect(
      !isBody(#"{"input": {"other": 1}}"#) && !isBody(#"{"input": 1, "settings": []}"#) && !isBody("[]"))
  }
}
