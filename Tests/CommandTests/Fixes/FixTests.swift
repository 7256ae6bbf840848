import FixtureKit
import Foundation
import Testing

/// Every printed fix command is run in a copy of its fixture's folder, and the file that it writes is valid.
@Suite struct FixTests {
  /// The rules that a command can fix, each with its fixtures that no command fixes.
  static let mended: [String: Set<String>] = [
    // The first three are headers without an image after them. Programs that draw SVG vary, and so do the files that they load.
    "image-format": [
      "heic-stub.heic", "heif-named.jpg", "jpegxl-stub.jxl", "svg.svg", "svg-without-declaration.svg",
    ],
    // No common program reads these files.
    "image-coding": ["hierarchical-header.jpg", "twelve-bit.jpg"],
    // The first is a header without an image after it.
    "image-dimensions": ["bmp-40000x50000.bmp"],
    "image-aspect-ratio": [], "image-animated": [], "image-alpha": [], "image-cmyk": [],
    "image-orientation": [],
    "image-trailing-data": [], "extension-mismatch": [],
    // Neither ffmpeg nor ImageMagick reads these files.
    "image-irregular": ["bmp-file-size-0.bmp", "bmp-header-16.bmp"],
    "audio-irregular": [], "video-irregular": [],
    // A header without audio after it, and notes, which are not audio.
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
    try #require(!fixtures.isEmpty)
    let folder = try TemporaryFolder()
    let checked = try CheckedFile.copies(of: fixtures, in: folder)
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    var origins: [String: String] = [:]
    for (name, file) in checked {
      let fixes = file.findings.filter { $0.rule == rule }.compactMap(\.fix).filter(\.isCommand)
      try #require(fixes.count == 1, "\(name): \(fixes)")
      let outcome = try shell.run(["-c", fixes[0].text], in: folder.url)
      try #require(outcome.status == 0, "\(fixes[0].text): \(outcome.errors.suffix(400))")
      origins[try #require(fixes[0].writes)] = name
    }
    #expect(origins.count == fixtures.count)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path(percentEncoded: false))
    #expect(files.count == 2 * fixtures.count, "each command writes one file")
    for (name, file) in try CheckedFile.all(origins.keys.sorted(), in: folder.url) {
      #expect(file.isClean, "\(origins[name] ?? ""): \(name): \(file.findings)")
    }
  }

  /// No command repairs damaged files, and no fix claims to.
  @Test(arguments: [
    "image-truncated", "image-corrupt", "video-truncated", "video-corrupt", "video-encrypted",
    "audio-truncated",
    "audio-no-stream", "video-no-stream", "file-empty", "media-format",
  ])
  func damageHasNoCommand(rule: String) throws {
    let fixtures = Fixture.all(in: "reject/\(rule)").filter { $0.url.lastPathComponent != Self.gap }
    for (name, file) in try CheckedFile.copies(of: fixtures, in: TemporaryFolder()) {
      #expect(!file.findings.contains { $0.rule == rule && $0.fix?.isCommand == true }, "\(name)")
    }
  }

  /// A gap in the audio is only a warning, and the file can be written again.
  private static let gap = "gap-in-sound.mp4"

  @Test func aGapInSoundIsClosed() throws {
    let trial = try FixTrial(Fixture("reject/video-corrupt/\(Self.gap)").url)
    let command = try #require(trial.commands(for: "video-corrupt").first)
    let mended = try trial.result(of: command)
    #expect(mended.verdict == "valid" && !mended.rules.contains("video-corrupt"), "\(mended.findings)")
  }

  /// Where the shape and the sides are both wrong, one command fixes both.
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
