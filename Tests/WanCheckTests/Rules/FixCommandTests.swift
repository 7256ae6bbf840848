import AssetSource
import Foundation
import JudgingKit
import MediaFacts
import SystemPackage
import Testing

@testable import WanCheck

@Suite struct FixCommandTests {
  struct Name: Sendable, CustomTestStringConvertible {
    let location: String
    let command: String
    var testDescription: String { location.debugDescription }
  }

  @Test(arguments: [
    Name(location: "a.png", command: "convert png:./a.png X png:./a-fixed.png"),
    Name(location: "./dir/a.png", command: "convert png:./dir/a.png X png:./dir/a-fixed.png"),
    Name(location: "../a.png", command: "convert png:../a.png X png:../a-fixed.png"),
    Name(location: "/tmp/a", command: "convert png:/tmp/a X png:/tmp/a-fixed.png"),
    Name(location: "a b.png", command: "convert 'png:./a b.png' X 'png:./a b-fixed.png'"),
    Name(location: "it's.png", command: #"convert 'png:./it'\''s.png' X 'png:./it'\''s-fixed.png'"#),
    Name(location: "\".png", command: "convert 'png:./\".png' X 'png:./\"-fixed.png'"),
    Name(
      location: "a\nb.png",
      command: #"convert "$(printf %b 'png:./a\0012b.png')" X "$(printf %b 'png:./a\0012b-fixed.png')""#),
    Name(location: "-rf.png", command: "convert png:./-rf.png X png:./-rf-fixed.png"),
    Name(location: "@list.png", command: "convert 'png:./@list.png' X 'png:./@list-fixed.png'"),
    Name(location: "./msl:x.png", command: "convert png:./msl:x.png X png:./msl:x-fixed.png"),
    Name(location: "$(id).png", command: "convert 'png:./$(id).png' X 'png:./$(id)-fixed.png'"),
    Name(location: "`id`.png", command: "convert 'png:./`id`.png' X 'png:./`id`-fixed.png'"),
    Name(location: "a%d.png", command: "convert png:- X png:./a_d-fixed.png < './a%d.png'"),
    Name(location: "a[0].png", command: "convert png:- X png:./a_0_-fixed.png < './a[0].png'"),
    Name(location: "*?.png", command: "convert png:- X png:./__-fixed.png < './*?.png'"),
    Name(location: "{a,b}.png", command: "convert png:- X png:./_a,b_-fixed.png < './{a,b}.png'"),
    Name(location: "~root.png", command: "convert png:- X 'png:./~root-fixed.png' < './~root.png'"),
    Name(location: "d[1]/a.png", command: "convert png:- X png:./a-fixed.png < './d[1]/a.png'"),
    Name(location: ".hidden", command: "convert png:./.hidden X png:./.hidden-fixed.png"),
    Name(location: "a.b.c", command: "convert png:./a.b.c X png:./a.b-fixed.png"),
    Name(location: "https://h.net/x/a.png?sig=s", command: "convert png:./a.png X png:./a-fixed.png"),
    Name(
      location: "https://h.net/a%20b%27.png",
      command: #"convert 'png:./a b'\''.png' X 'png:./a b'\''-fixed.png'"#),
    Name(location: "https://h.net/%2e%2e", command: "convert png:./asset X png:./asset-fixed.png"),
    Name(location: "https://h.net/%2e", command: "convert png:./asset X png:./asset-fixed.png"),
    Name(location: "https://h.net/a%2Fb", command: "convert png:./asset X png:./asset-fixed.png"),
    Name(location: "https://h.net/a%00b", command: "convert png:./asset X png:./asset-fixed.png"),
    Name(location: "https://h.net/", command: "convert png:./asset X png:./asset-fixed.png"),
    Name(location: "https://h.net/a%ff.png", command: "convert png:- X png:./a_ff-fixed.png < './a%ff.png'"),
  ])
  func imageMagick(_ name: Name) {
    #expect(FixCommand(AssetReference(name.location)).imageMagick(.png, "X") == name.command)
  }

  @Test func magickWhereThereIsNoConvert() {
    #expect(ImageMagickProgram.preferred { $0 == "magick" } == .magick)
    #expect(ImageMagickProgram.preferred { $0 == "convert" } == .convert)
    #expect(ImageMagickProgram.preferred { _ in true } == .convert)
    #expect(ImageMagickProgram.preferred { _ in false } == .convert)
    let fix = FixCommand(AssetReference("a%d.png"), .magick).imageMagick(.png, "X")
    #expect(fix == "magick png:- X png:./a_d-fixed.png < './a%d.png'")
  }

  @Test func theConfigurationNamesTheProgram() async throws {
    let url = "https://cdn.example.net/a.png"
    let checking = Checking([url: FakeAsset(.image(200, 150))]) { $0.imageMagick = .magick }
    let finding = try await checking.job(#"{"start_image_url": "\#(url)"}"#).findings.first
    #expect(finding?.fix?.hasPrefix("magick png:./a.png ") == true)
  }

  @Test func namesThatAreNotUTF8() {
    let path = FilePath(
      platformString: [CChar(bitPattern: 0xFF)] + ".png".utf8.map { CChar(bitPattern: $0) } + [0])
    let fix = FixCommand(AssetReference(AssetLocation(path: path))).imageMagick(.png, "X")
    #expect(
      fix == #"convert "$(printf %b 'png:./\0377.png')" X "$(printf %b 'png:./\0377-fixed.png')""#)
  }

  /// What neither program would read is not given to it.
  @Test(arguments: [
    (16000, 6250, "convert "), (16001, 6000, "ffmpeg "), (16200, 16200, "ffmpeg "),
    (16300, 16300, "make it smaller "),
    (65535, 3000, "ffmpeg "), (65535, 65500, "make it smaller "), (70000, 9000, "make it smaller "),
  ])
  func theProgramReadsTheImage(_ width: Int, _ height: Int, _ start: String) async throws {
    let checking = Checking([Named.start: FakeAsset(.image(width, height))])
    let findings = try await checking.asset(Named.start).findings
    let fixes = findings.filter { $0.rule == "image-dimensions" }.map(\.fix)
    #expect(fixes.count == 1)
    // 65535x3000 is too long for a shape that is allowed, and is cropped.
    #expect(fixes.first??.hasPrefix(start) == true, "\(fixes)")
  }

  @Test func noImageMagickForWhatItsPolicyRefuses() async throws {
    func fix(_ width: Int, _ height: Int) async throws -> String? {
      let checking = Checking([Named.start: FakeAsset(.image(width, height, orientation: 6))])
      return try await checking.asset(Named.start).findings.first { $0.rule == "image-orientation" }?.fix
    }
    #expect(try await fix(640, 360)?.contains("-auto-orient") == true)
    #expect(try await fix(17000, 4000) == nil)
  }

  @Test func imagesOfOtherProgramsAndWholeBytes() {
    #expect(
      FixCommand(AssetReference("a%d")).ffmpegImage("", to: .png)
        == "ffmpeg -i - -frames:v 1 -update 1 ./a_d-fixed.png < './a%d'")
    #expect(
      FixCommand(AssetReference("-a.jpg")).head(12, of: .jpeg) == "head -c 12 ./-a.jpg > ./-a-fixed.jpg")
  }

  /// A combining mark makes one character of itself and what stands before it; a shell knows bytes only.
  @Test(arguments: ["'\u{301}; echo HIT; '\u{301}", "*\u{301}", "/\u{301}a", "-\u{301}", "~\u{301}/b"])
  func combiningMarksHideNothing(_ name: String) throws {
    let quoted = ShellWord.quoted(name)
    #expect(quoted.utf8.first == UInt8(ascii: "'"))
    let inside = quoted.unicodeScalars.dropFirst().dropLast().split(
      separator: "'", omittingEmptySubsequences: false)
    // Every quotation mark inside is one of the four scalars '\'' that stand for one.
    #expect(inside.count % 3 == 1)
    let command = FixCommand(AssetReference("./\(name)")).imageMagick(.png, "")
    #expect(command.unicodeScalars.contains("*") == false || command.contains("convert png:-"))
  }

  /// What a real shell makes of a quoted word is the word.
  @Test(arguments: [
    "a b", "it's", "\"", "$(id)", "`id`", "\\", "a\nb", "'\u{301}; echo HIT", "*", "~", "#x", "!", "é😀", "-n",
    "", "\\\n", "a\n\n", "\n", "'\u{1B}'\u{301}8", "\u{202E}\u{2028}x",
    "it's\\\u{1B}é\n",
  ])
  func shellReadsTheWordBack(_ word: String) throws {
    try expectReadBack(Array(word.utf8))
  }

  /// A name need not be UTF-8.
  @Test(arguments: [
    [0xFF], [0x61, 0xC3, 0x27, 0x5C, 0x0A, 0xE2, 0x82], [0xFF, 0x0A], [0x61, 0xC3, 0xA9, 0xFF, 0x37],
  ])
  func shellReadsBytesBack(_ word: [UInt8]) throws {
    try expectReadBack(word)
  }

  private func expectReadBack(_ word: [UInt8]) throws {
    let quoted = ShellWord.quoted(word)
    #expect(word.isEmpty || quoted.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    // A plain sh knows no $'…', which is for what nothing else can spell.
    let shell = word.last == UInt8(ascii: "\n") ? "/bin/bash" : "/bin/sh"
    let process = Process()
    process.executableURL = URL(filePath: shell)
    process.arguments = ["-c", "printf %s \(quoted)"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(Data(word) == output, "\(quoted)")
  }

  @Test func ffmpeg() {
    let fix = FixCommand(AssetReference("-i x.wav")).ffmpeg("-vn", to: .wav)
    #expect(fix == "ffmpeg -i './-i x.wav' -vn './-i x-fixed.wav'")
    #expect(
      FixCommand(AssetReference("a.jpeg")).imageMagick(.jpeg, "")
        == "convert jpeg:./a.jpeg jpeg:./a-fixed.jpg")
  }

  @Test func jobPathStartsAtTheJobsFolder() {
    var reference = AssetReference("a.png")
    reference.folder = "jobs"
    #expect(FixCommand(reference).imageMagick(.png, "") == "convert png:./jobs/a.png png:./jobs/a-fixed.png")
  }

  /// The contract's own example.
  @Test func contractExample() async throws {
    let url = "https://cdn.example.net/a.png?sig=x"
    let checking = Checking([url: FakeAsset(.image(200, 150))])
    let finding = try await checking.job(#"{"start_image_url": "\#(url)"}"#).findings.first
    #expect(finding?.fix == "convert png:./a.png -resize '320x240!' png:./a-fixed.png")
  }
}
