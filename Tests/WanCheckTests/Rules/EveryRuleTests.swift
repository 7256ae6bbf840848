import AssetOpening
import AssetSource
import JudgingKit
import Locations
import MediaFacts
import Testing
import WanCheck

/// Each rule of assets, broken by facts alone.
@Suite struct EveryRuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: String
    let asset: FakeAsset
    var location: String?
    var severity = Severity.error
    var also: Set<String> = []
    var role: Role?
    var testDescription: String { rule }

    init(
      _ rule: String, _ facts: MediaFacts, _ severity: Severity = .error, at location: String? = nil,
      also: Set<String> = [], role: Role? = nil, _ change: (inout FakeAsset) -> Void = { _ in }
    ) {
      self.rule = rule
      asset = FakeAsset(facts).with(change)
      (self.location, self.severity, self.also, self.role) = (location, severity, also, role)
    }

    init(_ rule: String, closed code: AssetError.Code, at location: String? = nil) {
      self.rule = rule
      asset = .closed(code)
      self.location = location
      role = .startImage
    }
  }

  static let files: [Case] = [
    Case("file-missing", closed: .missing, at: "./no-such-file.png"),
    Case("file-missing", closed: .badLocation, at: "./a.png"),
    Case("file-unreadable", closed: .unreadable, at: "./a.png"),
    Case("file-unreadable", closed: .notRegularFile, at: "./a.png"),
    Case("file-unreadable", .image(), at: "./a.png") {
      $0.probeFailure = ProbeError(ByteSourceError(.unreadable, message: "bad sector"))
    },
    Case("file-empty", .image(), role: .startImage) { $0.length = 0 },
    Case("media-format", .unmeasured("pdf", "PDF document", kind: nil), at: "./a.pdf"),
    Case("asset-changed", closed: .changed, at: "./a.png"),
    Case("asset-changed", .image(), at: "./a.png") {
      $0.probeFailure = ProbeError(ByteSourceError(.changed, message: "it changed"))
    },
    Case("asset-changed", .image()) { $0.conclusionFailure = AssetError(.changed, message: "it changed") },
    Case("probe-crashed", .image(), role: .startImage) {
      $0.probeFailure = ProbeError(.crashed, message: "signal 11")
    },
    Case("probe-limit", MediaFacts.image().defect(.limit)),
    Case("probe-limit", MediaFacts(format: .mp4).defect(.undecodable)),
    Case("end-undeclared", MediaFacts.audio().with { $0.endDeclared = false }, .note),
  ]

  static let deliveries: [Case] = [
    Case("asset-refused", closed: .refused), Case("asset-tls", closed: .tls),
    Case("asset-unreachable", closed: .unreachable), Case("asset-unreachable", closed: .timedOut),
    Case("asset-unreachable", closed: .offline),
    Case("asset-unreachable", .image(), role: .startImage) {
      $0.probeFailure = ProbeError(ByteSourceError(.unreadable, message: "the connection broke"))
    },
    Case("asset-tls", .image(), role: .startImage) {
      $0.probeFailure = ProbeError(ByteSourceError(.unreadable, message: "it broke"))
      $0.conclusionFailure = AssetError(.tls, message: "the certificate changed")
    },
    Case(
      "asset-web-page", .unmeasured("html", "HTML page", kind: nil), also: ["image-format"], role: .startImage
    ),
    Case("content-type-mismatch", .image(), .warning) { $0.deliver = { $0.contentType = "Image/JPEG; q=1" } },
    Case("content-encoding", .image(), .warning) { $0.deliver = { $0.contentEncoding = "gzip" } },
    Case("url-redirects", .image(), .note) { $0.deliver = { $0.redirects = 2 } },
    Case("url-not-public", .image(), also: ["url-redirects"]) { asset in
      asset.deliver = { delivery in
        delivery.redirects = 1
        if let url = AssetURL.read("http://10.0.0.1/a.png").url { delivery.finalURL = url }
      }
    },
    Case("extension-mismatch", .image(format: .jpeg), .warning),
    Case("url-insecure", .image(), .warning, at: "http://cdn.example.net/a.png"),
    Case("url-not-public", .image(), at: "https://192.168.1.20/a.png", role: .startImage),
    Case("url-credentials", .image(), at: "https://u:p@cdn.example.net/a.png", role: .startImage),
    Case("url-placeholder", .image(), at: "https://example.com/a.png", role: .startImage),
    Case("url-scheme", .image(), at: "ftp://cdn.example.net/a.png", role: .startImage),
    Case("url-syntax", .image(), at: "https://cdn.example.net/a b.png", role: .startImage),
    // 2026-11-23T00:10:00Z and a minute earlier than now.
    Case("url-expires-soon", .image(), .warning, at: signed(1_795_392_600)),
    Case("url-expired", .image(), at: signed(1_795_392_000)),
    // From a minute more on than clocks may differ by.
    Case(
      "url-expired", .image(),
      at: "https://a.blob.core.windows.net/b/a.png?sv=1&st=2026-11-23T00:16:00Z&se=2026-11-24&sig=s"),
  ]

  private static func signed(_ expires: Int) -> String {
    "https://b.s3.amazonaws.com/a.png?AWSAccessKeyId=k&Signature=s&Expires=\(expires)"
  }

  static let images: [Case] = [
    Case("image-format", .unmeasured("gif", "GIF", kind: .image), at: "./a.gif"),
    Case("image-format", .video(), also: ["extension-mismatch"], role: .startImage),
    Case("image-coding", MediaFacts.image(format: .jpeg).image { $0.coding = .arithmetic }, at: "./a.jpg"),
    Case("image-coding", MediaFacts.image(format: .jpeg).image { $0.coding = .lossless }, at: "./a.jpg"),
    Case("image-coding", MediaFacts.image(format: .jpeg).image { $0.coding = .hierarchical }, at: "./a.jpg"),
    Case("image-coding", MediaFacts.image(format: .jpeg).image { $0.bitDepth = 12 }, at: "./a.jpg"),
    Case("image-coding", MediaFacts.image(format: .bmp).image { $0.coding = .embeddedPNG }, at: "./a.bmp"),
    Case("image-coding", MediaFacts.image().defect(.undecodable)),
    Case("image-irregular", MediaFacts.image().defect(.irregular), .warning),
    Case("image-corrupt", MediaFacts.image().defect(.corrupt)),
    Case("image-truncated", MediaFacts.image().defect(.truncated)),
    Case("image-trailing-data", MediaFacts.image().defect(.trailingData), .warning),
    Case("image-alpha", MediaFacts.image().image { $0.transparentPixels = true }, .warning),
    Case("image-cmyk", MediaFacts.image(format: .jpeg).image { $0.color = .cmyk }, .warning, at: "./a.jpg"),
    Case("image-orientation", .image(orientation: 3), .note),
    Case(
      "image-animated",
      MediaFacts.image(format: .webp).image { image in
        image.animated = true
        image.frames = 12
      }, .warning, at: "./a.webp"),
  ]

  static let audio: [Case] = [
    Case("audio-format", .unmeasured("flac", "FLAC", kind: .audio), at: "./a.flac"),
    Case("audio-no-stream", MediaFacts.audio().audio { $0.codec = nil }),
    Case("audio-no-stream", .audio(Rational(0))),
    Case(
      "audio-codec", MediaFacts.audio(format: .wav).audio { $0.codec = "adpcm_ms" }, .warning, at: "./a.wav"),
    Case("audio-codec", MediaFacts.audio(format: .wav).audio { $0.codec = "mp3" }, .warning, at: "./a.wav"),
    Case("audio-corrupt", MediaFacts.audio().defect(.corrupt)),
    Case("audio-irregular", MediaFacts.audio().defect(.irregular), .warning),
    Case("audio-truncated", MediaFacts.audio().defect(.cutEnd), .warning),
    Case("audio-truncated", MediaFacts.audio().defect(.truncated)),
  ]

  static let video: [Case] = [
    Case("video-format", .unmeasured("webm", "WebM", kind: .video), at: "./a.webm"),
    Case("video-no-stream", MediaFacts.video().video { $0.videoTracks = 0 }),
    Case("video-codec", MediaFacts.video().video { $0.codec = "av1" }, .warning),
    Case("video-codec", MediaFacts.video().video { $0.codec = nil }, .warning),
    Case("video-encrypted", MediaFacts.video().video { $0.encrypted = true }),
    Case("video-corrupt", MediaFacts.video().defect(.corrupt)),
    Case("video-corrupt", MediaFacts.video().defect(.trailingData), .warning),
    Case("video-corrupt", MediaFacts.video().defect(.emptySamples), .warning),
    Case("video-truncated", MediaFacts.video().defect(.truncated)),
    Case("video-irregular", MediaFacts.video().defect(.irregular), .warning),
    Case("video-rotation", MediaFacts.video().video { $0.rotation = 180 }, .note),
    Case(
      "video-pixel-aspect",
      MediaFacts.video().video { $0.sampleAspectRatio = Rational(16, over: 15) ?? Rational(2) }, .warning),
  ]

  @Test(arguments: files + deliveries + images + audio + video)
  func fires(_ expected: Case) async throws {
    let kind = expected.asset.facts.format?.kind
    let location = expected.location ?? Named.url(expected.role ?? kind.map { Role(for: $0) } ?? .startImage)
    let result = try await Checking([location: expected.asset]).asset(location, role: expected.role)
    #expect(Set(result.rules) == expected.also.union([expected.rule]))
    let finding = try #require(result.findings.first { $0.rule.rawValue == expected.rule })
    #expect(finding.severity == expected.severity)
    let isUnproved = CatalogueTests.unproved.contains(finding.rule)
    #expect(finding.effect == (isUnproved ? .unproved : .violation))
    let verdict: Verdict =
      isUnproved ? .inconclusive : expected.severity == .error ? .invalid : .valid
    #expect(result.verdict == verdict)
    #expect(result.assets.first?.verdict == verdict)
    #expect(!finding.message.isEmpty)
  }

  /// Every rule is broken by something here, in the limits' suites, or by its example.
  @Test func noRuleIsForgotten() {
    let here = Set((Self.files + Self.deliveries + Self.images + Self.audio + Self.video).map(\.rule))
    let elsewhere: Set<String> = [
      "image-file-size", "audio-file-size", "video-file-size", "image-dimensions", "image-aspect-ratio",
      "audio-duration", "video-dimensions", "video-aspect-ratio", "video-duration", "depth-insufficient",
      "duration-covers-video", "audio-exceeds-duration", "frame-aspect-mismatch", "url-local",
    ]
    let examples = RuleCatalogue.entries.filter { if case .job = $0.breaks { true } else { false } }
    let tested = here.union(elsewhere).union(examples.map(\.id.rawValue))
    #expect(tested == Set(RuleCatalogue.entries.map(\.id.rawValue)))
  }

  struct Silent: Sendable, CustomTestStringConvertible {
    let name: String
    let facts: MediaFacts
    var location: String?
    var testDescription: String { name }
  }

  @Test(arguments: [
    Silent(
      name: "a link that begins within the difference of clocks", facts: .image(),
      location: "https://a.blob.core.windows.net/b/a.png?sv=1&st=2026-11-23T00:15:00Z&se=2026-11-24&sig=s"),
    Silent(name: "JPEG", facts: .image(format: .jpeg), location: "./a.jpeg"),
    Silent(
      name: "progressive", facts: MediaFacts.image(format: .jpeg).image { $0.coding = .progressive },
      location: "./a.jfif"),
    Silent(
      name: "lossless WebP", facts: MediaFacts.image(format: .webp).image { $0.coding = .lossless },
      location: "./a.webp"),
    Silent(name: "16-bit PNG", facts: MediaFacts.image().image { $0.bitDepth = 16 }),
    Silent(name: "opaque alpha", facts: MediaFacts.image().image { $0.alpha = true }),
    Silent(
      name: "RLE BMP", facts: MediaFacts.image(format: .bmp).image { $0.coding = .runLength },
      location: "./a.bmp"),
    Silent(name: "no extension", facts: .image(), location: "./a"),
    Silent(
      name: "float WAV", facts: MediaFacts.audio(format: .wav).audio { $0.codec = "pcm_f32le" },
      location: "./a.wav"),
    Silent(name: "MOV", facts: .video(format: .mov), location: "./a.MOV"),
    Silent(name: "HEVC", facts: MediaFacts.video().video { $0.codec = "hevc" }),
  ])
  func staysSilent(_ silent: Silent) async throws {
    let location =
      silent.location ?? Named.url(silent.facts.format?.kind.map { Role(for: $0) } ?? .startImage)
    let result = try await Checking([location: FakeAsset(silent.facts)]).asset(location)
    #expect(result.rules.isEmpty)
    #expect(result.verdict == .valid)
  }
}
