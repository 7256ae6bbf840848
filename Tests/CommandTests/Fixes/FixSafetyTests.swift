import FixtureKit
import Foundation
import Testing

/// A fix command never overwrites a file, and leaves no file when it fails.
@Suite struct FixSafetyTests {
  private let folder: TemporaryFolder
  private let shell = Program(executable: URL(filePath: "/bin/bash"))

  init() throws { folder = try TemporaryFolder() }

  private func copy(_ fixture: String, to name: String) throws {
    try FileManager.default.copyItem(at: Fixture(fixture).url, to: folder.url.appending(path: name))
  }

  private func fixes(_ names: [String]) throws -> [CheckedFile.Fix?] {
    let checked = try CheckedFile.all(names, in: folder.url)
    return names.map { checked[$0]?.findings.first?.fix }
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path(percentEncoded: false)).sorted()
  }

  @Test func namesOfARunDiffer() throws {
    try copy("reject/image-format/gif.gif", to: "a.gif")
    try copy("reject/image-format/tiff.tiff", to: "a.tif")
    try copy("reject/image-dimensions/200x150.png", to: "a.png")
    let fixes = try fixes(["a.gif", "a.tif", "a.png"]).map { try #require($0) }
    #expect(fixes.map(\.writes) == ["a-fixed.png", "a-fixed-2.png", "a-fixed-3.png"])
    for fix in fixes { #expect(try shell.run(["-c", fix.text], in: folder.url).status == 0) }
    #expect(try names().count == 6)
  }

  @Test func nothingIsOverwritten() throws {
    try copy("reject/image-dimensions/200x150.png", to: "a.png")
    let mine = try folder.write(Data("mine".utf8), to: "a-fixed.png")
    let fix = try #require(try fixes(["a.png"])[0])
    #expect(fix.writes == "a-fixed-2.png")
    #expect(try shell.run(["-c", fix.text], in: folder.url).status == 0)
    // A file that was created after the check also stays.
    let other = try folder.write(Data("other".utf8), to: "a-fixed-2.png")
    #expect(try shell.run(["-c", fix.text], in: folder.url).status != 0)
    #expect(try Data(contentsOf: mine) == Data("mine".utf8))
    #expect(try Data(contentsOf: other) == Data("other".utf8))
  }

  @Test(arguments: [
    ("reject/image-dimensions/200x150.png", "a.png"), ("reject/audio-duration/wav-1.99s.wav", "a.wav"),
    ("reject/video-rotation/90.mp4", "a.mp4"), ("reject/image-trailing-data/png-junk.png", "b.png"),
    ("reject/image-coding/lossless.jpg", "a.jpg"),
  ])
  func nothingIsLeftBehind(fixture: String, name: String) throws {
    try copy(fixture, to: name)
    let fix = try #require(try fixes([name])[0])
    try FileManager.default.removeItem(at: folder.url.appending(path: name))
    #expect(try shell.run(["-c", fix.text], in: folder.url).status != 0)
    try Data(count: 1000).write(to: folder.url.appending(path: name))
    if !fix.text.contains("head ") { #expect(try shell.run(["-c", fix.text], in: folder.url).status != 0) }
    let left = try names()
    #expect(left == [name] || fix.text.contains("head "), "\(left)")
  }

  /// Where one finding needs another size and another finding another colour, no file is written twice.
  @Test func findingsOfAnAssetShareTheirCommand() throws {
    try copy("reject/image-dimensions/200x150.png", to: "a.bmp")
    let checked = try #require(try CheckedFile.all(["a.bmp"], in: folder.url)["a.bmp"])
    #expect(Set(checked.rules) == ["image-dimensions", "extension-mismatch"])
    #expect(Set(checked.findings.map(\.fix)).count == 1)
  }
}
