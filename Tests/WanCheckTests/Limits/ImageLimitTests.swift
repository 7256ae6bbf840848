import JudgingKit
import MediaFacts
import Testing
import WanCheck

/// What a limit leads to.
enum Judged: Sendable {
  case inside
  case outside
  case disagreeing

  var severity: Severity? {
    switch self {
    case .inside: nil
    case .outside: .error
    case .disagreeing: .warning
    }
  }
}

@Suite struct ImageLimitTests {
  struct Size: Sendable, CustomTestStringConvertible {
    let width: Int
    let height: Int
    var side = Judged.inside
    var ratio = Judged.inside
    var testDescription: String { "\(width)x\(height)" }

    init(_ width: Int, _ height: Int, side: Judged = .inside, ratio: Judged = .inside) {
      (self.width, self.height, self.side, self.ratio) = (width, height, side, ratio)
    }
  }

  static let sizes = [
    Size(239, 360, side: .outside), Size(240, 360), Size(241, 360),
    Size(360, 239, side: .outside), Size(360, 240), Size(360, 241),
    Size(7999, 4000), Size(8000, 4000), Size(8001, 4000, side: .outside),
    Size(4000, 7999), Size(4000, 8000), Size(4000, 8001, side: .outside),
    Size(240, 240), Size(8000, 8000), Size(239, 239, side: .outside), Size(8001, 8001, side: .outside),
    Size(240, 1920), Size(240, 1921, ratio: .outside), Size(240, 1919),
    Size(1920, 240), Size(1921, 240, ratio: .outside), Size(1919, 240),
    Size(8000, 1000), Size(8000, 999, ratio: .outside), Size(1000, 8000), Size(999, 8000, ratio: .outside),
    Size(100, 900, side: .outside, ratio: .outside), Size(1, 1, side: .outside),
    Size(.max, 1, side: .outside, ratio: .outside), Size(1, .max, side: .outside, ratio: .outside),
    Size(.max, .max, side: .outside),
  ]

  @Test(arguments: sizes) func sideAndRatio(_ size: Size) async throws {
    let result = try await Checking().facts(.image(size.width, size.height))
    #expect(result.findings("image-dimensions").map(\.severity) == [size.side.severity].compactMap(\.self))
    #expect(result.findings("image-aspect-ratio").map(\.severity) == [size.ratio.severity].compactMap(\.self))
    #expect(result.verdict == (result.findings.isEmpty ? .valid : .invalid))
  }

  /// Turned on its side, an image has the sides swapped; symmetric limits cannot tell.
  @Test(arguments: sizes) func orientationSwapsBothWays(_ size: Size) async throws {
    let result = try await Checking().facts(.image(size.width, size.height, orientation: 6))
    #expect(result.findings("image-dimensions").map(\.severity) == [size.side.severity].compactMap(\.self))
    #expect(result.findings("image-orientation").map(\.severity) == [.note])
  }

  /// Limits that are not symmetric show whether width and height are ever confused.
  @Test func asymmetricRatioTellsStoredFromDisplayed() async throws {
    let wideOnly = Checking {
      $0.limits[.image, .aspectRatio].minimum = Rational(1)
      $0.limits[.image, .aspectRatio].maximum = Rational(2)
    }
    #expect(try await wideOnly.facts(.image(640, 360)).findings.isEmpty)
    let tall = try await wideOnly.facts(.image(360, 640)).findings("image-aspect-ratio")
    #expect(tall.map(\.severity) == [.error])
    #expect(tall.first?.message.contains("1:1.778") == true)
    let turned = try await wideOnly.facts(.image(640, 360, orientation: 8)).findings("image-aspect-ratio")
    #expect(turned.map(\.severity) == [.warning])
    #expect(turned.first?.readings.map(\.name) == ["stored", "displayed"])
    #expect(turned.first?.readings.map(\.inside) == [true, false])
    #expect(
      turned.first?.readings.last?.actual == ["width": .integer(360), "height": .integer(640)])
  }

  @Test func findingStatesWhatWasMeasuredAndAllowed() async throws {
    let finding = try #require(
      try await Checking(["a.png": FakeAsset(.image(200, 150))]).asset("a.png").findings.first)
    #expect(finding.rule == "image-dimensions")
    #expect(finding.message == "each side must be 240 to 8000 px; found 200x150 px")
    #expect(finding.actual == ["width": .integer(200), "height": .integer(150)])
    #expect(finding.limit == AllowedValues(minimum: .integer(240), maximum: .integer(8000), unit: "px"))
    #expect(finding.readings == [Reading("stored", finding.actual, inside: false)])
    #expect(
      finding.fix?.text
        == "[ ! -e ./a-fixed.png ] && { convert png:./a.png -resize '320x240!' png:./a-fixed.png"
        + " || ! rm -f ./a-fixed.png; }")
    #expect(finding.pointer == nil)
    #expect(finding.place == Place(file: "a.png"))
  }

  struct Shape: Sendable, CustomTestStringConvertible {
    let width: Int
    let height: Int
    let text: String
    var testDescription: String { text }
  }

  /// A ratio that is not the limit never reads like it.
  @Test(arguments: [
    Shape(width: 2400, height: 250, text: "9.6:1"), Shape(width: 250, height: 2400, text: "1:9.6"),
    Shape(width: 8001, height: 1000, text: "8.001:1"),
    Shape(width: 80_000_001, height: 10_000_000, text: "8.0000001:1"),
    Shape(width: 10_000_000, height: 80_000_001, text: "1:8.0000001"),
  ])
  func ratioForPeople(_ shape: Shape) async throws {
    let result = try await Checking().facts(.image(shape.width, shape.height))
    let message = try #require(result.findings("image-aspect-ratio").first?.message)
    #expect(
      message.hasPrefix("width to height must be 1:8 to 8:1; ") && message.hasSuffix(" is \(shape.text)"))
  }

  /// What the fix leads to must itself be inside.
  @Test(arguments: sizes.filter { $0.side.severity != nil || $0.ratio.severity != nil })
  func fixLeadsInside(_ size: Size) async throws {
    for finding in try await Checking().facts(.image(size.width, size.height)).findings {
      let fix = try #require(finding.fix).text
      guard let target = fix.matches(of: #/(-resize '|-crop |scale=)(\d+)[x:](\d+)/#).last else {
        #expect(
          fix.hasPrefix("crop it first") || fix.hasPrefix("make it smaller in the program that made it"))
        continue
      }
      let (width, height) = (try #require(Int(target.2)), try #require(Int(target.3)))
      let mended = try await Checking().facts(.image(width, height))
      #expect(mended.findings(finding.rule).isEmpty, "\(fix)")
    }
  }
}
