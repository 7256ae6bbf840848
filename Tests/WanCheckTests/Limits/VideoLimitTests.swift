import JudgingKit
import MediaFacts
import Testing
import WanCheck

@Suite struct VideoLimitTests {
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

  @Test(arguments: [
    Size(239, 360, side: .outside), Size(240, 360), Size(241, 360),
    Size(360, 239, side: .outside), Size(360, 240), Size(360, 241),
    Size(4095, 2000), Size(4096, 2000), Size(4097, 2000, side: .outside),
    Size(2000, 4095), Size(2000, 4096), Size(2000, 4097, side: .outside),
    Size(4096, 4096), Size(240, 240),
    // The model owner's limit on the shape is a warning.
    Size(1920, 240), Size(1921, 240, ratio: .disagreeing), Size(240, 1920),
    Size(240, 1921, ratio: .disagreeing),
    Size(.max, 1, side: .outside, ratio: .disagreeing), Size(1, .max, side: .outside, ratio: .disagreeing),
  ])
  func sideAndRatio(_ size: Size) async throws {
    let result = try await Checking().facts(.video(Rational(4), size.width, size.height))
    #expect(result.findings("video-dimensions").map(\.severity) == [size.side.severity].compactMap(\.self))
    #expect(result.findings("video-aspect-ratio").map(\.severity) == [size.ratio.severity].compactMap(\.self))
    #expect(result.verdict == (size.side.severity == .error ? .invalid : .valid))
  }

  struct Display: Sendable, CustomTestStringConvertible {
    let stored: (Int, Int)
    let displayed: (Int, Int)
    let inside: [Bool]
    let severity: Severity
    var testDescription: String { "\(stored) as \(displayed)" }
  }

  @Test(arguments: [
    Display(stored: (230, 480), displayed: (307, 480), inside: [false, true], severity: .warning),
    Display(stored: (240, 480), displayed: (239, 480), inside: [true, false], severity: .warning),
    Display(stored: (4096, 1716), displayed: (4097, 1716), inside: [true, false], severity: .warning),
    Display(stored: (200, 480), displayed: (480, 200), inside: [false, false], severity: .error),
    Display(stored: (4097, 2000), displayed: (200, 2000), inside: [false, false], severity: .error),
  ])
  func displayedSize(_ display: Display) async throws {
    let facts = MediaFacts.video(Rational(4), display.stored.0, display.stored.1).video { video in
      (video.displayWidth, video.displayHeight) = (display.displayed.0, display.displayed.1)
    }
    let finding = try #require(try await Checking().facts(facts).findings("video-dimensions").first)
    #expect(finding.severity == display.severity)
    #expect(finding.readings.map(\.name) == ["stored", "displayed"])
    #expect(finding.readings.map(\.inside) == display.inside)
    #expect(
      finding.readings.last?.actual
        == ["width": .count(display.displayed.0), "height": .count(display.displayed.1)])
  }

  @Test func anotherTrackOutsideIsADisagreement() async throws {
    let facts = MediaFacts.video().video { video in
      video.videoTracks = 2
      video.otherReadings = [PictureReading(name: "track 2", width: 4400, height: 300, duration: Rational(1))]
    }
    let result = try await Checking().facts(facts)
    #expect(result.verdict == .valid)
    #expect(result.rules == ["video-dimensions", "video-aspect-ratio", "video-duration"])
    #expect(result.findings.allSatisfy { $0.severity == .warning })
    let finding = try #require(result.findings("video-dimensions").first)
    #expect(finding.readings.map(\.name) == ["stored", "track 2"])
    #expect(finding.readings.map(\.inside) == [true, false])
    #expect(
      finding.message == "each side must be 240 to 4096 px; found 1280x720 px, 4400x300 px (track 2)")
    #expect(
      result.findings("video-aspect-ratio").first?.message.hasSuffix(
        "; 1280x720 px is 1.778:1, 4400x300 px (track 2) is 14.667:1") == true)
    // The command keeps the track that is inside.
    #expect(result.findings.allSatisfy { $0.fix?.text.contains("-map 0:V:0 -map '0:a?' ") == true })
  }

  /// Who takes the first track refuses it, whatever the others are.
  @Test func anotherTrackExcusesNothing() async throws {
    let facts = MediaFacts.video(Rational(60), 100, 100).video { video in
      video.otherReadings = [PictureReading(name: "track 2", width: 640, height: 480, duration: Rational(5))]
    }
    let result = try await Checking().facts(facts)
    #expect(result.verdict == .invalid)
    for rule: RuleID in ["video-dimensions", "video-duration"] {
      let finding = try #require(result.findings(rule).first)
      #expect(finding.severity == .error)
      #expect(finding.readings.last?.inside == true)
    }
  }

  @Test func tracksThatAreAllOutsideAreAnError() async throws {
    let facts = MediaFacts.video(Rational(4), 100, 720).video { video in
      var other = PictureReading(name: "sample entry", width: 8000, height: 240)
      other.displayWidth = 9000
      video.otherReadings = [other]
    }
    let finding = try #require(try await Checking().facts(facts).findings("video-dimensions").first)
    #expect(finding.severity == .error)
    #expect(finding.readings.map(\.name) == ["stored", "sample entry", "sample entry, displayed"])
  }

  @Test func rotationSwapsSides() async throws {
    let facts = MediaFacts.video(Rational(4), 1280, 720).video { video in
      video.rotation = 90
      (video.displayWidth, video.displayHeight) = (720, 1280)
    }
    #expect(try await Checking().facts(facts).rules == ["video-rotation"])
  }

  @Test func unknownDimensionsAreNotValid() async throws {
    let facts = MediaFacts.video().video { video in
      (video.width, video.height) = (nil, nil)
    }
    #expect(try await Checking().facts(facts).verdict == .inconclusive)
  }
}
