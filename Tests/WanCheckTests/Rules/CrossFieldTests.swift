import JudgingKit
import MediaFacts
import Testing
import WanCheck

@Suite struct CrossFieldTests {
  struct Continued: Sendable, CustomTestStringConvertible {
    let durations: Durations
    var stated: String?
    let severity: Severity?
    var fix: String?
    var testDescription: String {
      "\(durations.known.map(\.seconds)) of \(stated ?? "the default")"
    }

    init(_ seconds: Rational, _ stated: String? = nil, _ severity: Severity?, fix: String? = nil) {
      durations = Durations(container: seconds, stream: seconds, counted: seconds)
      (self.stated, self.severity, self.fix) = (stated, severity, fix)
    }

    init(_ durations: Durations, _ stated: String? = nil, _ severity: Severity?, fix: String? = nil) {
      (self.durations, self.stated, self.severity, self.fix) = (durations, stated, severity, fix)
    }
  }

  static let two = Rational(2)
  static let shortened =
    "[ ! -e ./s-fixed.wav ] && { ffmpeg -nostdin -i ./s.mp3 -map 0:a:0 -t 15 -c:a pcm_s16le ./s-fixed.wav"
    + " || ! rm -f ./s-fixed.wav; }"

  @Test(arguments: [
    Continued(Rational(4), nil, nil), Continued(Rational(5).nudged(-1), nil, nil),
    Continued(Rational(5), nil, .error, fix: "write \"duration\": 6 or more"),
    Continued(Rational(5).nudged(1), nil, .error, fix: "write \"duration\": 6 or more"),
    Continued(Rational(6), "6", .error, fix: "write \"duration\": 7 or more"),
    Continued(Rational(6), "7", nil),
    Continued(Rational(6).nudged(-1), "6.0", nil), Continued(Rational(10), "15", nil),
    Continued(Rational(10), "10", .error, fix: "write \"duration\": 11 or more"),
    Continued(Durations(container: Rational(4), stream: Rational(4), counted: Rational(5)), nil, .warning),
    Continued(Durations(container: Rational(5), counted: Rational(5).nudged(-1)), nil, .warning),
    Continued(Durations(container: Rational(5), counted: Rational(6)), nil, .error),
    // A header can claim any length; the arithmetic must not trap on it.
    Continued(Rational(.max), nil, .error, fix: "shorten the video: the total is 2 to 15 s"),
    Continued(Rational(.min), nil, nil),
  ])
  func durationCoversVideo(_ video: Continued) async throws {
    let checking = Checking([
      Named.video: FakeAsset(MediaFacts.video().video { $0.duration = video.durations })
    ])
    let result = try await checking.job([.video], video.stated.map { "\"duration\": \($0)" } ?? "")
    let findings = result.findings("duration-covers-video")
    #expect(findings.map(\.severity) == [video.severity].compactMap(\.self))
    guard let finding = findings.first else { return }
    #expect(finding.pointer == (video.stated == nil ? "/video_url" : "/duration"))
    #expect(finding.message.contains("the default") == (video.stated == nil))
    #expect(finding.readings.map(\.name) == video.durations.known.map(\.name))
    if let fix = video.fix { #expect(finding.fix?.text == fix) }
  }

  @Test(arguments: [
    Continued(Rational(5), nil, nil), Continued(Rational(5).nudged(1), nil, .warning),
    Continued(Rational(8), "5", .warning, fix: "write \"duration\": 8, or cut the audio"),
    Continued(Rational(8), "8", nil), Continued(Rational(15, over: 2) ?? two, "7", .warning),
    Continued(Rational(30), "15", .warning, fix: shortened),
    Continued(
      Rational(.max), "15", .warning, fix: shortened),
    Continued(Durations(container: Rational(5).nudged(1), counted: Rational(5)), nil, .warning),
  ])
  func audioExceedsDuration(_ audio: Continued) async throws {
    let checking = Checking([
      Named.audio: FakeAsset(MediaFacts.audio().audio { $0.duration = audio.durations })
    ])
    let result = try await checking.job(
      [.startImage, .audio], audio.stated.map { "\"duration\": \($0)" } ?? "")
    let findings = result.findings("audio-exceeds-duration")
    #expect(findings.map(\.severity) == [audio.severity].compactMap(\.self))
    if let fix = audio.fix { #expect(findings.first?.fix?.text == fix) }
  }

  @Test func durationThatIsNoNumberIsJudgedOnce() async throws {
    let result = try await Checking().job([.video, .audio], "\"duration\": \"6\"")
    #expect(Set(result.rules) == ["job-field-type", "audio-with-video"])
  }

  struct Frames: Sendable, CustomTestStringConvertible {
    let first: MediaFacts
    let end: MediaFacts
    let differs: Bool
    var testDescription: String {
      let size = first.image.map { "\($0.displayWidth)x\($0.displayHeight)" } ?? "video"
      return "\(size) to \(end.image?.displayWidth ?? 0)x\(end.image?.displayHeight ?? 0)"
    }
  }

  @Test(arguments: [
    Frames(first: .image(1280, 720), end: .image(1920, 1080), differs: false),
    Frames(first: .image(1280, 720), end: .image(720, 1280), differs: true),
    Frames(first: .image(1280, 720), end: .image(720, 1280, orientation: 6), differs: false),
    Frames(first: .image(1280, 720), end: .image(1280, 720, orientation: 8), differs: true),
    Frames(first: .image(720, 1280, orientation: 5), end: .image(1280, 720), differs: false),
    Frames(first: .image(1000, 1000), end: .image(1020, 1000), differs: false),
    Frames(first: .image(1000, 1000), end: .image(1021, 1000), differs: true),
    Frames(first: .image(1021, 1000), end: .image(1000, 1000), differs: true),
    Frames(first: .video(Rational(4), 1280, 720), end: .image(1920, 1080), differs: false),
    Frames(first: .video(Rational(4), 1280, 720), end: .image(1080, 1920), differs: true),
    Frames(
      first: MediaFacts.video().video { video in
        video.rotation = 90
        (video.displayWidth, video.displayHeight) = (720, 1280)
      }, end: .image(1080, 1920), differs: false),
  ])
  func frameAspectMismatch(_ frames: Frames) async throws {
    let role: Role = frames.first.video == nil ? .startImage : .video
    let checking = Checking([
      Named.url(role): FakeAsset(frames.first), Named.end: FakeAsset(frames.end),
    ])
    let findings = try await checking.job([role, .endImage]).findings("frame-aspect-mismatch")
    #expect(findings.map(\.severity) == (frames.differs ? [.warning] : []))
    #expect(findings.allSatisfy { $0.pointer == "/end_image_url" })
  }
}
