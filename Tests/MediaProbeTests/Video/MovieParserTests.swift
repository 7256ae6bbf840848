import MediaFacts
import Testing

@testable import MediaReading
@testable import StreamProbing

@Suite("Boxes of a movie")
struct MovieParserTests {
  @Test("an ordinary movie, with 32-bit and 64-bit times", arguments: [false, true])
  func ordinary(wide: Bool) throws {
    var movie = MovieBuilder()
    movie.wide = wide
    movie.tracks.append(sound)
    let facts = try measureVideo(movie.bytes())
    let video = try #require(facts.video)
    #expect(facts.defects.isEmpty)
    #expect(facts.evidence == [.sampleTables, .declaredEnd, .header])
    #expect(facts.endDeclared == true)
    #expect(video.brand == "isom")
    #expect(video.codec == "h264")
    #expect(video.videoTracks == 1)
    #expect(video.width == 320)
    #expect(video.height == 240)
    #expect(video.frames == 4)
    #expect(video.frameRate == Rational(2))
    #expect(video.hasAudio)
    #expect(!video.fragmented)
    #expect(!video.encrypted)
    #expect(video.moovFirst == true)
    #expect(video.duration == Durations(container: Rational(2), stream: Rational(2), counted: Rational(2)))
  }

  @Test("a source of unknown length is measured alike")
  func unknownLength() throws {
    let bytes = MovieBuilder().bytes()
    #expect(try measureVideo(bytes, knowsLength: false) == measureVideo(bytes))
    let cut = try measureVideo(Array(bytes.dropLast(7)), knowsLength: false)
    #expect(cut.defects.map(\.kind) == [.truncated])
    #expect(cut.defects.first?.bytes == 7)
  }

  @Test("moov after the media")
  func moovLast() throws {
    var movie = MovieBuilder()
    movie.moovFirst = false
    let facts = try measureVideo(movie.bytes())
    #expect(facts.defects.isEmpty)
    #expect(facts.video?.moovFirst == false)
  }

  @Test("without ftyp there is no brand")
  func noBrand() throws {
    var movie = MovieBuilder()
    movie.brand = nil
    let facts = try measureVideo(movie.bytes())
    #expect(facts.video?.brand == nil)
    #expect(facts.video?.videoTracks == 1)
  }

  @Test(
    "the movie header's duration counts as libavformat reports it, also 0",
    arguments: [UInt64(UInt32.max), 0])
  func statedDuration(ticks: UInt64) throws {
    var movie = MovieBuilder()
    movie.tracks[0].duration = 2000
    movie.movieDuration = ticks
    #expect(
      try measureVideo(movie.bytes()).video?.duration
        == Durations(container: Rational(Int64(ticks), over: 1000), stream: Rational(2), counted: Rational(2))
    )
  }

  @Test("a track without samples is not a video track")
  func noSamples() throws {
    var movie = MovieBuilder()
    movie.tracks[0].sizes = []
    movie.tracks[0].durations = []
    let facts = try measureVideo(movie.bytes())
    #expect(facts.video?.videoTracks == 0)
    #expect(facts.video?.codec == nil)
    #expect(facts.defects.isEmpty)
  }

  @Test("images of chapters are an ordinary video track")
  func chapters() throws {
    var movie = MovieBuilder()
    var chapters = TrackBuilder()
    chapters.entry = "jpeg"
    movie.tracks[0].extra = box("tref", box("chap", be(2, 4)))
    movie.tracks.append(chapters)
    #expect(try measureVideo(movie.bytes()).video?.videoTracks == 2)
  }

  @Test("sizes in stz2 of 4, 8 and 16 bits", arguments: [UInt64(4), 8, 16])
  func compactSizes(bits: UInt64) throws {
    var movie = MovieBuilder()
    movie.tracks[0].sizes = [1, 2, 3]
    movie.tracks[0].durations = [(3, 300)]
    let packed: [UInt8] = bits == 4 ? [0x12, 0x30] : [1, 2, 3].flatMap { be($0, Int(bits / 8)) }
    movie.tracks[0].replaced["stsz"] = box("stz2", be(0, 4), be(bits, 4), be(3, 4), packed)
    let facts = try measureVideo(movie.bytes())
    #expect(facts.defects.isEmpty)
    #expect(facts.video?.frames == 3)
    let cut = try measureVideo(Array(movie.bytes().dropLast(1)))
    #expect(cut.defects.map(\.kind) == [.truncated])
  }

  @Test("encrypted sample entries", arguments: ["encv", "drmi"])
  func encrypted(entry: String) throws {
    var movie = MovieBuilder()
    movie.tracks[0].entry = entry
    #expect(try measureVideo(movie.bytes()).video?.encrypted == true)
  }

  @Test("media in another file are corrupt; a missing flag alone is not")
  func external() throws {
    var movie = MovieBuilder()
    movie.tracks[0].dataReference = box("url ", be(0, 4), ascii("file:///etc/passwd\0"))
    #expect(try measureVideo(movie.bytes()).defects.map(\.kind) == [.corrupt])
    movie.tracks[0].dataReference = box("url ", be(0, 4))
    #expect(try measureVideo(movie.bytes()).defects.isEmpty)
  }

  @Test("audio has gaps where samples have no bytes, and is damaged where most have none")
  func emptySound() throws {
    var movie = MovieBuilder()
    movie.tracks.append(sound)
    movie.tracks[1].sizes = [10, 0, 30, 40]
    let gap = try measureVideo(movie.bytes())
    #expect(gap.defects.map(\.kind) == [.emptySamples])
    #expect(gap.evidence.contains(.sampleTables))
    for sizes: [UInt64] in [[10, 0, 0, 40], [0, 0, 0, 0]] {
      movie.tracks[1].sizes = sizes
      let silence = try measureVideo(movie.bytes())
      #expect(silence.defects.map(\.kind) == [.corrupt])
      #expect(!silence.evidence.contains(.sampleTables))
    }
  }

  @Test("two tracks with one number are ambiguous")
  func oneNumberTwice() throws {
    var movie = MovieBuilder()
    movie.tracks.append(sound)
    #expect(try measureVideo(movie.bytes()).defects == [])
    movie.tracks[1].id = 1
    #expect(try measureVideo(movie.bytes()).defects.map(\.message) == ["two tracks have the same number"])
  }

  @Test("further video tracks are told with their own size and time")
  func furtherTracks() throws {
    var movie = MovieBuilder()
    #expect(try measureVideo(movie.bytes()).video?.otherReadings == [])
    movie.tracks += [sound, TrackBuilder()]
    movie.tracks[2].size = (4400, 300)
    movie.tracks[2].turn = [0, 1, -1, 0]
    movie.tracks[2].edits = [(500, 0, 0x10000)]
    var reading = PictureReading(name: "track 3", width: 4400, height: 300, duration: Rational(1, over: 2))
    (reading.displayWidth, reading.displayHeight) = (300, 4400)
    let video = try #require(try measureVideo(movie.bytes()).video)
    #expect(video.otherReadings == [reading])
    #expect((video.width, video.height) == (320, 240))
  }

  private var sound: TrackBuilder {
    var track = TrackBuilder()
    track.handler = "soun"
    track.entry = "mp4a"
    return track
  }
}
