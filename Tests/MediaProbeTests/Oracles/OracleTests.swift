import FixtureKit
import Foundation
import MediaFacts
import MediaProbe
import Testing

/// Other programs measure the good fixtures as we do, where they are installed; `make test` installs them.
@Suite struct OracleTests {
  @Test(.enabled(if: Program(named: "ffprobe") != nil))
  func ffprobeAgreesOnVideo() async throws {
    let ffprobe = try #require(Program(named: "ffprobe"))
    for fixture in Fixture.all(in: "accept/video") {
      let video = try #require(try await FileFacts.measure(fixture).video, "\(fixture)")
      let said = try FFprobeReport(fixture, ffprobe)
      let stream = try #require(said.first("video"), "\(fixture)")
      #expect(video.codec == stream.codec_name, "\(fixture)")
      #expect(video.width == stream.width, "\(fixture)")
      #expect(video.height == stream.height, "\(fixture)")
      #expect(video.frames.map(String.init) == stream.nb_read_packets, "\(fixture)")
      #expect(video.hasAudio == (said.first("audio") != nil), "\(fixture)")
      #expect(
        Self.agree(video.frameRate?.doubleValue, stream.avg_frame_rate.flatMap(Self.ratio), 0.001),
        "\(fixture)")
      let duration = try #require(video.duration.container ?? video.duration.stream, "\(fixture)")
      #expect(Self.agree(duration.doubleValue, said.format.duration.flatMap(Double.init), 0.15), "\(fixture)")
    }
  }

  @Test(.enabled(if: Program(named: "ffprobe") != nil))
  func ffprobeAgreesOnAudio() async throws {
    let ffprobe = try #require(Program(named: "ffprobe"))
    for fixture in Fixture.all(in: "accept/audio") {
      let audio = try #require(try await FileFacts.measure(fixture).audio, "\(fixture)")
      let said = try FFprobeReport(fixture, ffprobe)
      let stream = try #require(said.first("audio"), "\(fixture)")
      #expect(audio.codec == stream.codec_name, "\(fixture)")
      #expect(audio.sampleRate.map(String.init) == stream.sample_rate, "\(fixture)")
      #expect(audio.channels == stream.channels, "\(fixture)")
      let container = try #require(audio.duration.container, "\(fixture)")
      #expect(
        Self.agree(container.doubleValue, said.format.duration.flatMap(Double.init), 0.08), "\(fixture)")
    }
  }

  @Test(.enabled(if: Pillow.python != nil))
  func pillowAgreesOnImages() async throws {
    let fixtures = Fixture.all(in: "accept/image")
    let said = try Pillow.measure(fixtures)
    #expect(said.count == fixtures.count)
    for (fixture, other) in zip(fixtures, said) {
      let facts = try await FileFacts.measure(fixture)
      let image = try #require(facts.image, "\(fixture)")
      #expect(facts.format?.id == other.format, "\(fixture)")
      #expect(image.width == other.width, "\(fixture)")
      #expect(image.height == other.height, "\(fixture)")
      #expect(image.frames == other.frames, "\(fixture)")
      #expect((image.color == .gray) == other.isGray, "\(fixture)")
      #expect((image.transparentPixels ?? false) == other.isTransparent, "\(fixture)")
    }
  }

  private static func agree(_ ours: Double?, _ theirs: Double?, _ tolerance: Double) -> Bool {
    guard let ours, let theirs else { return ours == nil && theirs == nil }
    return abs(ours - theirs) <= tolerance
  }

  private static func ratio(_ text: String) -> Double? {
    let parts = text.split(separator: "/").compactMap { Double($0) }
    return parts.count == 2 && parts[1] != 0 ? parts[0] / parts[1] : nil
  }
}
