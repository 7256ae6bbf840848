import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading

@Suite struct WebPProbeTests {
  private static let lossy = WebPWriter.chunk("VP8 ", WebPWriter.lossy)

  private static func lossless(_ width: Int, _ height: Int) -> [UInt8] {
    WebPWriter.chunk("VP8L", WebPWriter.lossless(width: width, height: height))
  }

  private static func alpha(_ values: [UInt8]) -> [UInt8] {
    WebPWriter.chunk("ALPH", [0] + values)
  }

  private static let opaque = Array(repeating: UInt8(255), count: 256)

  struct Good: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var width = 16
    var height = 16
    var coding = ImageFacts.Coding.lossy
    var alpha = false
    var transparent = false
    var frames = 1
  }

  @Test(arguments: [
    Good(testDescription: "lossy", bytes: WebPWriter.riff([lossy])),
    Good(
      testDescription: "lossless", bytes: WebPWriter.riff([lossless(300, 7)]), width: 300, height: 7,
      coding: .lossless),
    Good(
      testDescription: "lossless, transparent",
      bytes: WebPWriter.riff([WebPWriter.chunk("VP8L", WebPWriter.lossless(width: 9, height: 9, alpha: 254))]
      ),
      width: 9, height: 9, coding: .lossless, alpha: true, transparent: true),
    Good(
      testDescription: "lossless, opaque alpha",
      bytes: WebPWriter.riff([
        WebPWriter.chunk("VP8L", WebPWriter.lossless(width: 9, height: 9, alpha: 255))
      ]),
      width: 9, height: 9, coding: .lossless, alpha: true),
    Good(
      testDescription: "extended with metadata",
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 0x2C, width: 16, height: 16), WebPWriter.chunk("ICCP", [1, 2, 3]), lossy,
        WebPWriter.chunk("XMP ", [1]), WebPWriter.chunk("abcd", []),
      ])),
    Good(
      testDescription: "alpha, opaque",
      bytes: WebPWriter.riff([WebPWriter.extended(flags: 0x10, width: 16, height: 16), alpha(opaque), lossy]),
      alpha: true),
    Good(
      testDescription: "alpha, one pixel",
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 0x10, width: 16, height: 16), alpha(opaque.dropLast() + [254]), lossy,
      ]),
      alpha: true, transparent: true),
    Good(
      testDescription: "animation",
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 2, width: 20, height: 16), WebPWriter.animation,
        WebPWriter.frame(width: 20, height: 16, [lossless(20, 16)]),
        WebPWriter.frame(x: 4, width: 16, height: 16, [alpha(opaque), lossy]),
      ]),
      width: 20, coding: .lossless, frames: 2),
  ])
  func goodFilesAreDecoded(_ row: Good) {
    for depth in Depth.allCases {
      let facts = measure(row.bytes, as: .webp, depth)
      #expect(facts.defects.isEmpty)
      #expect(facts.image?.width == row.width)
      #expect(facts.image?.height == row.height)
      #expect(facts.image?.coding == row.coding)
      #expect(facts.image?.alpha == row.alpha)
      #expect(facts.image?.frames == row.frames)
      #expect(facts.image?.animated == (row.frames > 1))
      #expect(facts.evidence == [.header, .declaredEnd] + (depth == .header ? [] : [.rows]))
      if depth > .header { #expect(facts.image?.transparentPixels == row.transparent) }
    }
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var kinds: [Defect.Kind] = [.corrupt]
    var showsInHeader = true
  }

  @Test(arguments: [
    Bad(testDescription: "no bitstream", bytes: WebPWriter.riff([WebPWriter.chunk("ICCP", [1])])),
    Bad(
      testDescription: "damaged picture header",
      bytes: WebPWriter.riff([WebPWriter.chunk("VP8 ", [1, 2, 3, 4])])),
    Bad(
      testDescription: "canvas of another size",
      bytes: WebPWriter.riff([WebPWriter.extended(flags: 0, width: 17, height: 16), lossy])),
    Bad(
      testDescription: "chunk beyond the end",
      bytes: WebPWriter.riff([lossy, Array("EXIF".utf8) + Bytes.little(100, 4) + [1, 2]])),
    Bad(
      testDescription: "picture cut",
      bytes: WebPWriter.riff([WebPWriter.chunk("VP8 ", Array(WebPWriter.lossy.prefix(24)))]),
      kinds: [.truncated],
      showsInHeader: false),
    Bad(
      testDescription: "alpha cut",
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 0x10, width: 16, height: 16), alpha(Array(opaque.prefix(100))), lossy,
      ]), showsInHeader: false),
    Bad(
      testDescription: "frame outside the canvas",
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 2, width: 20, height: 16), WebPWriter.animation,
        WebPWriter.frame(x: 6, width: 16, height: 16, [lossy]),
      ])),
    Bad(
      testDescription: "frame without picture",
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 2, width: 16, height: 16), WebPWriter.animation,
        WebPWriter.frame(width: 16, height: 16, [lossy]),
        WebPWriter.frame(width: 16, height: 16, []),
      ])),
    Bad(
      testDescription: "two VP8X",
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 0, width: 16, height: 16),
        WebPWriter.extended(flags: 0, width: 16, height: 16),
        lossy,
      ])),
    Bad(
      testDescription: "a longer VP8X",
      bytes: WebPWriter.riff([
        WebPWriter.chunk("VP8X", [0, 0, 0, 0, 15, 0, 0, 15, 0, 0, 0, 0]), lossy,
      ])),
    Bad(
      testDescription: "reserved flags",
      bytes: WebPWriter.riff([WebPWriter.extended(flags: 0xC1, width: 16, height: 16), lossy])),
    Bad(
      testDescription: "short ANIM",
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 2, width: 16, height: 16), WebPWriter.chunk("ANIM", [0]),
        WebPWriter.frame(width: 16, height: 16, [lossy]),
      ])),
    Bad(
      testDescription: "a still picture in an animation",
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 2, width: 16, height: 16), WebPWriter.animation,
        WebPWriter.frame(width: 16, height: 16, [lossy]), lossy,
      ])),
    Bad(
      testDescription: "alpha before a lossless picture",
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 0x10, width: 16, height: 16), alpha(opaque), lossless(16, 16),
      ])),
    Bad(
      testDescription: "frame before ANIM",
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 2, width: 16, height: 16),
        WebPWriter.frame(width: 16, height: 16, [lossy]),
        WebPWriter.frame(width: 16, height: 16, [lossy]),
      ])),
    Bad(
      testDescription: "another chunk first",
      bytes: WebPWriter.riff([WebPWriter.chunk("JUNK", [1, 2]), lossy])),
    Bad(
      testDescription: "short VP8X", bytes: WebPWriter.riff([WebPWriter.chunk("VP8X", [0, 0, 0, 0]), lossy])),
    Bad(
      testDescription: "two images",
      bytes: WebPWriter.riff([WebPWriter.extended(flags: 0, width: 16, height: 16), lossy, lossy])),
    Bad(
      testDescription: "alpha after the picture",
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 0x10, width: 16, height: 16), lossy, alpha(opaque),
      ])),
    Bad(
      testDescription: "no padding",
      bytes: WebPWriter.riff([lossy, Array("JUNK".utf8) + Bytes.little(3, 4) + [1, 2, 3]])),
    Bad(
      testDescription: "trailing bytes", bytes: WebPWriter.riff([lossy]) + [1, 2, 3], kinds: [.trailingData]),
  ])
  func badFilesAreNoticed(_ row: Bad) {
    let facts = measure(row.bytes, as: .webp)
    #expect(facts.kinds == row.kinds)
    #expect(!facts.evidence.contains(.rows) || row.kinds == [.trailingData])
    #expect(measure(row.bytes, as: .webp, .header).kinds == (row.showsInHeader ? row.kinds : []))
  }

  @Test func truncationTellsHowMuchIsMissing() {
    let bytes = WebPWriter.riff([Self.lossy])
    let facts = measure(Array(bytes.dropLast(7)), as: .webp)
    #expect(facts.kinds == [.truncated])
    #expect(facts.defects.first?.bytes == 7)
    #expect(facts.image?.width == 16)
  }

  @Test func memoryIsEstimatedBeforeDecoding() {
    var budget = Budget()
    budget.wholeImageMemory = 10_000
    let facts = measure(WebPWriter.riff([Self.lossless(100, 100)]), as: .webp, budget: budget)
    #expect(facts.kinds == [.limit])
    #expect(facts.image?.width == 100)
  }

  @Test func chunksAreBounded() {
    var budget = Budget()
    budget.chunks = 20
    let empty = Array(repeating: WebPWriter.chunk("JUNK", []), count: 50)
    #expect(measure(WebPWriter.riff([Self.lossy] + empty), as: .webp, budget: budget).kinds == [.limit])
  }

  /// Frames are read once: reading costs little more than the file, however small they are.
  @Test func smallFramesAreNotReadAnew() {
    let frame = WebPWriter.frame(width: 16, height: 16, [Self.lossy])
    let bytes = WebPWriter.riff(
      [WebPWriter.extended(flags: 2, width: 16, height: 16), WebPWriter.animation]
        + Array(repeating: frame, count: 1000))
    var budget = Budget()
    budget.bytesRead = Int64(4 * bytes.count)
    let facts = measure(bytes, as: .webp, budget: budget)
    #expect(facts.kinds == [])
    #expect(facts.image?.frames == 1000)
    #expect(facts.evidence.contains(.rows))
  }

  @Test func framesAreBounded() {
    var budget = Budget()
    budget.frames = 3
    let frame = WebPWriter.frame(width: 16, height: 16, [Self.lossy])
    let bytes = WebPWriter.riff(
      [WebPWriter.extended(flags: 2, width: 16, height: 16), WebPWriter.animation]
        + Array(repeating: frame, count: 4))
    let facts = measure(bytes, as: .webp, budget: budget)
    #expect(facts.kinds == [.limit])
    #expect(facts.image?.frames == 4)
  }

  @Test func largeImagesAreJudgedByTheirCanvas() {
    let facts = measure(WebPWriter.riff([Self.lossless(16_383, 16_383)]), as: .webp)
    #expect(facts.kinds == [.limit])
  }
}
