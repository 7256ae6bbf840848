import JudgingKit
import MediaFacts
import Testing
import WanCheck

@Suite struct DurationLimitTests {
  struct Length: Sendable, CustomTestStringConvertible {
    let kind: MediaKind
    let seconds: Rational
    let judged: Judged
    var text: String?
    var testDescription: String { "\(kind) of \(seconds) s" }
  }

  static func lengths(_ kind: MediaKind, most: Int64) -> [Length] {
    [
      Length(kind: kind, seconds: Rational(2), judged: .inside),
      Length(kind: kind, seconds: Rational(2).nudged(-1), judged: .outside, text: "1.999999 s"),
      Length(kind: kind, seconds: Rational(2).nudged(1), judged: .inside),
      Length(kind: kind, seconds: Rational(most), judged: .inside),
      Length(kind: kind, seconds: Rational(most).nudged(-1), judged: .inside),
      Length(kind: kind, seconds: Rational(most).nudged(1), judged: .outside, text: "\(most).000001 s"),
      Length(kind: kind, seconds: Rational(most + 1), judged: .outside, text: "\(most + 1) s"),
      Length(kind: kind, seconds: Rational(.max), judged: .outside),
    ]
  }

  @Test(arguments: lengths(.audio, most: 30) + lengths(.video, most: 10))
  func bounds(_ length: Length) async throws {
    let facts: MediaFacts = length.kind == .audio ? .audio(length.seconds) : .video(length.seconds)
    let result = try await Checking().facts(facts)
    let rule = RuleID(rawValue: "\(length.kind)-duration")
    #expect(result.findings(rule).map(\.severity) == [length.judged.severity].compactMap(\.self))
    #expect(result.verdict == (length.judged.severity == nil ? .valid : .invalid))
    if let text = length.text {
      #expect(result.findings.first?.message.contains(text) == true)
    }
  }

  struct Disagreement: Sendable, CustomTestStringConvertible {
    let durations: Durations
    let inside: [Bool]
    let fix: String
    var testDescription: String { durations.known.map { "\($0.name) \($0.seconds)" }.joined(separator: ", ") }
  }

  @Test(arguments: [
    Disagreement(
      durations: Durations(container: Rational(2), stream: Rational(2), counted: Rational(2).nudged(-1)),
      inside: [true, true, false], fix: "apad"),
    Disagreement(
      durations: Durations(container: Rational(2).nudged(-1), stream: Rational(2), counted: Rational(2)),
      inside: [false, true, true], fix: "apad"),
    Disagreement(
      durations: Durations(container: Rational(31), stream: Rational(30), counted: Rational(30)),
      inside: [false, true, true], fix: " -t "),
    Disagreement(
      durations: Durations(stream: Rational(30), counted: Rational(30).nudged(1)),
      inside: [true, false], fix: " -t "),
  ])
  func disagreement(_ case: Disagreement) async throws {
    let result = try await Checking().facts(MediaFacts.audio().audio { $0.duration = `case`.durations })
    let finding = try #require(result.findings.first)
    #expect(result.rules == ["audio-duration"])
    #expect(finding.severity == .warning)
    #expect(finding.readings.map(\.name) == `case`.durations.known.map(\.name))
    #expect(finding.readings.map(\.inside) == `case`.inside)
    #expect(
      finding.readings.map(\.actual) == `case`.durations.known.map { ["seconds": .fraction($0.seconds)] })
    for (name, _) in `case`.durations.known { #expect(finding.message.contains(name)) }
    #expect(finding.fix?.text.contains(`case`.fix) == true, "the fix changes the reading that is outside")
    #expect(result.verdict == .valid)
    #expect(
      try await Checking { $0.strict = true }.facts(
        MediaFacts.audio().audio { $0.duration = `case`.durations }
      ).verdict == .invalid)
  }

  @Test func allReadingsOutsideOnDifferentSidesIsAnError() async throws {
    let durations = Durations(container: Rational(1), stream: Rational(31), counted: Rational(1))
    let result = try await Checking().facts(MediaFacts.audio().audio { $0.duration = durations })
    #expect(result.findings("audio-duration").map(\.severity) == [.error])
  }

  /// What is written to a WAV is linear PCM, whatever was read.
  @Test(arguments: [Int64(1), 31]) func mendedAudioIsAPlainWAV(_ seconds: Int64) async throws {
    for format in [MediaFormat.mp3, .wav] {
      let fix = try await Checking().facts(.audio(Rational(seconds), format: format)).findings(
        "audio-duration"
      ).first?.fix
      #expect(fix?.text.contains(" -c:a pcm_s16le ") == true)
      #expect(fix?.writes?.hasSuffix("-fixed.wav") == true)
    }
  }

  /// A cut ends with the last frame that begins before it: at 29.97 frames a second, 10 s would become 10.01 s.
  @Test func videoIsCutBelowTheLimit() async throws {
    let fix = try await Checking().facts(.video(Rational(12))).findings.first?.fix
    #expect(fix?.text.contains(" -t 9.9 ") == true)
  }

  @Test func noDurationAtAll() async throws {
    for facts in [
      MediaFacts.audio().audio { $0.duration = Durations() },
      MediaFacts.video().video { $0.duration = Durations() },
    ] {
      let header = try await Checking { $0.depth = .header }.facts(facts)
      #expect(header.rules == ["depth-insufficient"])
      #expect(header.findings.map(\.effect) == [.unproved])
      #expect(header.findings.first?.fix?.text == "use --depth full")
      #expect(header.verdict == .inconclusive)
      #expect(try await Checking().facts(facts).verdict == .inconclusive)
    }
  }

  @Test func uncountedDurationProvesNothingAtDepthFull() async throws {
    for facts in [
      MediaFacts.audio().audio { $0.duration.counted = nil },
      MediaFacts.video().video { $0.duration.counted = nil },
    ] {
      #expect(try await Checking { $0.depth = .header }.facts(facts).verdict == .valid)
      #expect(try await Checking().facts(facts).verdict == .inconclusive)
    }
  }
}
