import MediaFacts
import Testing

@testable import MediaReading
@testable import StreamProbing

/// One MP3 and what must be measured of it at depth `full`.
struct MP3Case: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  var container: Rational?
  var stream: Rational?
  /// Whole audio frames that are there.
  var frames: Int64
  var endDeclared = false
  var defects: [Defect.Kind] = []

  var testDescription: String { name }

  static func seconds(_ samples: Int64) -> Rational? { Rational(samples, over: 44_100) }

  static let all: [MP3Case] = {
    let stated = MP3Bytes.stated(10)
    let container = seconds(11_520)
    let stream = seconds(11_520 - 1152)
    let junk = [UInt8](repeating: 0x41, count: 100)
    let noise = (0..<100).map { UInt8($0 * 37 % 251) }
    return [
      MP3Case(name: "bare", bytes: MP3Bytes.frames(10), frames: 10),
      MP3Case(
        name: "Info", bytes: stated, container: container, stream: stream, frames: 10, endDeclared: true),
      MP3Case(
        name: "Info with frames only", bytes: MP3Bytes.info(frames: 10, bytes: nil) + MP3Bytes.frames(10),
        container: container, stream: container, frames: 10, endDeclared: true),
      MP3Case(
        name: "ID3v2, footer, ID3v1",
        bytes: MP3Bytes.id3v2(300, hasFooter: true) + stated + MP3Bytes.id3v1, container: container,
        stream: stream, frames: 10, endDeclared: true),
      MP3Case(
        name: "every tag at once",
        bytes: MP3Bytes.id3v2(10) + MP3Bytes.id3v2(20_000) + stated + MP3Bytes.ape
          + MP3Bytes.lyrics + MP3Bytes.id3v1,
        container: container, stream: stream, frames: 10, endDeclared: true),
      MP3Case(name: "garbage in front", bytes: junk + MP3Bytes.frames(10), frames: 10, defects: [.irregular]),
      MP3Case(
        name: "text between", bytes: MP3Bytes.frames(5) + junk + MP3Bytes.frames(5), frames: 10,
        defects: [.irregular]),
      MP3Case(
        name: "zeros between",
        bytes: MP3Bytes.frames(5) + [UInt8](repeating: 0, count: 600) + MP3Bytes.frames(5),
        frames: 10, defects: [.irregular]),
      MP3Case(
        name: "noise between", bytes: MP3Bytes.frames(5) + noise + MP3Bytes.frames(5), frames: 10,
        defects: [.corrupt]),
      MP3Case(
        name: "noise between frames that a checksum proves",
        bytes: MP3Bytes.info(frames: 10, bytes: nil, checksum: MP3Bytes.checksum(10)) + MP3Bytes.frames(5)
          + noise
          + MP3Bytes.frames(5),
        container: container, stream: container, frames: 10, endDeclared: true, defects: [.irregular]),
      MP3Case(
        name: "noise between frames that a checksum contradicts",
        bytes: MP3Bytes.info(frames: 10, bytes: nil, checksum: 1) + MP3Bytes.frames(5) + noise
          + MP3Bytes.frames(5),
        container: container, stream: container, frames: 10, endDeclared: true, defects: [.corrupt]),
      MP3Case(
        name: "a frame overwritten with zeros",
        bytes: MP3Bytes.frames(5) + [UInt8](repeating: 0, count: MP3Bytes.frameLength) + MP3Bytes.frames(5),
        frames: 10, defects: [.corrupt]),
      MP3Case(
        name: "garbage at the end", bytes: MP3Bytes.frames(10) + junk, frames: 10, defects: [.irregular]),
      MP3Case(
        name: "100 kB of padding after a tag",
        bytes: MP3Bytes.id3v2(100) + [UInt8](repeating: 0, count: 100_000) + MP3Bytes.frames(10), frames: 10),
      MP3Case(
        name: "much garbage at the end, like frames of free format",
        bytes: MP3Bytes.frames(10) + (0..<20_000).flatMap { _ in [0xFF, 0xFB, 0, 0] as [UInt8] }, frames: 10,
        defects: [.corrupt]),
      MP3Case(
        name: "zeros at the end", bytes: MP3Bytes.frames(10) + [UInt8](repeating: 0, count: 900), frames: 10),
      MP3Case(
        name: "a tag between joined files",
        bytes: MP3Bytes.frames(5) + MP3Bytes.id3v2(64) + MP3Bytes.frames(5),
        frames: 10),
      MP3Case(
        name: "last frame cut", bytes: MP3Bytes.frames(10).dropLast(1), frames: 9, defects: [.cutEnd]),
      MP3Case(
        name: "last frame cut before ID3v1", bytes: MP3Bytes.frames(10).dropLast(9) + MP3Bytes.id3v1,
        frames: 9,
        defects: [.cutEnd]),
      MP3Case(
        name: "last frame cut, which the header counts",
        bytes: (MP3Bytes.info(frames: 10, bytes: nil) + MP3Bytes.frames(10)).dropLast(1),
        container: container,
        stream: container, frames: 9, endDeclared: true, defects: [.cutEnd, .truncated]),
      MP3Case(
        name: "Xing lies", bytes: MP3Bytes.info(frames: 206_209, bytes: 90_000_000) + MP3Bytes.frames(10),
        container: seconds(206_209 * 1152), stream: seconds(206_209 * 1152), frames: 10, endDeclared: true,
        defects: [.truncated]),
      MP3Case(
        name: "more frames stated than there",
        bytes: MP3Bytes.info(frames: 11, bytes: nil) + MP3Bytes.frames(10), container: seconds(11 * 1152),
        stream: seconds(11 * 1152), frames: 10, endDeclared: true, defects: [.truncated]),
      MP3Case(
        name: "a Xing header that a stream left empty",
        bytes: MP3Bytes.info(frames: 0, bytes: 0) + MP3Bytes.frames(10), frames: 10),
    ]
  }()
}

