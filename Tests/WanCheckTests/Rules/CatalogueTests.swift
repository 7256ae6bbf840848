import JudgingKit
import Testing
import WanCheck

@Suite struct CatalogueTests {
  /// The first catalogue of the contract: these names never change.
  static let promised = """
    job-syntax job-field-type job-unknown-field job-mode prompt-length negative-prompt-length resolution
    duration-range seed-range webhook-url duration-covers-video audio-with-video audio-exceeds-duration
    frame-aspect-mismatch url-syntax url-scheme url-local url-placeholder url-credentials url-not-public
    url-insecure url-redirects url-expired url-expires-soon asset-refused asset-tls asset-unreachable
    asset-changed asset-web-page content-type-mismatch extension-mismatch content-encoding file-missing
    file-empty file-unreadable media-format image-file-size audio-file-size video-file-size image-format
    image-coding image-dimensions image-aspect-ratio image-corrupt image-truncated image-animated image-alpha
    image-cmyk image-orientation image-trailing-data audio-format audio-no-stream audio-duration audio-codec
    audio-corrupt audio-truncated video-format video-no-stream video-dimensions video-aspect-ratio
    video-duration video-codec video-encrypted video-corrupt video-truncated video-rotation
    video-pixel-aspect probe-limit probe-crashed depth-insufficient
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  static let warnings: Set<RuleID> = [
    "job-unknown-field", "audio-with-video", "audio-exceeds-duration", "frame-aspect-mismatch",
    "url-insecure",
    "url-expires-soon", "content-type-mismatch", "extension-mismatch", "content-encoding", "image-animated",
    "image-alpha", "image-cmyk", "image-trailing-data", "audio-codec", "video-aspect-ratio", "video-codec",
    "video-pixel-aspect", "image-irregular", "audio-irregular", "video-irregular",
  ]
  static let notes: Set<RuleID> = [
    "url-local", "url-redirects", "image-orientation", "video-rotation", "end-undeclared",
  ]
  static let unproved: Set<RuleID> = [
    "asset-unreachable", "asset-changed", "file-unreadable", "probe-limit", "probe-crashed",
    "depth-insufficient",
  ]

  @Test func idsAreUniqueKebabCase() {
    let ids = RuleCatalogue.entries.map(\.id.rawValue)
    #expect(Set(ids).count == ids.count)
    for id in ids { #expect(id.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil, "\(id)") }
  }

  @Test(arguments: promised) func promisedRuleIsThere(_ id: String) throws {
    let entry = try #require(RuleCatalogue.entry(RuleID(rawValue: id)))
    #expect(entry.id.rawValue == id)
  }

  @Test(arguments: RuleCatalogue.entries.map(\.id.rawValue)) func severityIsTheContracts(_ name: String)
    throws
  {
    let id = RuleID(rawValue: name)
    let entry = try #require(RuleCatalogue.entry(id))
    #expect((entry.severity == .warning) == Self.warnings.contains(id))
    #expect((entry.severity == .note) == Self.notes.contains(id))
    #expect((entry.effect == .unproved) == Self.unproved.contains(id))
    #expect(!entry.summary.isEmpty && entry.summary.hasSuffix("."))
    #expect(!entry.source.sentence.isEmpty)
    #expect(entry.breaks != entry.passes)
  }

  struct Example: Sendable, CustomTestStringConvertible {
    let entry: RuleEntry
    let body: String
    var testDescription: String { entry.id.rawValue }
  }

  private static func examples(_ part: KeyPath<RuleEntry, RuleExample>) -> [Example] {
    RuleCatalogue.entries.compactMap { entry in
      guard case .job(let body) = entry[keyPath: part] else { return nil }
      return Example(entry: entry, body: body)
    }
  }

  @Test(arguments: examples(\.breaks)) func exampleThatBreaks(_ example: Example) async throws {
    let result = try await Checking().job(example.body)
    let findings = result.findings(example.entry.id)
    #expect(findings.count == 1)
    #expect(findings.first?.severity == example.entry.severity)
    #expect(findings.first?.effect == example.entry.effect)
    // The only other problem is that the files it names do not exist.
    let others = Set(result.rules).subtracting([example.entry.id.rawValue, "file-missing", "url-insecure"])
    #expect(others.isEmpty)
  }

  @Test(arguments: examples(\.passes)) func exampleThatPasses(_ example: Example) async throws {
    let result = try await Checking().job(example.body)
    #expect(result.findings(example.entry.id).isEmpty)
    #expect(!result.rules.contains("job-syntax"))
  }

  @Test func unknownRuleHasNoEntry() {
    #expect(RuleCatalogue.entry("no-such-rule") == nil)
  }
}
