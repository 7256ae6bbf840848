import MediaFacts
import Testing

@testable import MediaReading
@testable import StreamProbing

/// One WAV and what must be measured of it.
struct WAVCase: Sendable, CustomTestStringConvertible {
  var name: String
  var bytes: [UInt8]
  var codec: String? = "pcm_s16le"
  var container: Rational? = Rational(1)
  var stream: Rational? = Rational(1)
  var counted: Rational? = Rational(1)
  var endDeclared = true
  var defects: [Defect.Kind] = []

  var testDescription: String { name }

  private typealias W = WAVBytes

  static let all: [WAVCase] = [
    WAVCase(name: "PCM", bytes: W.plain),
    WAVCase(
      name: "chunks on both sides",
      bytes: W.riff(
        W.chunk("JUNK", [1, 2, 3]), W.format(), W.data(16_000), W.chunk("LIST", Array("INFO?".utf8)))),
    WAVCase(
      name: "an odd chunk without padding",
      bytes: W.riff(W.chunk("JUNK", [1, 2, 3], padded: false), W.format(), W.data(16_000)),
      codec: nil, container: nil, stream: nil, counted: nil, defects: [.corrupt]),
    WAVCase(
      name: "8 bits, odd, unpadded",
      bytes: W.riff(W.format(rate: 4001, bits: 8), W.data(4001, padded: false)),
      codec: "pcm_u8"),
    WAVCase(name: "24 bits", bytes: W.riff(W.format(bits: 24), W.data(24_000)), codec: "pcm_s24le"),
    WAVCase(name: "20 bits in 24", bytes: W.riff(W.format(bits: 20), W.data(24_000)), codec: "pcm_s24le"),
    WAVCase(name: "float", bytes: W.riff(W.format(tag: 3, bits: 32), W.data(32_000)), codec: "pcm_f32le"),
    WAVCase(name: "A-law", bytes: W.riff(W.format(tag: 6, bits: 8), W.data(8000)), codec: "pcm_alaw"),
    WAVCase(
      name: "extensible",
      bytes: W.riff(W.format(tag: 0xFFFE, more: W.extensible(1, bits: 16)), W.data(16_000))),
    WAVCase(
      name: "a wrong byte rate", bytes: W.riff(W.format(byteRate: 8000), W.data(16_000)),
      container: Rational(2)),
    WAVCase(
      name: "a second format that says the same", bytes: W.riff(W.format(), W.format(), W.data(16_000))),
    WAVCase(
      name: "a second format that says otherwise",
      bytes: W.riff(W.format(), W.format(rate: 100), W.data(16_000)), defects: [.corrupt]),
    WAVCase(
      name: "data of no bytes in a RIFF that goes on", bytes: W.riff(W.format(), W.data(16_000, size: 0)),
      container: Rational(0), stream: nil, endDeclared: false),
    WAVCase(
      name: "half a sample at the end", bytes: W.riff(W.format(channels: 2), W.data(32_002))),
    WAVCase(
      name: "IMA ADPCM",
      bytes: W.riff(
        W.format(tag: 0x11, bits: 4, block: 256, byteRate: 4055, more: [2, 0, 0xF9, 1]),
        W.chunk("fact", MP3Bytes.little(8000, 4)),
        W.chunk("data", [UInt8](repeating: 0, count: 16 * 256))),
      codec: "adpcm_ima_wav", stream: nil, counted: Rational(16 * 505, over: 8000)),
    WAVCase(
      name: "RF64",
      bytes: W.riff(
        W.chunk("ds64", MP3Bytes.little(16_072, 8) + MP3Bytes.little(16_000, 8) + MP3Bytes.little(8000, 12)),
        W.format(), W.data(16_000, size: 0xFFFF_FFFF), size: 0xFFFF_FFFF, name: "RF64")),
    WAVCase(
      name: "sizes of all ones",
      bytes: W.riff(W.format(), W.data(16_000, size: 0xFFFF_FFFF), size: 0xFFFF_FFFF),
      container: nil, stream: nil, endDeclared: false),
    WAVCase(
      name: "sizes of 0", bytes: W.riff(W.format(), W.data(16_000, size: 0), size: 0), container: nil,
      stream: nil,
      endDeclared: false),
    WAVCase(
      name: "unknown size, cut in a sample",
      bytes: W.riff(W.format(channels: 2), W.data(32_003, size: 0, padded: false), size: 0), container: nil,
      stream: nil, endDeclared: false, defects: [.truncated]),
    WAVCase(
      name: "no samples", bytes: W.riff(W.format(), W.data(0)), container: Rational(0), stream: Rational(0),
      counted: Rational(0)),
    WAVCase(
      name: "no samples, but a chunk behind", bytes: W.riff(W.format(), W.data(0), W.chunk("LIST", [1, 2])),
      container: Rational(0), stream: Rational(0), counted: Rational(0)),
    WAVCase(name: "data behind the end", bytes: W.plain + [9, 9, 9], defects: [.trailingData]),
    WAVCase(
      name: "data chunk cut", bytes: W.riff(W.format(), W.data(8000, size: 16_000), size: 16_036),
      counted: Rational(1, over: 2), defects: [.truncated]),
    WAVCase(
      name: "RIFF size too long", bytes: W.riff(W.format(), W.data(16_000), size: 16_048),
      defects: [.truncated]),
    WAVCase(
      name: "no format", bytes: W.riff(W.data(16_000)), codec: nil, container: nil, stream: nil,
      counted: nil, defects: [.corrupt]),
    WAVCase(
      name: "no data", bytes: W.riff(W.format()), codec: nil, container: nil, stream: nil, counted: nil),
    WAVCase(
      name: "no channels", bytes: W.riff(W.format(channels: 0, block: 2), W.data(16_000)), container: nil,
      stream: nil, counted: nil, defects: [.corrupt]),
    WAVCase(
      name: "a sample rate of 0", bytes: W.riff(W.format(rate: 0), W.data(16_000)), container: nil,
      stream: nil,
      counted: nil, defects: [.corrupt]),
    WAVCase(
      name: "blocks of 0 bytes", bytes: W.riff(W.format(block: 0), W.data(16_000)), container: nil,
      stream: nil,
      counted: nil, defects: [.corrupt]),
    WAVCase(
      name: "blocks that contradict", bytes: W.riff(W.format(bits: 24, block: 4), W.data(16_000)),
      codec: "pcm_s24le", container: nil, stream: nil, counted: nil, defects: [.corrupt]),
  ]
}

