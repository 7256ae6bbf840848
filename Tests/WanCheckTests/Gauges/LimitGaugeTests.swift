import AssetOpening
import AssetSource
import JudgingKit
import MediaFacts
import Testing
import WanCheck

@Suite struct LimitGaugeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var facts: MediaFacts
    var length: Int64 = 18211
    /// Subject, state and text of each gauge.
    var gauges: [String]

    var testDescription: String { name }
  }

  @Test(arguments: [
    Case(
      name: "a clean image", facts: .image(),
      gauges: [
        "format inside PNG", "width and height inside 640x360 px", "width to height inside 1.778:1",
        "size inside 18211 bytes",
      ]),
    Case(
      name: "a side at its end, the other below it", facts: .image(240, 239),
      gauges: [
        "format inside PNG", "width and height outside 240x239 px", "width to height inside 1.004:1",
        "size inside 18211 bytes",
      ]),
    Case(
      name: "8:1 is inside", facts: .image(1920, 240),
      gauges: [
        "format inside PNG", "width and height inside 1920x240 px", "width to height inside 8:1",
        "size inside 18211 bytes",
      ]),
    Case(
      name: "both readings of a lying image", facts: .image(1920, 1080, orientation: 6),
      gauges: [
        "format inside PNG", "width and height inside stored=1920x1080 px displayed=1080x1920 px",
        "width to height inside stored=1.778:1 displayed=1:1.778", "size inside 18211 bytes",
      ]),
    Case(
      name: "20 MB under one reading", facts: .image(), length: 20_500_000,
      gauges: [
        "format inside PNG", "width and height inside 640x360 px", "width to height inside 1.778:1",
        "size mixed MB = 10^6 bytes=20500000 bytes MB = 2^20 bytes=20500000 bytes",
      ]),
    Case(
      name: "20 MB under none", facts: .image(), length: 20_971_521,
      gauges: [
        "format inside PNG", "width and height inside 640x360 px", "width to height inside 1.778:1",
        "size outside 20971521 bytes",
      ]),
    Case(
      name: "audio a millionth too long", facts: .audio(Rational(30).nudged(1)),
      gauges: ["format inside MP3", "length outside 30.000001 s", "size inside 18211 bytes"]),
    Case(
      name: "a video whose readings disagree",
      facts: .video(Rational(10)).video { $0.duration.counted = Rational(10).nudged(40000) },
      gauges: [
        "format inside MP4", "width and height inside 1280x720 px", "width to height inside 1.778:1",
        "length mixed container, stream=10 s counted=10.04 s", "size inside 18211 bytes",
      ]),
    Case(
      name: "a format that is not documented", facts: .unmeasured("gif", "GIF", kind: .image),
      gauges: ["format outside GIF", "size inside 18211 bytes"]),
  ])
  func assets(_ item: Case) async throws {
    let result = try await Checking().facts(item.facts, length: item.length)
    let asset = try #require(result.assets.first)
    #expect(asset.gauges(.documented).map(Self.text) == item.gauges)
  }

  @Test func agreesWithTheFindings() async throws {
    let broken: [MediaFacts] = [
      .image(200, 150), .image(2400, 250), .audio(Rational(31)), .video(Rational(11)),
      .video(Rational(4), 320, 180),
    ]
    for facts in broken {
      let result = try await Checking().facts(facts)
      let gauges = try #require(result.assets.first).gauges(.documented)
      #expect(gauges.contains { $0.state == .outside }, "\(facts)")
      #expect(result.findings.contains { $0.severity == .error && !$0.readings.isEmpty }, "\(facts)")
    }
    let fine = try await Checking().facts(.image())
    #expect(try #require(fine.assets.first).gauges(.documented).allSatisfy { $0.state == .inside })
  }

  @Test func nothingKnownNothingShown() async throws {
    let result = try await Checking([Named.start: .closed(.timedOut)]).asset(Named.start)
    #expect(try #require(result.assets.first).gauges(.documented).isEmpty)
  }

  @Test func anotherKindIsHeldAgainstTheFormatAlone() async throws {
    let check = Checking([Named.start: FakeAsset(.video(Rational(60)))])
    let asset = try #require(try await check.asset(Named.start, role: .startImage).assets.first)
    #expect(asset.gauges(.documented).map(Self.text) == ["format outside MP4", "size inside 18211 bytes"])
  }

  @Test func findingsOfTheJob() async throws {
    let prompt = String(repeating: "a", count: 5001)
    let result = try await Checking().job([.startImage], "\"prompt\": \"\(prompt)\", \"duration\": 16")
    let gauges = result.findings.compactMap(LimitGauge.init)
    #expect(gauges.map(Self.text) == ["prompt outside 5001 characters", "duration outside 16 s"])
    #expect(gauges.map(\.allowed) == ["at most 5000 characters", "2 to 15 s"])
    let words = try await Checking().job([.startImage], "\"resolution\": \"4K\"")
    #expect(!words.findings.isEmpty)
    #expect(words.findings.compactMap(LimitGauge.init).isEmpty)
  }

  private static func text(_ gauge: LimitGauge) -> String {
    let marks = gauge.marks.map { mark in
      (mark.names.isEmpty ? "" : mark.names.joined(separator: ", ") + "=") + mark.text
    }
    return "\(gauge.subject) \(gauge.state.rawValue) \(marks.joined(separator: " "))"
  }
}
