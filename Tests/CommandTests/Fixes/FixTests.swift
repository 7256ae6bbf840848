import FixtureKit
import Foundation
import Testing

/// Every command that is printed as a fix is run in a copy of its fixture's folder: what it writes is valid.
@Suite struct FixTests {
  /// The rules that a command mends, each with its fixtures for which there is none.
  static let mended: [String: Set<String>] = [
    // The first three are headers without an image behind them. What draws an SVG varies, and so does what it loads.
    "image-format": [
      "heic-stub.heic", "heif-named.jpg", "jpegxl-stub.jxl", "svg.svg", "svg-without-declaration.svg",
    ],
    // No common program reads these.
    "image-coding": ["hierarchical-header.jpg", "twelve-bit.jpg"],
    // The first is a header without an image behind it.
    "image-dimensions": ["bmp-40000x50000.bmp"],
    "image-aspect-ratio": [], "image-animated": [], "image-alpha": [], "image-cmyk": [],
    "image-orientation": [],
    "image-trailing-data": [], "extension-mismatch": [],
    // Neither ffmpeg nor ImageMagick reads these.
    "image-irregular": ["bmp-file-size-0.bmp", "bmp-header-16.bmp"],
    "audio-irregular": [], "video-irregular": [],
    // A header without sound behind it, and notes, which are none.
    "audio-format": ["m4b-stub.m4b", "midi.mid"],
    "audio-duration": [], "audio-codec": [],
    "video-format": [], "video-dimensions": [], "video-aspect-ratio": [], "video-duration": [],
    "video-codec": [],
    "video-rotation": [], "video-pixel-aspect": [],
  ]

  @Test(arguments: mended.keys.sorted())
  func fixesMendTheirFixtures(rule: String) throws {
    let without = try #require(Self.mended[rule])
    let fixtures = Fixture.all(in: "reject/\(rule)").filter { !without.contains($0.url.lastPathComponent) }
    #expect(!fixtures.isEmpty)
    for fixture in fixtures {
      let trial = try FixTrial(fixture.url)
      let commands = trial.commands(for: rule)
      #expect(commands.count == 1, "\(fixture): \(commands)")
      for command in commands {
        let mended = try trial.result(of: command)
        #expect(mended.isClean, "\(fixture): \(command): \(mended.findings)")
      }
    }
  }

  /// No command mends what is damaged, and none pretends to.
  @Test(arguments: [
    "image-truncated", "image-corrupt", "video-truncated", "video-corrupt", "video-encrypted",
    "audio-truncated",
    "audio-no-stream", "video-no-stream", "file-empty", "media-format",
  ])
  func damageHasNoCommand(rule: String) throws {
    for fixture in Fixture.all(in: "reject/\(rule)") where fixture.url.lastPathComponent != Self.gap {
      let trial = try FixTrial(fixture.url)
      #expect(trial.commands(for: rule).isEmpty, "\(fixture)")
    }
  }

  /// Sound with a gap is no more than a warning, and can be written anew.
  private static let gap = "gap-in-sound.mp4"

  @Test func aGapInSoundIsClosed() throws {
    let trial = try FixTrial(Fixture("reject/video-corrupt/\(Self.gap)").url)
    let command = try #require(trial.commands(for: "video-corrupt").first)
    let mended = try trial.result(of: command)
    #expect(mended.verdict == "valid" && !mended.rules.contains("video-corrupt"), "\(mended.findings)")
  }

  /// Where the shape and the sides are both wrong, one command mends both.
  @Test func shapeAndSidesTogether() throws {
    let folder = try TemporaryFolder()
    let image = folder.url.appending(path: "strip.bmp")
    try Data(NoiseBitmap.bytes(width: 3000, height: 100)).write(to: image)
    let trial = try FixTrial(image)
    for rule in ["image-dimensions", "image-aspect-ratio"] {
      let command = try #require(trial.commands(for: rule).first)
      #expect(try FixTrial(image).result(of: command).rules.isEmpty, "\(command)")
    }
  }
}