@Suite struct WAVProbeTests {
  @Test(arguments: WAVCase.all, Depth.allCases)
  func measures(_ example: WAVCase, at depth: Depth) throws {
    let facts = try AudioBytes(example.bytes).probed(depth)
    let audio = try #require(facts.audio)
    #expect(facts.format == .wav)
    #expect(audio.codec == example.codec)
    #expect(audio.duration.container == example.container)
    #expect(audio.duration.stream == example.stream)
    #expect(audio.duration.counted == example.counted)
    #expect(facts.endDeclared == example.endDeclared)
    #expect(facts.defects.map(\.kind) == example.defects, "\(facts.defects)")
  }

  @Test(arguments: Depth.allCases, [true, false])
  func everyCutIsSeen(depth: Depth, statesLength: Bool) throws {
    let whole = WAVBytes.riff(WAVBytes.format(), WAVBytes.data(15_999), WAVBytes.chunk("LIST", [1, 2, 3, 4]))
    for count in Array(1...60) + [160, 1600, 8000, 15_900] + (whole.count - 24..<whole.count) {
      let facts = try AudioBytes(Array(whole.prefix(count)), statesLength: statesLength).probed(depth)
      let isSeen = facts.format != .wav || facts.defects.contains { $0.kind == .truncated }
      #expect(isSeen, "cut at \(count): \(facts)")
    }
  }

  @Test(arguments: [
    (0x01, 32, "pcm_s32le"), (0x02, 4, "adpcm_ms"), (0x03, 64, "pcm_f64le"), (0x07, 8, "pcm_mulaw"),
    (0x31, 0, "gsm_ms"), (0x55, 0, "mp3"), (0x1234, 16, "unknown(0x1234)"),
  ])
  func codecsAreNamedAsFFmpegNamesThem(tag: Int, bits: Int, name: String) throws {
    let chunk = WAVBytes.format(tag: tag, bits: bits, block: 4)
    let format = try #require(WAVFormat(chunk.dropFirst(8)))
    #expect(format.codec == name)
  }

  @Test func anUnknownSubFormatIsSaidToBe() throws {
    let chunk = WAVBytes.format(tag: 0xFFFE, more: WAVBytes.extensible(1, bits: 16, known: false))
    #expect(WAVFormat(chunk.dropFirst(8))?.codec == "unknown(0xfffe)")
  }
}
