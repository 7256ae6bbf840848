import AssetOpening
import AssetSource
import JobDocuments
import JudgingKit
import Locations
import MediaFacts
import Testing
import WanCheck

@Suite struct ValidatedJobTests {
  private func validated(_ outcome: JobOutcome) -> ValidatedJob? {
    guard case .submittable(let job, let result) = outcome else { return nil }
    #expect(result.submittable)
    #expect(result.notSubmittableBecause.isEmpty)
    #expect(result.verdict == .valid)
    return job
  }

  @Test func statesWhatWasProved() async throws {
    let text = #"{"id": 7, "job": {"start_image_url": "\#(Named.start)", "end_image_url": "\#(Named.end)"}}"#
    let job = try #require(validated(try await Checking().outcome(text)))
    #expect(job.id == "7")
    #expect(job.mode == .firstLastFrame)
    #expect(job.assets.map(\.role) == [.startImage, .endImage])
    #expect(job.assets.map(\.url) == [Named.start, Named.end])
    #expect(job.assets.map(\.bytes) == [18211, 18211])
    #expect(job.assets.map(\.etag) == ["\"e1\"", "\"e1\""])
    #expect(job.assets.allSatisfy { $0.sha256 == String(repeating: "ab", count: 32) })
    #expect(job.assets.allSatisfy { $0.checkedAt == 1_795_392_000 })
    #expect(job.body == #"{"start_image_url":"\#(Named.start)","end_image_url":"\#(Named.end)"}"#)
  }

  /// Nothing is filled in, nothing is rounded, nothing is left out.
  @Test func bodyIsWhatWasParsed() async throws {
    let members = [
      #""start_image_url":"\#(Named.start)""#, #""duration":5.0"#, #""seed":2e3"#,
      #""additional_settings":{"prompt_extend":true,"x":[1.10,null,-0.0,1e400]}"#,
      #""prompt":"a \"quoted\" é 😀\n line""#, #""of_tomorrow":{"a":[],"b":{}}"#,
    ]
    let text = "{\(members.joined(separator: ","))}"
    let job = try #require(validated(try await Checking().outcome(text)))
    #expect(job.body == text)
  }

  @Test func yamlBecomesJSON() async throws {
    let text = "start_image_url: \(Named.start)\nduration: 5.0\nprompt: yes\n"
    let job = try #require(validated(try await Checking().outcome(text, format: .yaml)))
    #expect(job.body == #"{"start_image_url":"\#(Named.start)","duration":5.0,"prompt":"yes"}"#)
  }

