import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading

/// JPEG and PNG files made to look better, or to cost more, than they are.
@Suite struct HostileImageTests {
  // MARK: JPEG

  /// A file whose image data are before the last 64 KiB, and the bytes after its end.
  private static func withTrailer(_ trailer: [UInt8]) -> (bytes: [UInt8], end: Int) {
    let image = JPEGWriter().bytes
    return (image + trailer + Array(repeating: 0x20, count: 70_000), image.count)
  }

  @Test func anEndMarkerInWhatFollowsIsNotTheEnd() {
    // Far after the end are bytes that are not image data, and then FF D9.
    let far = Self.withTrailer([])
    let bytes =
      Array(far.bytes.dropLast(200)) + [0xFF, 0x3B] + JPEGWriter.end + Array(repeating: 0, count: 196)
    for depth in Depth.allCases {
      let facts = measure(bytes, as: .jpeg, depth)
      #expect(facts.kinds == [.trailingData])
      #expect(facts.defects.first?.offset == Int64(far.end))
    }
  }

  @Test func theEndIsFoundBehindTheLastScans() {
    let bytes = JPEGWriter(marker: 0xC2, width: 800, height: 800, components: 3, moreScans: 200).bytes
    #expect(bytes.count > EdgeReader.edge)
    let source = ImageBytes(bytes)
    let facts = measure(source, as: .jpeg, .header)
    #expect(facts.defects.isEmpty)
    #expect(facts.evidence == [.header, .declaredEnd])
    #expect(source.bytesRead <= 2 * EdgeReader.edge)
  }

  @Test func stuffingOfJPEGLSIsNoMarker() {
    // After FF is a byte below 80, which in other JPEG would begin a segment.
    let head = JPEGWriter(marker: 0xF7).head
    for data in [[1, 0xFF, 0x3B, 0xFF, 0x7F, 2], [UInt8](repeating: 0x55, count: 70_000) + [0xFF, 0x10]] {
      let facts = measure(head + data + JPEGWriter.end, as: .jpeg, .header)
      #expect(facts.kinds == [.undecodable])
      #expect(facts.evidence == [.header, .declaredEnd])
    }
  }

  @Test(arguments: [UInt8(0xC9), 0xCA])
  func arithmeticCodingIsNeverCalledDecoded(_ marker: UInt8) {
    // Without any data, libjpeg's decoder would read zeros, and warn of nothing.
    let facts = measure(JPEGWriter(marker: marker).head + JPEGWriter.end, as: .jpeg)
    #expect(facts.image?.coding == .arithmetic)
    #expect(facts.kinds == [.undecodable])
    #expect(!facts.evidence.contains(.rows))
  }

  @Test func scansThatOnlyBeganAComponentAreNotEnough() {
    // The last byte of the first scan header says which bits the scan brings: all, or all but the lowest.
    let whole = JPEGWriter(marker: 0xC2).bytes
    var coarse = whole
    coarse[JPEGWriter(marker: 0xC2).head.count - 1] = 0x01
    #expect(measure(whole, as: .jpeg).defects.isEmpty)
    let facts = measure(coarse, as: .jpeg)
    #expect(facts.kinds == [.corrupt])
    #expect(facts.defects.first?.message == "the scans that refine component 1 of the picture are missing")
    #expect(!facts.evidence.contains(.rows))
  }

  @Test func anUnknownJFIFVersionIsNoDamage() {
    let version9 = JPEGWriter.segment(0xE0, Array("JFIF\0".utf8) + [9, 0, 0, 0, 1, 0, 1, 0, 0])
    #expect(measure(JPEGWriter(segments: [version9]).bytes, as: .jpeg).defects.isEmpty)
  }

  @Test func sidesThatTheLibraryRefusesAreALimit() {
    let facts = measure(JPEGWriter(width: 65_535, height: 8).bytes, as: .jpeg)
    #expect(facts.kinds == [.limit])
    #expect(facts.image?.width == 65_535)
  }

  // MARK: PNG

  @Test func manyBrokenFramesAreToldOnce() {
    let count = 500
    let frames = (0..<count).flatMap { index in
      [
        PNGAnimationTests.control(2 * index),
        PNGWriter.chunk("fdAT", Bytes.big(2 * index + 1, 4) + [0x78, 0x01]),
      ]
    }
    let facts = measure(
      PNGWriter(before: [PNGAnimationTests.announce(count)], after: frames).bytes, as: .png)
    #expect(facts.kinds == [.corrupt, .corrupt])
    #expect(facts.defects.last?.message == "499 more frames do not decode")
    #expect(!facts.evidence.contains(.rows))
  }

  struct Stray: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var before: [[UInt8]]
    var after: [[UInt8]] = []
  }

  @Test(arguments: [
    Stray(
      testDescription: "fdAT before the image",
      before: [
        PNGAnimationTests.announce(1), PNGAnimationTests.control(0), PNGAnimationTests.data(1, 5, 4),
      ]),
    Stray(
      testDescription: "fdAT without fcTL",
      before: [PNGAnimationTests.announce(1), PNGAnimationTests.control(0)],
      after: [PNGAnimationTests.data(1, 5, 4)]),
    Stray(
      testDescription: "fdAT without a sequence number",
      before: [PNGAnimationTests.announce(2), PNGAnimationTests.control(0)],
      after: [
        PNGAnimationTests.control(1), PNGAnimationTests.data(2, 5, 4), PNGWriter.chunk("fdAT", [0, 0, 0]),
      ]),
    Stray(
      testDescription: "a first frame smaller than the image",
      before: [PNGAnimationTests.announce(1), PNGAnimationTests.control(0, width: 4)]),
    Stray(
      testDescription: "two tRNS",
      before: [PNGWriter.chunk("tRNS", [0, 1, 0, 1, 0, 1]), PNGWriter.chunk("tRNS", [0, 2, 0, 2, 0, 2])]),
  ])
  func strayChunksAreCorrupt(_ row: Stray) {
    let facts = measure(PNGWriter(before: row.before, after: row.after).bytes, as: .png)
    #expect(facts.kinds.first == .corrupt)
  }

  @Test func rowsThatWereNotSeenAreNotCalledOpaque() {
    let writer = PNGWriter(colorType: 6, fill: 0xFF)
    #expect(measure(writer.bytes, as: .png).image?.transparentPixels == false)
    let half = writer.bytes(data: PNGWriter.zlib(Array(writer.pixels.prefix(writer.pixels.count / 2))))
    let facts = measure(half, as: .png)
    #expect(facts.kinds == [.corrupt])
    #expect(facts.image?.alpha == true)
    #expect(facts.image?.transparentPixels == nil)
  }
}