@Suite struct MP3ProbeTests {
  @Test(arguments: MP3Case.all, [Depth.full, .decode])
  func measures(_ example: MP3Case, at depth: Depth) throws {
    let facts = try AudioBytes(example.bytes).probed(depth)
    let audio = try #require(facts.audio)
    #expect(facts.format == .mp3)
    #expect(audio.codec == "mp3")
    #expect(audio.sampleRate == 44_100)
    #expect(audio.channels == 2)
    #expect(audio.duration.container == example.container)
    #expect(audio.duration.stream == example.stream)
    #expect(audio.duration.counted == MP3Case.seconds(example.frames * 1152))
    #expect(facts.endDeclared == example.endDeclared)
    #expect(facts.defects.map(\.kind) == example.defects, "\(facts.defects)")
    #expect(facts.evidence.contains(.firstFrames))
  }

  /// libavformat does not look for the header after an APE tag: what it states is a further reading.
  @Test(arguments: [Depth.full, .decode])
  func aHeaderBehindAnAPETagIsAFurtherReading(depth: Depth) throws {
    let facts = try AudioBytes(MP3Bytes.ape + MP3Bytes.stated(10)).probed(depth)
    #expect(facts.audio?.duration.container == nil)
    #expect(facts.audio?.duration.counted == MP3Case.seconds(11_520))
    #expect(facts.audio?.duration.others.contains { $0.seconds == MP3Case.seconds(11_520 - 1152) } == true)
    #expect(facts.endDeclared == true)
    #expect(facts.defects == [])
  }

  @Test(arguments: MP3Case.all)
  func measuresWithoutALength(_ example: MP3Case) throws {
    let facts = try AudioBytes(example.bytes, statesLength: false).probed()
    #expect(facts.audio?.duration.container == example.container)
    #expect(facts.audio?.duration.stream == example.stream)
    let counted = facts.audio?.duration.counted
    // Without a length the tags at the end are not known before the frames are, and the last may take some
    // in.
    let atMost = MP3Case.seconds((example.frames + 1) * 1152)
    #expect(counted == MP3Case.seconds(example.frames * 1152) || counted == atMost)
  }

  @Test(arguments: MP3Case.all)
  func headersCostFewReads(_ example: MP3Case) throws {
    let facts = try AudioBytes(example.bytes).probed(.header)
    #expect(facts.audio?.duration.container == example.container)
    #expect(facts.audio?.duration.counted == nil)
    #expect(!facts.evidence.contains(.packets))
  }

  @Test(arguments: Depth.allCases, [true, false])
  func everyCutOfAStatedFileIsSeen(depth: Depth, statesLength: Bool) throws {
    let whole = MP3Bytes.id3v2(50) + MP3Bytes.stated(40) + MP3Bytes.id3v1
    for count in [1, 30, 60, 61, 64, 100, 476, 477, 478, 5000, 17_000, whole.count - 129, whole.count - 1] {
      let facts = try AudioBytes(Array(whole.prefix(count)), statesLength: statesLength).probed(depth)
      let isSeen =
        facts.format != .mp3 || facts.defects.contains { [.truncated, .corrupt].contains($0.kind) }
      #expect(isSeen, "cut at \(count): \(facts)")
    }
  }

  @Test func anExtraChecksumMovesTheXingHeader() throws {
    let header = try #require(MPEGAudioHeader([0xFF, 0xFA, 0x90, 0x00]))
    var frame = MP3Bytes.info(frames: 7, bytes: 8)
    frame.insert(contentsOf: [0, 0], at: 4)
    #expect(XingHeader(frame[...], header)?.frames == 7)
  }

  @Test func fraunhofersHeaderIsRead() throws {
    var frame = MP3Bytes.frame()
    let body = Array("VBRI".utf8) + [0, 1, 0, 0, 0, 0] + MP3Bytes.big(4587, 4) + MP3Bytes.big(10, 4)
    frame.replaceSubrange(36..<36 + body.count, with: body)
    let facts = try AudioBytes(frame + MP3Bytes.frames(10)).probed()
    #expect(facts.audio?.duration.container == MP3Case.seconds(11_520))
    #expect(facts.endDeclared == true)
    #expect(facts.defects == [])
  }

  @Test func freeFormatIsCountedButNotDecoded() throws {
    let frame = MP3Bytes.frame(header: [0xFF, 0xFB, 0x00, 0x00], length: 700)
    let facts = try AudioBytes((0..<10).flatMap { _ in frame }).probed()
    #expect(facts.audio?.duration.counted == MP3Case.seconds(11_520))
    #expect(facts.defects.map(\.kind) == [.undecodable])
  }
}