  @Test func warningsDoNotKeepItBack() async throws {
    #expect(validated(try await Checking().outcome(.body([.startImage], #""new": 1"#))) != nil)
    let strict = Checking { $0.strict = true }
    let result = try await strict.job([.startImage], #""new": 1"#)
    #expect(result.notSubmittableBecause == [.invalid])
  }

  @Test func depthDecodeIsEnough() async throws {
    #expect(validated(try await Checking { $0.depth = .decode }.outcome(.body([.startImage]))) != nil)
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var body = String.body([.startImage])
    let checking: Checking
    let reasons: [NotSubmittableReason]
    var verdict = Verdict.valid
  }

  static let overridden: @Sendable (inout Preflight.Configuration) -> Void = {
    $0.limits[.image, .side].maximum = Rational(9000)
  }
  static let onPrivateHost = #"{"start_image_url": "https://10.0.0.1/a.png"}"#
  static let privateAsset = ["https://10.0.0.1/a.png": FakeAsset(.image())]
  static let toPrivateHost = FakeAsset(.image()).with { asset in
    asset.deliver = { delivery in
      delivery.redirects = 1
      if let url = AssetURL.read("https://10.0.0.1/a.png").url { delivery.finalURL = url }
    }
  }

  static let refusals: [Refusal] = [
    Refusal(
      testDescription: "depth header", checking: Checking { $0.depth = .header }, reasons: [.depth]),
    Refusal(
      testDescription: "invalid", body: .body([.startImage, .video]), checking: Checking(),
      reasons: [.invalid], verdict: .invalid),
    Refusal(
      testDescription: "offline", checking: Checking([Named.start: .closed(.offline)]),
      reasons: [.inconclusive], verdict: .inconclusive),
    Refusal(
      testDescription: "a mapped copy",
      checking: Checking([Named.start: FakeAsset(.image()).with { $0.isDelivered = false }]),
      reasons: [.localAsset]),
    Refusal(
      testDescription: "no digest",
      checking: Checking([Named.start: FakeAsset(.image()).with { $0.sha256 = nil }]), reasons: [.noDigest]),
    Refusal(
      testDescription: "overridden limits", checking: Checking([:], overridden), reasons: [.overrides]),
    Refusal(
      testDescription: "private host", body: onPrivateHost,
      checking: Checking(privateAsset) { $0.allowPrivateHosts = true }, reasons: [.privateHosts]),
    Refusal(
      testDescription: "redirect to a private host",
      checking: Checking([Named.start: toPrivateHost]) { $0.allowPrivateHosts = true },
      reasons: [.privateHosts]),
  ]

  @Test(arguments: refusals) func keptBack(_ refusal: Refusal) async throws {
    let outcome = try await refusal.checking.outcome(refusal.body)
    #expect(validated(outcome) == nil)
    #expect(!outcome.result.submittable)
    #expect(outcome.result.verdict == refusal.verdict)
    #expect(outcome.result.notSubmittableBecause == refusal.reasons)
  }

  @Test func acceptedAtSubmission() async throws {
    let overrides = Checking { configuration in
      Self.overridden(&configuration)
      configuration.acceptOverrides = true
    }
    #expect(validated(try await overrides.outcome(.body([.startImage]))) != nil)
    let hosts = Checking(Self.privateAsset) { configuration in
      configuration.allowPrivateHosts = true
      configuration.submitting = true
    }
    #expect(validated(try await hosts.outcome(Self.onPrivateHost)) != nil)
  }

  @Test func metadataServiceStaysClosed() async throws {
    let url = "http://169.254.169.254/latest/meta-data/"
    let checking = Checking([url: FakeAsset(.image())]) { configuration in
      configuration.allowPrivateHosts = true
      configuration.submitting = true
    }
    let outcome = try await checking.outcome(#"{"start_image_url": "\#(url)"}"#)
    #expect(validated(outcome) == nil)
    #expect(outcome.result.findings("url-not-public").map(\.severity) == [.error])
    #expect(outcome.result.assets.first?.facts == nil, "the prober was not called")
  }

  @Test func bareAssetIsNoJob() async throws {
    let result = try await Checking().asset(Named.start)
    #expect(result.verdict == .valid)
    #expect(!result.submittable)
    #expect(result.notSubmittableBecause == [.notAJob])
  }

  struct Body: Sendable, CustomTestStringConvertible {
    let text: String
    var format = JobDocumentFormat.json
    var testDescription: String { text }
  }

  @Test(arguments: [
    Body(text: "{"), Body(text: "[]"), Body(text: ""), Body(text: "7"), Body(text: "null"),
    Body(text: #"{"start_image_url": "\#(Named.start)", "start_image_url": "\#(Named.start)"}"#),
    Body(text: #"{"job": {"start_image_url": "\#(Named.start)"}, "id": []}"#),
    Body(text: #"{"job": []}"#),
    Body(text: "start_image_url: \(Named.start)\nadditional_settings: {x: .inf}", format: .yaml),
  ])
  func textThatIsNoJobIsInvalid(_ body: Body) async throws {
    let outcome = try await Checking().outcome(body.text, format: body.format)
    #expect(validated(outcome) == nil)
    #expect(outcome.result.rules == ["job-syntax"])
    #expect(outcome.result.verdict == .invalid)
  }

  @Test func jobWithoutABodyOrWithAnUnknownProblemIsNotValid() async throws {
    var empty = Job.reading(.body([.startImage]))
    empty.body = nil
    #expect(try await Checking().preflight.check(empty).result.rules == ["job-syntax"])
    var strange = Job.reading(.body([.startImage]))
    strange.problems = [DocumentProblem(.init(rawValue: "of-tomorrow"), "something new", at: .start)]
    #expect(try await Checking().preflight.check(strange).result.rules == ["job-syntax"])
    strange.problems = [DocumentProblem(.limit, "too long", at: .start)]
    let result = try await Checking().preflight.check(strange).result
    #expect(result.rules == ["probe-limit"])
    #expect(result.verdict == .inconclusive)
  }
}
