import Foundation
import JudgingKit
import Locations
import MediaFacts
import SystemPackage
import Testing

@testable import WanCheck

@Suite struct FixCommandTests {
  private static func writer(_ location: String, _ program: ImageMagickProgram = .convert)
    -> RepairCommand.Writer
  {
    RepairCommand.Writer(asset: AssetPath(AssetReference(location)), imageMagick: program)
  }

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
    #expect(Self.writer(name.location).imageMagick("png", ["X"], to: .png).invocation == name.command)
  }

  @Test func magickWhereThereIsNoConvert() {
    #expect(ImageMagickProgram.preferred { $0 == "magick" } == .magick)
    #expect(ImageMagickProgram.preferred { $0 == "convert" } == .convert)
    #expect(ImageMagickProgram.preferred { _ in true } == .convert)
    #expect(ImageMagickProgram.preferred { _ in false } == .convert)
    let fix = Self.writer("a%d.png", .magick).imageMagick("png", ["X"], to: .png)
    #expect(fix.invocation == "magick png:- X png:./a_d-fixed.png < './a%d.png'")
  }

  @Test func theConfigurationNamesTheProgram() async throws {
    let url = "https://cdn.example.net/a.png"
    let checking = Checking([url: FakeAsset(.image(200, 150))]) { $0.imageMagick = .magick }
    let finding = try await checking.job(#"{"start_image_url": "\#(url)"}"#).findings.first
    #expect(finding?.fix?.text.contains("{ magick png:./a.png ") == true)
  }

  @Test func namesThatAreNotUTF8() {
    let path = FilePath(
      platformString: [CChar(bitPattern: 0xFF)] + ".png".utf8.map { CChar(bitPattern: $0) } + [0])
    let writer = RepairCommand.Writer(asset: AssetPath(AssetReference(AssetLocation(path: path))))
    #expect(
      writer.imageMagick("png", ["X"], to: .png).invocation
        == #"convert "$(printf %b 'png:./\0377.png')" X "$(printf %b 'png:./\0377-fixed.png')""#)
  }

  /// What neither program would read is not given to it: ImageMagick's usual policy allows sides of 16 kP, and has room
  /// for 40 million pixels in each step.
  @Test(arguments: [
    (16000, 2500, "convert"), (16001, 2001, "ffmpeg"), (8001, 5000, "ffmpeg"), (16200, 16200, "ffmpeg"),
    (16300, 16300, nil), (65535, 3000, "ffmpeg"), (65535, 65500, nil), (70000, 9000, nil),
  ])
  func theProgramReadsTheImage(_ width: Int, _ height: Int, _ program: String?) async throws {
    let checking = Checking([Named.start: FakeAsset(.image(width, height))])
    let findings = try await checking.asset(Named.start).findings
    let fix = try #require(findings.first { $0.rule == "image-dimensions" }?.fix)
    // 65535x3000 is too long for a shape that is allowed, and is cropped.
    #expect(fix.command?.executable == program)
    #expect(program != nil || fix.text.hasPrefix("make it smaller "))
  }

  @Test func largeImagesAreTurnedByFFmpeg() async throws {
    for (size, filter) in [((640, 360), "-auto-orient"), ((7000, 6000), "transpose=clock")] {
      let checking = Checking([Named.start: FakeAsset(.image(size.0, size.1, orientation: 6))])
      let fix = try await checking.asset(Named.start).findings.first { $0.rule == "image-orientation" }?.fix
      #expect(fix?.text.contains(filter) == true)
    }
  }

  @Test func imagesOfOtherProgramsAndWholeBytes() {
    #expect(
      Self.writer("a%d").ffmpegImage([], to: .png).invocation
        == "ffmpeg -nostdin -i - -frames:v 1 -update 1 ./a_d-fixed.png < './a%d'")
    #expect(
      Self.writer("-a.jpg").head(12, to: "jpg").invocation == "head -c 12 ./-a.jpg > ./-a-fixed.jpg")
    #expect(Self.writer("-a").copy(to: "jpg").invocation == "cp ./-a ./-a-fixed.jpg")
    #expect(
      Self.writer("a.jpg").jpegtran().text
        == "[ ! -e ./a-fixed.jpg ] && { jpegtran -copy all -outfile ./a-fixed.jpg ./a.jpg || [ $? = 2 ]"
        + " || ! rm -f ./a-fixed.jpg; }")
  }

  /// Findings of one asset have one command, which does what each of them needs.
  @Test func oneCommandForAll() async throws {
    let facts = MediaFacts.image(200, 150, orientation: 6).image { image in
      image.color = .cmyk
    }
    let result = try await Checking([Named.start: FakeAsset(facts)]).asset(Named.start)
    #expect(result.rules == ["image-dimensions", "image-cmyk", "image-orientation"])
    let fixes = Set(result.findings.map(\.fix))
    #expect(fixes.count == 1)
    #expect(
      fixes.first??.text.contains("-auto-orient -colorspace sRGB +profile icc -resize '240x320!'") == true)
  }

  @Test func namesOfARunDoNotCollide() async throws {
    let taken = Set(["./a-fixed.png", "./A-fixed-2.png"].map { Array($0.utf8) })
    var names = FixNames { taken.contains($0) }
    var written: [String?] = []
    for name in ["a.png", "x/a.png", "a.gif.png", "a.webp", "a.png", "A.webp"] {
      var result = try await Checking([name: FakeAsset(.image(200, 150))]).asset(name)
      names.settle(&result)
      written.append(result.findings.first?.fix?.writes)
    }
    #expect(
      written == [
        "a-fixed-2.png", "x/a-fixed.png", "a.gif-fixed.png", "a-fixed-3.png", "a-fixed-2.png", "A-fixed.png",
      ])
  }

  /// A combining mark forms one character with the scalar before it; a shell reads bytes only.
  @Test(arguments: ["'\u{301}; echo HIT; '\u{301}", "*\u{301}", "/\u{301}a", "-\u{301}", "~\u{301}/b"])
  func combiningMarksHideNothing(_ name: String) throws {
    let quoted = ShellWord.quoted(name)
    #expect(quoted.utf8.first == UInt8(ascii: "'"))
    let inside = quoted.unicodeScalars.dropFirst().dropLast().split(
      separator: "'", omittingEmptySubsequences: false)
    // Every quotation mark inside is one of the four scalars '\'' that stand for one.
    #expect(inside.count % 3 == 1)
    let command = Self.writer("./\(name)").imageMagick("png", [], to: .png).invocation
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
    #expect(
      Self.writer("-i x.wav").ffmpeg(["-vn"], to: "wav").invocation
        == "ffmpeg -nostdin -i './-i x.wav' -vn './-i x-fixed.wav'")
    #expect(
      Self.writer("a.jpeg").imageMagick("jpeg", [], to: .jpeg).invocation
        == "convert jpeg:./a.jpeg jpeg:./a-fixed.jpg")
  }

  @Test func jobPathStartsAtTheJobsFolder() {
    var reference = AssetReference("a.png")
    reference.folder = "jobs"
    #expect(
      RepairCommand.Writer(asset: AssetPath(reference)).imageMagick("png", [], to: .png).invocation
        == "convert png:./jobs/a.png png:./jobs/a-fixed.png")
  }

  /// A runner without a shell gets the same arguments, and says where the copy goes.
  @Test func argumentsForAnotherPlace() {
    let command = Self.writer("it's.png").imageMagick("png", ["-resize", "2x2!"], to: .png)
    let arguments = command.arguments(output: Array("/out/it's.png".utf8))
    #expect(
      arguments.map { String(decoding: $0, as: UTF8.self) } == [
        "png:./it's.png", "-resize", "2x2!", "png:/out/it's.png",
      ])
  }
}
