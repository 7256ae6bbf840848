import FixtureKit
import Foundation
import Testing

/// File names that a shell, ImageMagick or ffmpeg would interpret as something else.
@Suite struct FixNameTests {
  static let stems = [
    "-rf", "@list", "msl:x", "it's", "\"quoted\"", "new\nline", "tab\tstop", "$(touch HIT)", "`touch HIT`",
    "a;touch HIT",
    "%d", "x[0]", "*?", "{a,b}", "~root", "é😀", "e\u{301}'\u{301}", " blank ", "back\\slash", "#x", "!x",
    "\u{1B}[31mred", "\u{202E}gnp", "pipe|touch HIT", "a&touch HIT",
  ]

  @Test(arguments: stems)
  func imageMagickReadsTheFileOfThatName(stem: String) throws {
    try expectMended(Fixture("reject/image-dimensions/200x150.png"), "\(stem).png", "image-dimensions")
  }

  @Test(arguments: stems)
  func ffmpegReadsTheFileOfThatName(stem: String) throws {
    try expectMended(Fixture("reject/audio-duration/wav-1.99s.wav"), "\(stem).wav", "audio-duration")
  }

  @Test(arguments: ["-n", "%d", "*?", "new\nline", "~root"])
  func otherCommandsReadTheFileOfThatName(stem: String) throws {
    try expectMended(Fixture("reject/image-trailing-data/png-junk.png"), "\(stem).png", "image-trailing-data")
    try expectMended(Fixture("reject/image-coding/lossless.jpg"), "\(stem).jpg", "image-coding")
  }

  private func expectMended(_ fixture: Fixture, _ name: String, _ rule: String) throws {
    let trial = try FixTrial(fixture.url, as: name)
    let commands = trial.commands(for: rule)
    let command = try #require(commands.count == 1 ? commands.first : nil)
    // The command fits on one line of a terminal, whatever characters the name contains.
    #expect(!command.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(command)")
    let mended = try trial.result(of: command)
    #expect(mended.verdict == "valid", "\(command): \(mended.findings)")
    #expect(!mended.rules.contains(rule), "\(command)")
  }
}
