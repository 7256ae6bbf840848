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
  /// Further readings, by name.
  var others: [String: Rational?] = [:]
  /// Whether FFmpeg only estimates the length, after reading packets.
  var isEstimated = false
  /// Whether only packets count samples.
  var isCompressed = false
  var endDeclared = true
  var defects: [Defect.Kind] = []

  var testDescription: String { name }

  private typealias W = WAVBytes
  private static let half = Rational(1, over: 2)
  private static let cut = Rational(8001, over: 8000)

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
      others: ["byte rate": Rational(2)]),
    WAVCase(
      name: "A-law of 16 bits",
      bytes: W.riff(W.format(tag: 6, bits: 16), W.data(16_000)), codec: "pcm_alaw",
      container: Rational(2), stream: Rational(2), counted: Rational(2), others: ["block size": Rational(1)],
      defects: [.irregular]),
    WAVCase(
      name: "8 valid bits in 16",
      bytes: W.riff(W.format(tag: 0xFFFE, bits: 16, more: W.extensible(1, bits: 8)), W.data(16_000)),
      codec: "pcm_u8", container: Rational(2), stream: Rational(2), counted: Rational(2),
      others: ["block size": Rational(1)], defects: [.irregular]),
    WAVCase(
      name: "24 valid bits in 32",
      bytes: W.riff(W.format(tag: 0xFFFE, bits: 32, more: W.extensible(1, bits: 24)), W.data(32_000)),
      codec: "pcm_f24le", container: Rational(5333, over: 4000), stream: Rational(5333, over: 4000)),
    WAVCase(
      name: "24 bits in 4 bytes", bytes: W.riff(W.format(bits: 24, block: 4), W.data(32_000)),
      codec: "pcm_f24le", container: Rational(5333, over: 4000), stream: Rational(5333, over: 4000),
      defects: [.irregular]),
    WAVCase(
      name: "a fact chunk that says otherwise",
      bytes: W.riff(W.format(), W.chunk("fact", MP3Bytes.little(80_000, 4)), W.data(16_000)),
      others: ["fact chunk": Rational(10)]),
    WAVCase(
      name: "a fact chunk of 0",
      bytes: W.riff(W.format(), W.chunk("fact", MP3Bytes.little(0, 4)), W.data(16_000)),
      others: ["fact chunk": Rational(0)]),
    WAVCase(
      name: "two data chunks", bytes: W.riff(W.format(), W.data(32_000), W.data(16_000)),
      others: ["data chunk": Rational(2), "all data chunks": Rational(3)], defects: [.irregular]),
    WAVCase(
      name: "a data chunk after the RIFF chunk",
      bytes: W.riff(W.format(), W.data(32_000)) + W.data([UInt8](repeating: 1, count: 16_000)),
      others: ["data chunk": Rational(2), "all data chunks": Rational(3)], defects: [.irregular, .irregular]),
    WAVCase(
      name: "two files joined", bytes: W.plain + W.riff(W.format(), W.data(32_000)),
      others: ["all joined files": Rational(3)], defects: [.irregular]),
    WAVCase(
      name: "RF64 whose 32-bit size differs",
      bytes: W.riff(
        W.chunk("ds64", MP3Bytes.little(16_072, 8) + MP3Bytes.little(16_000, 8) + MP3Bytes.little(8000, 12)),
        W.format(), W.data(16_000, size: 4000), size: 0xFFFF_FFFF, name: "RF64"),
      others: ["data chunk of 32 bits": Rational(1, over: 4)]),
    WAVCase(
      name: "a second format that says the same", bytes: W.riff(W.format(), W.format(), W.data(16_000)),
      defects: [.irregular]),
    WAVCase(
      name: "a second format that says otherwise",
      bytes: W.riff(W.format(), W.format(rate: 100), W.data(16_000)), defects: [.corrupt]),
    WAVCase(
      name: "data of no bytes in a RIFF that goes on", bytes: W.riff(W.format(), W.data(16_000, size: 0)),
      others: ["data chunk": Rational(0)], isEstimated: true, endDeclared: false),
    WAVCase(
      name: "half a sample at the end", bytes: W.riff(W.format(channels: 2), W.data(32_002))),
    WAVCase(
      name: "IMA ADPCM",
      bytes: W.riff(
        W.format(tag: 0x11, bits: 4, block: 256, byteRate: 4055, more: [2, 0, 0xF9, 1]),
        W.chunk("fact", MP3Bytes.little(8000, 4)),
        W.chunk("data", [UInt8](repeating: 0, count: 16 * 256))),
      codec: "adpcm_ima_wav", counted: Rational(16 * 505, over: 8000), isCompressed: true),
    WAVCase(
      name: "IMA ADPCM whose blocks claim a quarter",
      bytes: W.riff(
        W.format(tag: 0x11, bits: 4, block: 256, byteRate: 4055, more: [2, 0, 126, 0]),
        W.chunk("fact", MP3Bytes.little(8080, 4)),
        W.chunk("data", [UInt8](repeating: 0, count: 16 * 256))),
      codec: "adpcm_ima_wav", container: Rational(101, over: 100), stream: Rational(101, over: 100),
      counted: Rational(16 * 505, over: 8000), others: ["samples per block": Rational(16 * 126, over: 8000)],
      isCompressed: true),
    WAVCase(
      name: "RF64",
      bytes: W.riff(
        W.chunk("ds64", MP3Bytes.little(16_072, 8) + MP3Bytes.little(16_000, 8) + MP3Bytes.little(8000, 12)),
        W.format(), W.data(16_000, size: 0xFFFF_FFFF), size: 0xFFFF_FFFF, name: "RF64")),
    WAVCase(
      name: "sizes of all ones",
      bytes: W.riff(W.format(), W.data(16_000, size: 0xFFFF_FFFF), size: 0xFFFF_FFFF),
      isEstimated: true, endDeclared: false),
    WAVCase(
      name: "sizes of 0", bytes: W.riff(W.format(), W.data(16_000, size: 0), size: 0), isEstimated: true,
      endDeclared: false),
    WAVCase(
      name: "unknown size, cut in a sample",
      bytes: W.riff(W.format(channels: 2), W.data(32_003, size: 0, padded: false), size: 0), container: cut,
      stream: cut, isEstimated: true, endDeclared: false, defects: [.truncated]),
    WAVCase(
      name: "no samples", bytes: W.riff(W.format(), W.data(0)), container: nil, stream: nil,
      counted: Rational(0)),
    WAVCase(
      name: "data after the end", bytes: W.plain + [9, 9, 9],
      others: ["to the end of the file": Rational(8001, over: 8000)], defects: [.irregular]),
    WAVCase(
      name: "bytes in no chunk", bytes: W.riff(W.format(), W.data(16_000, size: 8000)),
      container: half, stream: half, counted: half, others: ["to the end of the RIFF chunk": Rational(1)],
      defects: [.irregular]),
    WAVCase(
      name: "data chunk cut", bytes: W.riff(W.format(), W.data(8000, size: 16_000), size: 16_036),
      container: half, stream: half, counted: half, others: ["data chunk": Rational(1)], isEstimated: true,
      defects: [.truncated]),
    WAVCase(
      name: "RIFF size that counts itself", bytes: W.riff(W.format(), W.data(16_000), size: 16_044),
      defects: [.irregular]),
    WAVCase(
      name: "RIFF size too short", bytes: W.riff(W.format(), W.data(16_000), size: 16_000),
      defects: [.irregular]),
    WAVCase(
      name: "data size that is the RIFF size",
      bytes: W.riff(W.format(), W.data(16_000, size: 16_036), size: 16_036),
      others: ["data chunk": Rational(8018, over: 8000)], isEstimated: true, defects: [.irregular]),
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
      name: "blocks that contradict", bytes: W.riff(W.format(bits: 24, block: 5), W.data(16_000)),
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
    let isHeader = depth == .header
    #expect(audio.duration.container == (isHeader && example.isEstimated ? nil : example.container))
    #expect(audio.duration.stream == (isHeader && example.isEstimated ? nil : example.stream))
    #expect(audio.duration.counted == (isHeader && example.isCompressed ? nil : example.counted))
    for (name, seconds) in example.others {
      let reading = audio.duration.others.first { $0.name == name }
      #expect(reading?.seconds == seconds, "\(audio.duration.others)")
    }
    #expect(facts.endDeclared == example.endDeclared)
    #expect(facts.defects.map(\.kind) == example.defects, "\(facts.defects)")
  }

  /// Sizes on both sides of the line between a placeholder and a file that was cut.
  @Test(arguments: [
    (0x7FFF_FFFF, true), (0x7FFF_F000, true), (0x7FFF_FFD3, true), (0x8000_0000, true), (0xFFFF_FFDB, true),
    (2_000_000_000, true), (1_000_000_000, true), (999_999_900, false), (160_000, false), (32_000, false),
    (16_020, false),
  ])
  func placeholdersAreToldFromCutFiles(size: Int, isPlaceholder: Bool) throws {
    let bytes = WAVBytes.riff(
      WAVBytes.format(), WAVBytes.data(16_000, size: size), size: min(size + 36, 0xFFFF_FFFF))
    for depth in Depth.allCases {
      let facts = try AudioBytes(bytes).probed(depth)
      #expect(facts.defects.map(\.kind) == (isPlaceholder ? [] : [.truncated]))
      #expect(facts.endDeclared == !isPlaceholder)
      #expect(facts.audio?.duration.counted == Rational(1))
    }
  }

  @Test func joinedFilesAreListed() throws {
    let facts = try AudioBytes(WAVBytes.plain + WAVBytes.plain + WAVBytes.plain).probed(.header)
    let length = Int64(WAVBytes.plain.count)
    #expect(
      facts.audio?.joined
        == (0..<3).map { JoinedAudio(offset: $0 * length, bytes: length, seconds: Rational(1)) })
    #expect(facts.defects.first?.message.hasPrefix("3 WAV files are joined into one (1 s, 1 s, 1 s)") == true)
  }

  @Test func aJoinedFileThatIsCutIsSeen() throws {
    for cut in [1, 100, 8000, 15_999] {
      let facts = try AudioBytes(Array((WAVBytes.plain + WAVBytes.plain).dropLast(cut))).probed()
      #expect(facts.defects.contains { $0.kind == .truncated }, "cut by \(cut): \(facts.defects)")
    }
  }

  @Test func framesOfMP3ThatAreCalledPCMAreCounted() throws {
    let frames = MP3Bytes.frames(400)
    let facts = try AudioBytes(WAVBytes.riff(WAVBytes.format(), WAVBytes.data(frames))).probed()
    #expect(facts.audio?.codec == "mp3")
    #expect(facts.defects.map(\.kind) == [.irregular])
    #expect((facts.audio?.duration.counted?.doubleValue ?? 0).rounded() == 10)
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
