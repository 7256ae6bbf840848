import MediaFacts
import Testing

@testable import MediaReading
@testable import StreamProbing

@Suite("Fragmented movies")
struct FragmentTests {
  /// A movie without samples, then fragments of two samples of 300 ticks and 20 bytes each.
  struct Fragmented {
    var fragments = 3
    var mehd: UInt64?
    var index = false
    var randomAccess = false
    /// The trun box of every fragment, if it is not the usual one.
    var run: [UInt8]?
    var track: UInt64 = 1

    var fragment: [UInt8] {
      let run =
        run ?? box("trun", be(0x301, 4), be(2, 4), be(76, 4), be(300, 4), be(20, 4), be(300, 4), be(20, 4))
      return box("moof", box("traf", box("tfhd", be(0x20000, 4), be(track, 4)), run)) + box("mdat", be(0, 40))
    }

    var bytes: [UInt8] {
      var movie = MovieBuilder()
      movie.movieDuration = 0
      movie.tracks[0].mediaDuration = 0
      movie.tracks[0].sizes = []
      movie.tracks[0].durations = []
      let header = mehd.map { box("mehd", be(0, 4), be($0, 4)) } ?? []
      movie.moovExtra = box(
        "mvex", header, box("trex", be(0, 4), be(1, 4), be(1, 4), be(300, 4), be(20, 4), be(0, 4)))
      // The builder ends with an empty mdat box, which a fragmented file does not have.
      let start = Array(movie.bytes().dropLast(8))
      let body = (0..<fragments).flatMap { _ in fragment }
      let references = (0..<fragments).flatMap { _ in be(UInt64(fragment.count), 4) + be(600, 4) + be(0, 4) }
      let sidx = box(
        "sidx", be(0, 4), be(1, 4), be(600, 4), be(0, 8), be(0, 2), be(UInt64(fragments), 2), references)
      return start + (index ? sidx : []) + body + (randomAccess ? box("mfra", be(0, 8)) : [])
    }
  }

  @Test("fragments add up, and without an index no end is declared")
  func sum() throws {
    let facts = try measureVideo(Fragmented().bytes)
    let video = try #require(facts.video)
    #expect(facts.defects.isEmpty, "\(facts.defects)")
    #expect(facts.endDeclared == false)
    #expect(!facts.evidence.contains(.declaredEnd))
    #expect(video.fragmented)
    #expect(video.videoTracks == 1)
    #expect(video.frames == 6)
    #expect(video.duration == Durations(stream: Rational(3), counted: Rational(3)))
  }

  @Test("mehd is a further reading")
  func movieExtendsHeader() throws {
    let facts = try measureVideo(Fragmented(mehd: 5000).bytes)
    #expect(
      facts.video?.duration.others == [DurationReading(name: "fragments header", seconds: Rational(5))])
  }

  @Test("an index over all fragments, or one at the end, declares the end")
  func index() throws {
    #expect(try measureVideo(Fragmented(index: true).bytes).endDeclared == true)
    #expect(try measureVideo(Fragmented(randomAccess: true).bytes).endDeclared == true)
    #expect(try measureVideo(Fragmented(fragments: 1, index: true).bytes).endDeclared == false)
  }

  @Test("a cut between fragments is found if an index names more of them")
  func cutBetweenFragments() throws {
    var movie = Fragmented(index: true)
    let whole = movie.bytes
    let facts = try measureVideo(Array(whole.dropLast(movie.fragment.count)))
    #expect(facts.defects.map(\.kind) == [.truncated])
    #expect(facts.defects.first?.bytes == Int64(movie.fragment.count))
    movie.index = false
    let silent = try measureVideo(Array(movie.bytes.dropLast(movie.fragment.count)))
    #expect(silent.defects.isEmpty)
    #expect(silent.endDeclared == false)
  }

  @Test("a cut inside a fragment is seen", arguments: [1, 39, 45, 60])
  func cutInsideFragment(bytes: Int) throws {
    let facts = try measureVideo(Array(Fragmented().bytes.dropLast(bytes)))
    #expect(facts.defects.map(\.kind) == [.truncated])
  }

  @Test("samples without fields of their own inherit from the track")
  func inherited() throws {
    let run = box("trun", be(0x1, 4), be(2, 4), be(60, 4))
    let facts = try measureVideo(Fragmented(run: run).bytes)
    #expect(facts.video?.frames == 6)
    #expect(facts.video?.duration.counted == Rational(3))
  }

  @Test("a run that names bytes after the end of the file is truncated")
  func runBeyondTheFile() throws {
    let run = box("trun", be(0x201, 4), be(1, 4), be(100, 4), be(9_000_000, 4))
    #expect(try measureVideo(Fragmented(run: run).bytes).defects.map(\.kind) == [.truncated])
  }

  struct Hostile: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var run: [UInt8]
    var kind: Defect.Kind
  }

  @Test(
    "hostile runs",
    arguments: [
      Hostile(
        testDescription: "2^32 - 1 samples without fields", run: box("trun", be(0, 4), be(.max, 4)),
        kind: .limit),
      Hostile(
        testDescription: "more samples than bytes", run: box("trun", be(0x300, 4), be(.max, 4)),
        kind: .corrupt),
      Hostile(testDescription: "too short", run: box("trun", be(0, 4)), kind: .corrupt),
    ])
  func hostile(_ item: Hostile) throws {
    #expect(try measureVideo(Fragmented(run: item.run).bytes).defects.first?.kind == item.kind)
  }

  @Test("a fragment of a track that is not there is corrupt")
  func unknownTrack() throws {
    #expect(try measureVideo(Fragmented(track: 9).bytes).defects.first?.kind == .corrupt)
  }
}
