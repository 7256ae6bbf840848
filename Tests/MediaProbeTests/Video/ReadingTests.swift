import MediaFacts
import Testing

@testable import MediaReading
@testable import StreamProbing

/// Every duration and size that a file states is a reading, and what readers disagree about is told.
@Suite("What else readers take for a movie")
struct ReadingTests {
  struct Stated: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var seconds: Rational
    var movie: MovieBuilder

    init(_ name: String, _ seconds: Rational, _ change: (inout MovieBuilder) -> Void) {
      (testDescription, self.seconds, movie) = (name, seconds, MovieBuilder())
      movie.tracks[0].duration = 2000
      change(&movie)
    }
  }

  static let normal: UInt64 = 0x10000

  static let stated: [Stated] = [
    Stated("track header", Rational(30)) { $0.tracks[0].duration = 30_000 },
    Stated("track header", Rational(0)) { $0.tracks[0].duration = 0 },
    Stated("edit list", Rational(30)) { $0.tracks[0].edits = [(30_000, 0, normal)] },
    Stated("whole edit list", Rational(30)) {
      $0.tracks[0].edits = [(2000, 0, normal)]
      $0.tracks[0].uncountedEdits = Array(repeating: (2000, 0, normal), count: 14)
    },
    Stated("media header", Rational(50)) {
      $0.tracks[0].edits = [(2000, 0, normal)]
      $0.tracks[0].mediaDuration = 30_000
    },
    Stated("without edits", Rational(102)) {
      $0.tracks[0].offsets = [(3, 0), (1, 60_000)]
      $0.tracks[0].edits = [(2000, 0, normal)]
    },
    Stated("track 2", Rational(30)) {
      $0.tracks.append(sound)
      $0.tracks[1].durations = [(4, 4500)]
      $0.tracks[1].mediaDuration = 18_000
    },
    Stated("track header 2", Rational(30)) {
      $0.tracks.append(sound)
      $0.tracks[1].duration = 30_000
    },
    Stated("media header 2", Rational(50)) {
      $0.tracks.append(sound)
      $0.tracks[1].edits = [(2000, 0, normal)]
      $0.tracks[1].mediaDuration = 30_000
    },
    Stated("movie header in udta", Rational(30)) {
      $0.moovExtra = box("udta", box("mvhd", be(0, 12), be(1000, 4), be(30_000, 4), be(0, 80)))
    },
  ]

  static var sound: TrackBuilder {
    var track = TrackBuilder()
    track.handler = "soun"
    track.entry = "mp4a"
    track.duration = 2000
    return track
  }

  @Test("a stated duration is a reading", arguments: stated)
  func duration(_ item: Stated) throws {
    let duration = try #require(try measureVideo(item.movie.bytes()).video?.duration)
    let readings = duration.known.map(\.seconds) + duration.others.map(\.seconds)
    #expect(readings.contains(item.seconds), "\(duration)")
    #expect(duration.counted != nil)
  }

  @Test("an audio track that is shorter, or longer by an encoder's padding, is not a reading")
  func padding() throws {
    var movie = MovieBuilder()
    movie.tracks.append(Self.sound)
    movie.tracks[1].edits = [(2000, 20, Self.normal)]
    movie.tracks[1].mediaDuration = 1220
    #expect(try measureVideo(movie.bytes()).video?.duration.others == [])
    movie.tracks[1].durations = [(4, 30)]
    movie.tracks[1].mediaDuration = 120
    #expect(try measureVideo(movie.bytes()).video?.duration.others == [])
  }

  struct Disputed: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var word: String
    var movie: MovieBuilder

    init(_ name: String, says word: String, _ change: (inout MovieBuilder) -> Void) {
      (testDescription, self.word, movie) = (name, word, MovieBuilder())
      change(&movie)
    }
  }

  static let stray = box("stts", be(0, 4), be(1, 4), be(4, 4), be(90_000, 4))

  static let disputed: [Disputed] = [
    Disputed("sample times in the user data of the track", says: "'stts'") {
      $0.tracks[0].extra = box("udta", stray)
    },
    Disputed("sample times in the user data of the movie", says: "'stts'") {
      $0.moovExtra = box("udta", stray)
    },
    Disputed("sample times in the metadata of QuickTime", says: "'stts'") {
      $0.moovExtra = box("meta", box("hdlr", be(0, 25)), stray)
    },
    Disputed("sample times in the metadata of MP4", says: "'stts'") {
      $0.moovExtra = box("udta", box("meta", be(0, 4), box("hdlr", be(0, 25)), stray))
    },
    Disputed("an edit list beside its box", says: "'elst'") {
      $0.tracks[0].extra = box("elst", be(0, 4), be(1, 4), be(2000, 4), be(0, 4), be(0x10000, 4))
    },
    Disputed("a track among user data", says: "'trak'") { $0.moovExtra = box("udta", box("trak", be(0, 8))) },
    Disputed("a movie under another name", says: "'hoov'") { $0.tail = box("hoov", be(0, 8)) },
    Disputed("a second edit list", says: "second box 'elst'") {
      $0.tracks[0].edits = [(2000, 0, normal)]
      $0.tracks[0].extra = box("edts", box("elst", be(0, 4), be(1, 4), be(2000, 4), be(0, 4), be(0x10000, 4)))
    },
    Disputed("an edit list that counts too few", says: "1 of the 2") {
      $0.tracks[0].edits = [(2000, 0, normal)]
      $0.tracks[0].uncountedEdits = [(2000, 0, normal)]
    },
    Disputed("a second handler", says: "'hdlr' in 'minf'") {
      $0.tracks[0].mediaExtra = box("hdlr", be(0, 8), ascii("url "), be(0, 13))
    },
    Disputed("a handler that is not one of video", says: "not by its handler") {
      $0.tracks[0].handler = "xxxx"
    },
    Disputed("entries of two codecs", says: "several codecs") {
      $0.tracks[0].furtherEntries = [("hvc1", 320, 240)]
    },
    Disputed("a pixel aspect ratio beyond 31 bits", says: "4294967295:1") {
      $0.tracks[0].entryExtra = box("pasp", be(0xFFFF_FFFF, 4), be(1, 4))
    },
    Disputed("durations below 0", says: "below 0") {
      $0.tracks[0].durations = [(2, 300), (1, 0xFFFF_FFFF), (1, 300)]
    },
  ]

  @Test("what readers disagree about is irregular, and nothing worse", arguments: disputed)
  func dispute(_ item: Disputed) throws {
    let facts = try measureVideo(item.movie.bytes())
    #expect(facts.defects.allSatisfy { $0.kind == .irregular }, "\(facts.defects)")
    #expect(facts.defects.contains { $0.message.contains(item.word) }, "\(facts.defects)")
    #expect(facts.video?.videoTracks == 1)
    #expect(facts.evidence.contains(.sampleTables))
  }

  @Test("what applications put beside a movie is not disputed")
  func ordinary() throws {
    var movie = MovieBuilder()
    movie.tracks[0].mediaExtra = box("hdlr", be(0, 4), ascii("dhlralis"), be(0, 13))
    movie.tracks[0].entryExtra = box("pasp", be(4, 4), be(3, 4))
    movie.tracks[0].furtherEntries = [("avc3", 320, 240)]
    movie.moovExtra = box(
      "udta", box("?swr", ascii("x")),
      box("meta", be(0, 4), box("hdlr", be(0, 8), ascii("mdir"), be(0, 13)), box("ilst", be(0, 8))), be(0, 4))
    #expect(try measureVideo(movie.bytes()).defects == [])
  }

  @Test("negative durations correct the clock instead of running for days")
  func backwards() throws {
    var movie = MovieBuilder()
    movie.tracks[0].durations = [(2, 300), (1, UInt64(UInt32.max) - 299), (1, 900)]
    #expect(try measureVideo(movie.bytes()).video?.duration.counted == Rational(2))
  }

  @Test("sizes of further sample entries, and of tracks without samples")
  func sizes() throws {
    var movie = MovieBuilder()
    movie.tracks[0].furtherEntries = [("avc1", 8192, 8192)]
    var empty = TrackBuilder()
    empty.size = (160, 90)
    (empty.sizes, empty.durations, empty.mediaDuration) = ([], [], 0)
    movie.tracks.insert(empty, at: 0)
    let video = try #require(try measureVideo(movie.bytes()).video)
    #expect((video.width, video.height) == (320, 240))
    #expect(
      video.otherReadings == [
        PictureReading(name: "track 1", width: 160, height: 90),
        PictureReading(name: "sample entry 2", width: 8192, height: 8192),
      ])
  }

  struct Shown: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Shown, decoded, duration.
    var packets: [(Int64, Int64?, Int64)]
    var start: Int64?
    var end: Int64?
  }

  @Test(
    "when packets are shown",
    arguments: [
      Shown(testDescription: "none", packets: []),
      Shown(testDescription: "in order", packets: [(0, 0, 10), (10, 10, 10)], start: 0, end: 20),
      Shown(
        testDescription: "reordered", packets: [(0, -10, 1), (30, 0, 1), (10, 10, 10)], start: 0, end: 40),
      Shown(testDescription: "a gap", packets: [(0, 0, 10), (500, 500, 10)], start: 0, end: 510),
      Shown(testDescription: "late", packets: [(900, 900, 10)], start: 900, end: 910),
      Shown(testDescription: "no decoding times", packets: [(0, nil, 10), (10, nil, 10)], start: 0, end: 20),
      Shown(testDescription: "immense", packets: [(.max, 0, 10), (.min, .max, 10)], start: .min, end: .max),
    ])
  func played(_ item: Shown) {
    var time = PlayedTime()
    for packet in item.packets { time.add(shown: packet.0, decoded: packet.1, duration: packet.2) }
    #expect(time.start == item.start)
    #expect(time.end() == item.end)
  }

  static let realMovies: [(path: String, seconds: Rational)] = [
    ("video-duration/media-header-0.3s.mp4", Rational(3, over: 10) ?? Rational(0)),
    ("video-duration/headers-all-0.mp4", Rational(0)), ("video-duration/sound-of-14s.mp4", Rational(14)),
    ("video-duration/chapter-pictures-of-14s.mp4", Rational(14)),
    ("video-duration/frames-shown-100s-late.mp4", Rational(103)),
    ("video-duration/fragment-1000s-late.mp4", Rational(1003)),
    ("video-duration/fragments-header-60s.mp4", Rational(60)),
    ("video-irregular/edit-list-counts-1-of-10.mp4", Rational(30)),
    ("video-irregular/movie-header-in-user-data.mp4", Rational(300)),
  ]

  @Test("readings of real movies are the same at every depth", arguments: realMovies, Depth.allCases)
  func real(_ item: (path: String, seconds: Rational), depth: Depth) throws {
    let video = try #require(try measureVideo(fixture("reject/\(item.path)"), depth).video)
    let readings =
      video.duration.known.map(\.seconds) + video.duration.others.map(\.seconds)
      + video.otherReadings.compactMap(\.duration)
    #expect(readings.contains(item.seconds), "\(video)")
  }

  @Test(
    "an audio track that nothing decodes is named, where another one is understood",
    arguments: [Depth.full, .decode])
  func undecodableSound(depth: Depth) throws {
    for (name, track) in [("second-sound-apac", "track 3 (apac)"), ("first-sound-iamf", "track 2 (iamf)")] {
      let facts = try measureVideo(fixture("reject/video-irregular/\(name).mp4"), depth)
      #expect(facts.defects.map(\.kind) == [.irregular], "\(facts.defects)")
      #expect(facts.defects.first?.message.contains(track) == true)
      #expect(facts.evidence.contains(depth == .full ? .firstFrames : .frames))
    }
  }

  @Test("frames of another size further on are another reading", arguments: [Depth.full, .decode])
  func laterFrames(depth: Depth) throws {
    let facts = try measureVideo(fixture("reject/video-dimensions/later-frames-160x120.mp4"), depth)
    #expect(facts.defects == [])
    #expect(facts.video?.otherReadings == [PictureReading(name: "later frames", width: 160, height: 120)])
  }
}
