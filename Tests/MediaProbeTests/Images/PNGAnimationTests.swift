import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading

@Suite struct PNGAnimationTests {
  static func control(_ sequence: Int, width: Int = 5, height: Int = 4, x: Int = 0, y: Int = 0)
    -> [UInt8]
  {
    PNGWriter.chunk(
      "fcTL",
      [sequence, width, height, x, y].flatMap { Bytes.big($0, 4) } + Bytes.big(1, 2) + Bytes.big(10, 2) + [
        0, 0,
      ])
  }

  static func announce(_ frames: Int) -> [UInt8] {
    PNGWriter.chunk("acTL", Bytes.big(frames, 4) + Bytes.big(0, 4))
  }

  static func data(_ sequence: Int, _ width: Int, _ height: Int) -> [UInt8] {
    PNGWriter.chunk("fdAT", Bytes.big(sequence, 4) + PNGWriter.zlib(PNGWriter().rows(width, height)))
  }

  private static func animation(_ after: [[UInt8]], frames: Int = 2) -> [UInt8] {
    PNGWriter(before: [announce(frames), control(0)], after: after).bytes
  }

  private static let good = animation([control(1, width: 3, height: 2, x: 2, y: 2), data(2, 3, 2)])

  @Test(arguments: Depth.allCases)
  func framesAreCounted(_ depth: Depth) {
    let facts = measure(Self.good, as: .png, depth)
    #expect(facts.image?.animated == true)
    #expect(facts.image?.frames == 2)
    #expect(facts.defects.isEmpty)
    #expect(facts.evidence == (depth == .header ? [.header, .declaredEnd] : PNGProbeTests.everything))
  }

  @Test func oneFrameIsNoAnimation() {
    let facts = measure(Self.animation([], frames: 1), as: .png)
    #expect(facts.image?.animated == false)
    #expect(facts.image?.frames == 1)
    #expect(facts.defects.isEmpty)
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
  }

  @Test(arguments: [
    Broken(testDescription: "a frame is missing", bytes: animation([])),
    Broken(testDescription: "a frame without data", bytes: animation([control(1)])),
    Broken(testDescription: "rows missing", bytes: animation([control(1), data(2, 5, 3)])),
    Broken(
      testDescription: "outside the canvas",
      bytes: animation([control(1, width: 3, height: 2, x: 3), data(2, 3, 2)])),
    Broken(testDescription: "sequence numbers", bytes: animation([control(1), data(3, 5, 4)])),
  ])
  func brokenFramesAreCorrupt(_ row: Broken) {
    let facts = measure(row.bytes, as: .png)
    #expect(facts.kinds.first == .corrupt)
    #expect(facts.image?.frames == 2)
  }

  @Test func everyFlippedByteIsNoticed() {
    for index in Self.good.indices {
      var bytes = Self.good
      bytes[index] ^= 4
      #expect(!measure(bytes, as: .png).defects.isEmpty, "byte \(index)")
    }
  }
}
