import MediaFacts
import Testing

@testable import MediaReading
@testable import StreamProbing

@Suite("Damaged and hostile movies")
struct HostileMovieTests {
  struct Damage: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var kind: Defect.Kind
    /// What the defect says is missing or too much.
    var count: Int64?

    init(_ name: String, _ bytes: [UInt8], _ kind: Defect.Kind, _ count: Int64? = nil) {
      (testDescription, self.bytes, self.kind, self.count) = (name, bytes, kind, count)
    }
  }

  static let plain = MovieBuilder().bytes()

  static func movie(_ change: (inout MovieBuilder) -> Void) -> [UInt8] {
    var movie = MovieBuilder()
    change(&movie)
    return movie.bytes()
  }

  static func table(_ type: String, _ bytes: [UInt8]) -> [UInt8] {
    movie { $0.tracks[0].replaced[type] = bytes }
  }

  static let damages: [Damage] = [
    Damage("cut in the media", Array(plain.dropLast(60)), .truncated, 60),
    Damage("cut by one byte", Array(plain.dropLast(1)), .truncated, 1),
    Damage("cut in moov", Array(plain.prefix(200)), .truncated),
    Damage("cut before moov", Array(movie { $0.moovFirst = false }.prefix(130)), .truncated),
    Damage("mdat to the end, then cut", mediaToTheEnd(cut: 25), .truncated, 25),
    Damage("nothing but ftyp", box("ftyp", ascii("isom"), be(0, 4)), .truncated),
    Damage(
      "an unfinished recording", box("ftyp", ascii("isom")) + be(0, 4) + ascii("mdat") + be(1, 90), .truncated
    ),
    Damage("a segment alone", box("moof", box("mfhd", be(0, 8))) + box("mdat", be(0, 9)), .corrupt),
    Damage("zeros at the end", movie { $0.tail = be(0, 50) }, .trailingData, 50),
    Damage("words at the end", movie { $0.tail = ascii("hello, world of boxes") }, .trailingData, 21),
    Damage("three bytes at the end", movie { $0.tail = [1, 2, 3] }, .trailingData, 3),
    Damage("size 7", be(7, 4) + ascii("moov") + be(0, 40), .corrupt),
    Damage("64-bit size below its header", be(1, 4) + ascii("moov") + be(15, 8) + be(0, 40), .corrupt),
    Damage("64-bit size of all ones", be(1, 4) + ascii("mdat") + be(.max, 8) + be(0, 40), .corrupt),
    Damage("64-bit size of 2^63 - 1", be(1, 4) + ascii("mdat") + be(.max >> 1, 8) + be(0, 40), .corrupt),
    Damage("a child beyond its parent", movie { $0.moovExtra = be(90_000, 4) + ascii("udta") }, .corrupt),
    Damage("two moov boxes", movie { $0.tail = box("moov", be(0, 8)) }, .corrupt),
    Damage("movie timescale 0", movie { $0.movieTimescale = 0 }, .corrupt),
    Damage("media timescale 0", movie { $0.tracks[0].timescale = 0 }, .corrupt),
    Damage("a compressed moov", movie { $0.moovExtra = box("cmov", be(0, 8)) }, .undecodable),
    Damage("stsz claims 2^32 - 1 sizes", table("stsz", box("stsz", be(0, 8), be(0xFFFF_FFFF, 4))), .corrupt),
    Damage(
      "2^32 - 1 samples of one size", table("stsz", box("stsz", be(0, 4), be(1, 4), be(0xFFFF_FFFF, 4))),
      .limit),
    Damage("stco claims 2^32 - 1 chunks", table("stco", box("stco", be(0, 4), be(0xFFFF_FFFF, 4))), .corrupt),
    Damage(
      "stts counts 2^32 - 1 samples",
      table("stts", box("stts", be(0, 4), be(2, 4), be(.max, 8), be(.max, 8))), .corrupt),
    Damage("no stts", table("stts", []), .corrupt),
    Damage("no stsc", table("stsc", []), .corrupt),
    Damage("no stsd", table("stsd", []), .corrupt),
    Damage("stsd too short for its entries", table("stsd", box("stsd", be(0, 4), be(9, 4))), .corrupt),
    Damage(
      "fewer samples with times than with sizes", movie { $0.tracks[0].durations = [(3, 300)] }, .corrupt),
    Damage(
      "more samples with times than with sizes", movie { $0.tracks[0].durations = [(5, 300)] }, .corrupt),
    Damage("a video sample without bytes", movie { $0.tracks[0].sizes = [10, 0, 30, 40] }, .corrupt),
    Damage("video samples without bytes", movie { $0.tracks[0].sizes = [0, 0, 0, 0] }, .corrupt),
    Damage("two stsz boxes", table("stco", second("stsz") + chunk(at: 900)), .corrupt),
    Damage("a sample of 4 GB", movie(sizes: [0xFFFF_FFFF]), .limit),
    Damage("a sample of 100 MB", movie(sizes: [100_000_000]), .truncated),
    Damage(
      "a chunk at 2^64 - 1", table("stco", box("co64", be(0, 4), be(1, 4), be(.max, 8))), .corrupt),
    Damage("a chunk beyond the file", table("stco", chunk(at: 0xFFFF_0000)), .corrupt),
  ]

  @Test("each damage is named", arguments: damages)
  func damage(_ damage: Damage) throws {
    let facts = try measureVideo(damage.bytes)
    let defect = try #require(facts.defects.first)
    #expect(defect.kind == damage.kind, "\(facts.defects)")
    if let count = damage.count { #expect(defect.bytes == count) }
    #expect(!defect.message.isEmpty)
    #expect(
      damage.kind == .trailingData || !facts.evidence.contains(.sampleTables) || damage.kind == .undecodable)
  }

  @Test("every prefix of a movie that is shorter than it is a defect", arguments: [true, false])
  func prefixes(moovFirst: Bool) throws {
    let bytes = Self.movie { $0.moovFirst = moovFirst }
    for count in 0..<bytes.count {
      #expect(try !measureVideo(Array(bytes.prefix(count))).defects.isEmpty, "\(count) bytes")
    }
  }

  @Test("any byte may be anything")
  func anyByte() throws {
    for position in Self.plain.indices {
      for value: UInt8 in [0, 0x7F, 0xFF] {
        var bytes = Self.plain
        bytes[position] = value
        let facts = try measureVideo(bytes)
        #expect(facts.video != nil)
      }
    }
  }

  @Test("more boxes than the budget allows")
  func manyBoxes() throws {
    let facts = try measureVideo((0..<200_000).flatMap { _ in box("free") })
    #expect(facts.defects.map(\.kind) == [.limit])
  }

  @Test("boxes nested deeper than the budget allows")
  func deepBoxes() throws {
    let depth = 20_000
    let bytes = (0..<depth).flatMap { be(UInt64(8 * (depth - $0)), 4) + ascii("moov") }
    #expect(try measureVideo(bytes).defects.last?.kind == .limit)
  }

  @Test("more tracks than the budget allows")
  func manyTracks() throws {
    var movie = MovieBuilder()
    movie.tracks = Array(repeating: TrackBuilder(), count: Budget().streams + 1)
    #expect(try measureVideo(movie.bytes()).defects.map(\.kind) == [.limit])
  }

  @Test("chunks that share bytes cost no more than the budget")
  func overlappingChunks() throws {
    var movie = MovieBuilder()
    let count: UInt64 = 10_000
    let positions = (0..<count).flatMap { _ in be(900, 4) }
    movie.tracks[0].handler = "soun"
    movie.tracks[0].replaced = [
      "stsz": box("stsz", be(0, 4), be(1, 4), be(count * 100_000, 4)),
      "stts": box("stts", be(0, 4), be(1, 4), be(count * 100_000, 4), be(1, 4)),
      "stsc": box("stsc", be(0, 4), be(1, 4), be(1, 4), be(100_000, 4), be(1, 4)),
      "stco": box("stco", be(0, 4), be(count, 4), positions),
    ]
    #expect(try measureVideo(movie.bytes()).defects.map(\.kind) == [.limit])
  }

  /// The plain movie with an mdat box that reaches to the end of the file, cut by `cut` bytes.
  static func mediaToTheEnd(cut: Int) -> [UInt8] {
    var bytes = plain
    bytes.replaceSubrange(bytes.count - 108..<bytes.count - 104, with: be(0, 4))
    return Array(bytes.dropLast(cut))
  }

  static func second(_ type: String) -> [UInt8] {
    box(type, be(0, 4), be(1, 4), be(0xFFFF_FFFF, 4))
  }

  static func chunk(at position: UInt64) -> [UInt8] {
    box("stco", be(0, 4), be(1, 4), be(position, 4))
  }

  /// A movie whose size table says `sizes`, with the usual few bytes of media.
  static func movie(sizes: [UInt64]) -> [UInt8] {
    movie {
      $0.tracks[0].durations = [(UInt64(sizes.count), 300)]
      $0.tracks[0].replaced["stsz"] = box(
        "stsz", be(0, 8), be(UInt64(sizes.count), 4), sizes.flatMap { be($0, 4) })
    }
  }
}
