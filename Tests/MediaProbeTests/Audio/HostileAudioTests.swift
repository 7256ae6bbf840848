import MediaFacts
import Testing

@testable import MediaReading
@testable import StreamProbing

/// A file made to cost more than it weighs, or to break arithmetic; each must end in facts, within its
/// budget.
struct HostileAudio: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]

  var testDescription: String { name }

  static let all: [HostileAudio] = {
    let ones = [UInt8](repeating: 0xFF, count: 8)
    let deep = (0..<2000).flatMap { _ in WAVBytes.chunk("LIST", [], size: 0xFFFF_FFF0, padded: false) }
    return [
      HostileAudio(name: "ID3 tag of 256 MB", bytes: Array("ID3".utf8) + [4, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F]),
      HostileAudio(name: "nothing but ID3 tags", bytes: (0..<500).flatMap { _ in MP3Bytes.id3v2(0) }),
      HostileAudio(
        name: "data of 4 GB in 100 bytes",
        bytes: WAVBytes.riff(WAVBytes.format(), WAVBytes.data(56, size: 0xFFFF_FFFE))),
      HostileAudio(
        name: "RF64 sizes that overflow",
        bytes: WAVBytes.riff(
          WAVBytes.chunk("ds64", ones + ones + ones), WAVBytes.format(), WAVBytes.data(16, size: 0xFFFF_FFFF),
          size: 0xFFFF_FFFF, name: "RF64")),
      HostileAudio(name: "lists in lists", bytes: WAVBytes.riff(deep)),
      HostileAudio(
        name: "chunks of 0 bytes",
        bytes: WAVBytes.riff((0..<20_000).flatMap { _ in WAVBytes.chunk("JUNK", []) })),
      HostileAudio(
        name: "the highest rates",
        bytes: WAVBytes.riff(
          WAVBytes.format(channels: 0xFFFF, rate: 0xFFFF_FFFF, bits: 8, byteRate: 0xFFFF_FFFF),
          WAVBytes.data(100))),
      HostileAudio(
        name: "Xing counts of all ones",
        bytes: MP3Bytes.info(frames: 0xFFFF_FFFF, bytes: 0xFFFF_FFFF, delay: 4095, padding: 4095)
          + MP3Bytes.frames(4)),
      HostileAudio(
        name: "trims longer than the audio",
        bytes: MP3Bytes.info(frames: 1, bytes: 834, delay: 4095, padding: 4095) + MP3Bytes.frames(1)),
      HostileAudio(
        name: "nothing but free format", bytes: (0..<20_000).flatMap { _ in [0xFF, 0xFB, 0, 0] as [UInt8] }),
      HostileAudio(name: "nothing but sync", bytes: [UInt8](repeating: 0xFF, count: 100_000)),
      HostileAudio(
        name: "junk after every third frame",
        bytes: (0..<300).flatMap { _ in MP3Bytes.frames(3) + [1] }),
      HostileAudio(
        name: "an APE tag that claims the whole file",
        bytes: MP3Bytes.frames(10) + Array("APETAGEX".utf8) + MP3Bytes.little(2000, 4)
          + MP3Bytes.little(0xFFFF_FFFF, 4) + [UInt8](repeating: 0, count: 16)),
    ]
  }()
}

@Suite struct HostileAudioTests {
  @Test(arguments: HostileAudio.all, Depth.allCases)
  func endsInFacts(_ example: HostileAudio, at depth: Depth) throws {
    for statesLength in [true, false] {
      let source = AudioBytes(example.bytes, statesLength: statesLength)
      let facts = try source.probed(depth)
      #expect(facts.audio?.duration.known.allSatisfy { $0.seconds >= Rational(0) } ?? true)
    }
  }

  @Test func aBoundIsReportedAndWhatIsKnownStands() throws {
    var budget = Budget()
    budget.frames = 5
    let facts = try AudioBytes(MP3Bytes.frames(10)).probed(budget: budget)
    #expect(facts.audio?.codec == "mp3")
    #expect(facts.defects.map(\.kind) == [.limit])
    #expect(!facts.evidence.contains(.packets))
  }

  @Test func chunksAreBounded() throws {
    var budget = Budget()
    budget.chunks = 3
    let junk = WAVBytes.chunk("JUNK", [])
    let facts = try AudioBytes(WAVBytes.riff(junk, junk, WAVBytes.format(), WAVBytes.data(16)))
      .probed(budget: budget)
    #expect(facts.defects.map(\.kind) == [.limit])
  }
}
