import MediaFacts
import Testing

@testable import MediaReading
@testable import StreamProbing

@Suite("What a track presents")
struct PresentationTests {
  struct EditCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var edits: [(duration: UInt64, mediaTime: Int64, rate: UInt64)]
    var stream: Rational?
  }

  static let normal: UInt64 = 0x10000

  static let edits = [
    EditCase(testDescription: "no edit list", edits: [], stream: Rational(2)),
    EditCase(testDescription: "half of the media", edits: [(1000, 300, normal)], stream: Rational(1)),
    EditCase(
      testDescription: "an empty edit in front", edits: [(5000, -1, normal), (2000, 0, normal)],
      stream: Rational(7)),
    EditCase(
      testDescription: "an empty edit of a few milliseconds", edits: [(21, -1, normal), (2000, 0, normal)],
      stream: Rational(2021, over: 1000)),
    EditCase(
      testDescription: "an empty edit at the end", edits: [(2000, 0, normal), (500, -1, normal)],
      stream: Rational(5, over: 2)),
    EditCase(
      testDescription: "two pieces", edits: [(500, 0, normal), (250, 600, normal)],
      stream: Rational(3, over: 4)),
    EditCase(
      testDescription: "more than the media", edits: [(9000, 300, normal)], stream: Rational(3, over: 2)),
    EditCase(testDescription: "to the end", edits: [(0, 600, normal)], stream: Rational(1)),
    EditCase(testDescription: "beyond the media", edits: [(1000, 90_000, normal)], stream: Rational(0)),
    EditCase(testDescription: "a dwell", edits: [(7000, 0, 0)], stream: Rational(7)),
  ]

  @Test("edit lists", arguments: edits, [false, true])
  func editList(_ item: EditCase, wide: Bool) throws {
    var movie = MovieBuilder()
    movie.wide = wide
    movie.tracks[0].edits = item.edits
    #expect(try measureVideo(movie.bytes()).video?.duration.counted == item.stream)
  }

  @Test("an edit list that adds up to more than fits does not count as none")
  func immense() throws {
    var movie = MovieBuilder()
    movie.wide = true
    movie.movieTimescale = 1
    movie.tracks[0].edits = [(UInt64(Int64.max), -1, Self.normal), (2, 0, Self.normal)]
    #expect(try measureVideo(movie.bytes()).video?.duration.counted == Rational(.max))
  }

  @Test("reordered frames: the edit that skips the first offset loses nothing at the end")
  func reordered() throws {
    var movie = MovieBuilder()
    movie.tracks[0].offsets = [(1, 300), (1, 900), (1, 300), (1, 300)]
    movie.tracks[0].edits = [(2000, 300, Self.normal)]
    #expect(try measureVideo(movie.bytes()).video?.duration.counted == Rational(2))
  }

  struct Turn: Sendable, CustomTestStringConvertible {
    var matrix: [Int]
    var degrees: Int
    var testDescription: String { "\(matrix) is \(degrees)" }
  }

  static let turns = [
    Turn(matrix: [1, 0, 0, 1], degrees: 0), Turn(matrix: [0, 1, -1, 0], degrees: 90),
    Turn(matrix: [-1, 0, 0, -1], degrees: 180), Turn(matrix: [0, -1, 1, 0], degrees: 270),
    Turn(matrix: [-1, 0, 0, 1], degrees: 0), Turn(matrix: [1, 0, 0, -1], degrees: 180),
    Turn(matrix: [1, 1, -1, 1], degrees: 45), Turn(matrix: [0, 0, 0, 0], degrees: 0),
  ]

  @Test("rotation is clockwise, and turns what is displayed", arguments: turns)
  func rotation(_ turn: Turn) throws {
    var movie = MovieBuilder()
    movie.tracks[0].turn = turn.matrix
    let video = try #require(try measureVideo(movie.bytes()).video)
    #expect(video.rotation == turn.degrees)
    #expect(video.width == 320)
    let onItsSide = turn.degrees % 180 == 90
    #expect(video.displayWidth == (onItsSide ? 240 : 320))
    #expect(video.displayHeight == (onItsSide ? 320 : 240))
  }
}
