import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading

@Suite struct PNGProbeTests {
  static let everything: [Evidence] = [.header, .declaredEnd, .checksums, .rows]

  struct Form: Sendable, CustomTestStringConvertible {
    var colorType: Int
    var bitDepth: Int
    var interlaced: Bool
    var testDescription: String {
      "colour type \(colorType), \(bitDepth) bits\(interlaced ? ", interlaced" : "")"
    }

    static let all = [0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]]
      .sorted { $0.key < $1.key }
      .flatMap { type, depths in
        depths.flatMap { depth in
          [false, true].map { Form(colorType: type, bitDepth: depth, interlaced: $0) }
        }
      }
  }

  @Test(arguments: Form.all)
  func everyFormIsDecoded(_ form: Form) {
    for (width, height) in [(1, 1), (3, 2), (5, 9), (17, 16)] {
      let palette =
        form.colorType == 3 ? [PNGWriter.chunk("PLTE", Array(repeating: 9, count: 3 << form.bitDepth))] : []
      let writer = PNGWriter(
        width: width, height: height, bitDepth: form.bitDepth, colorType: form.colorType,
        interlaced: form.interlaced, before: palette, fill: 0xFF)
      let facts = measure(writer.bytes, as: .png)
      #expect(facts.defects.isEmpty)
      #expect(facts.evidence == Self.everything)
      #expect(facts.image?.coding == (form.interlaced ? .adam7 : .deflate))
      #expect(facts.image?.bitDepth == form.bitDepth)
      #expect(facts.image?.alpha == (form.colorType >= 4))
      #expect(facts.image?.transparentPixels == false)
      let header = measure(writer.bytes, as: .png, .header)
      #expect(header.image?.width == width)
      #expect(header.evidence == [.header, .declaredEnd])
    }
  }

  @Test func theIDATChunksMayBeAnySize() {
    #expect(measure(PNGWriter(dataChunk: 1).bytes, as: .png).evidence == Self.everything)
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var kinds: [Defect.Kind] = [.corrupt]
    /// Whether it shows before any row is decoded.
    var showsInHeader = false
  }

  private static let stream = PNGWriter.zlib(PNGWriter().pixels)

  @Test(arguments: [
    Damage(
      testDescription: "wrong Adler checksum", bytes: PNGWriter().bytes(data: stream.dropLast() + [0xEE])),
    Damage(
      testDescription: "rows missing", bytes: PNGWriter().bytes(data: PNGWriter.zlib(PNGWriter().rows(5, 3)))),
    Damage(
      testDescription: "rows too many",
      bytes: PNGWriter().bytes(data: PNGWriter.zlib(PNGWriter().rows(5, 9))),
      kinds: [.irregular]),
    Damage(testDescription: "stream cut", bytes: PNGWriter().bytes(data: Array(stream.dropLast(5)))),
    Damage(
      testDescription: "bytes after the stream, in another chunk",
      bytes: PNGWriter(dataChunk: stream.count).bytes(data: stream + [1, 2]), kinds: [.irregular]),
    Damage(
      testDescription: "bytes after the stream", bytes: PNGWriter().bytes(data: stream + [1]),
      kinds: [.irregular]),
    Damage(
      testDescription: "unknown filter type",
      bytes: PNGWriter().bytes(data: PNGWriter.zlib([5] + PNGWriter().pixels.dropFirst()))),
    Damage(testDescription: "no compressed data", bytes: PNGWriter().bytes(data: [0])),
    Damage(testDescription: "no palette", bytes: PNGWriter(colorType: 3).bytes),
    Damage(testDescription: "no IDAT", bytes: PNGWriter().bytes(data: []), showsInHeader: true),
    Damage(
      testDescription: "two IHDR", bytes: PNGWriter(before: [Array(PNGWriter().header.dropFirst(8))]).bytes,
      showsInHeader: true),
    Damage(
      testDescription: "unknown critical chunk",
      bytes: PNGWriter(before: [PNGWriter.chunk("NEwX", [1])]).bytes),
    Damage(testDescription: "width 0", bytes: PNGWriter(width: 0).bytes, showsInHeader: true),
    Damage(testDescription: "3 bits", bytes: PNGWriter(bitDepth: 3).bytes, showsInHeader: true),
    Damage(
      testDescription: "index beyond the palette",
      bytes: PNGWriter(colorType: 3, before: [PNGWriter.chunk("PLTE", [1, 2, 3])]).bytes,
      kinds: [.irregular]),
    Damage(
      testDescription: "IDAT apart",
      bytes: PNGWriter(after: [PNGWriter.chunk("tEXt", [1]), PNGWriter.chunk("IDAT", [1])]).bytes),
  ])
  func damageIsNoticed(_ row: Damage) {
    let facts = measure(row.bytes, as: .png)
    #expect(facts.kinds == row.kinds)
    #expect(facts.evidence.contains(.rows) == (row.kinds == [.irregular]))
    let header = measure(row.bytes, as: .png, .header)
    #expect(header.kinds == (row.showsInHeader ? row.kinds : []))
  }

  @Test func aWrongChecksumOfAnAncillaryChunkIsCorrupt() {
    var text = PNGWriter.chunk("tEXt", Array("Comment\0hello".utf8))
    text[12] ^= 1
    let facts = measure(PNGWriter(before: [text]).bytes, as: .png)
    #expect(facts.kinds == [.corrupt])
    #expect(facts.defects.first?.message == "the checksum of tEXt is wrong at byte 33")
    #expect(facts.defects.first?.offset == 33)
    #expect(facts.evidence == [.header, .rows])
  }

  @Test func everyFlippedByteIsNoticed() {
    let good = PNGWriter(before: [PNGWriter.chunk("gAMA", [0, 1, 2, 3])]).bytes
    for index in good.indices {
      for mask in [UInt8(0x01), 0x20, 0x80] {
        var bytes = good
        bytes[index] ^= mask
        #expect(!measure(bytes, as: .png).defects.isEmpty, "byte \(index), mask \(mask)")
      }
    }
  }

  @Test func noTextTakesMuchMemory() {
    let garbage = Array("Comment\0\0".utf8) + Array(repeating: UInt8(0), count: 300_000)
    let chunks = ["zTXt", "iTXt", "iCCP", "tEXt"].map { PNGWriter.chunk($0, garbage) }
    let facts = measure(PNGWriter(before: chunks).bytes, as: .png)
    #expect(facts.evidence == Self.everything)
    #expect(facts.kinds == [.irregular])
    // Longer than libpng would take, and not kept.
    let long = PNGWriter.chunk("tEXt", Array(repeating: 65, count: 8_000_001))
    #expect(measure(PNGWriter(before: [long]).bytes, as: .png).kinds == [.irregular])
  }

  @Test func hugeDimensionsAreJudgedBeforeDecoding() {
    for (width, height) in [
      (2_000_000_000, 1), (1, 2_000_000_000), (50_000, 50_000), (0x7FFF_FFFF, 0x7FFF_FFFF),
    ] {
      var writer = PNGWriter()
      let data = PNGWriter.zlib(writer.pixels)
      (writer.width, writer.height) = (width, height)
      let facts = measure(writer.bytes(data: data), as: .png)
      #expect(facts.kinds == [.limit])
      #expect(facts.image?.width == width)
    }
  }

  @Test func chunksAreBounded() {
    var budget = Budget()
    budget.chunks = 50
    let empty = Array(repeating: PNGWriter.chunk("tEXt", []), count: 100)
    for depth in Depth.allCases {
      #expect(measure(PNGWriter(before: empty).bytes, as: .png, depth, budget: budget).kinds == [.limit])
    }
  }

  @Test(arguments: Depth.allCases)
  func whatFollowsTheEndIsTrailing(_ depth: Depth) {
    let good = PNGWriter().bytes
    let facts = measure(good + [1, 2, 3], as: .png, depth)
    #expect(facts.kinds == [.trailingData])
    #expect(facts.defects.first?.bytes == 3)
    let long = measure(good + Array(repeating: 0, count: 200_000), as: .png, depth)
    #expect(long.kinds == [.trailingData])
    #expect(long.defects.first?.bytes == 200_000)
  }

  @Test func aMissingEndIsTruncated() {
    let facts = measure(Array(PNGWriter().bytes.dropLast(12)), as: .png)
    #expect(facts.kinds == [.truncated])
    #expect(facts.defects.first?.bytes == 12)
  }
}
