import Foundation
import JudgingKit
import MediaFacts
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
  ])
  func shellReadsTheWordBack(_ word: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "printf %s \(ShellWord.quoted(word))"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(Data(word.utf8) == output)
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
