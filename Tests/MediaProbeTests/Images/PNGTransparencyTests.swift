import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading

@Suite struct PNGTransparencyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var colorType: Int
    var bitDepth: Int
    var transparency: [UInt8] = []
    var fill: UInt8 = 0xFF
    var firstBytes: [UInt8] = []
    var transparent: Bool
  }

  @Test(arguments: [
    Case(testDescription: "RGBA opaque", colorType: 6, bitDepth: 8, transparent: false),
    Case(
      testDescription: "RGBA one pixel", colorType: 6, bitDepth: 8, firstBytes: [1, 2, 3, 254],
      transparent: true),
    Case(
      testDescription: "RGBA colours only", colorType: 6, bitDepth: 8, firstBytes: [1, 2, 3, 255],
      transparent: false),
    Case(
      testDescription: "RGBA16 high byte", colorType: 6, bitDepth: 16,
      firstBytes: [0, 0, 0, 0, 0, 0, 254, 255], transparent: true),
    Case(
      testDescription: "RGBA16 low byte", colorType: 6, bitDepth: 16,
      firstBytes: [0, 0, 0, 0, 0, 0, 255, 254], transparent: true),
    Case(
      testDescription: "RGBA16 opaque", colorType: 6, bitDepth: 16, firstBytes: [0, 0, 0, 0, 0, 0, 255, 255],
      transparent: false),
    Case(testDescription: "gray+alpha", colorType: 4, bitDepth: 8, firstBytes: [9, 0], transparent: true),
    Case(
      testDescription: "gray+alpha opaque", colorType: 4, bitDepth: 8, firstBytes: [0, 255],
      transparent: false),
    Case(
      testDescription: "gray+alpha 16", colorType: 4, bitDepth: 16, firstBytes: [0, 0, 255, 0],
      transparent: true),
    Case(
      testDescription: "gray key hit", colorType: 0, bitDepth: 8, transparency: [0, 7], firstBytes: [7],
      transparent: true),
    Case(
      testDescription: "gray key missed", colorType: 0, bitDepth: 8, transparency: [0, 7], transparent: false),
    Case(
      testDescription: "gray16 key", colorType: 0, bitDepth: 16, transparency: [1, 7], firstBytes: [1, 7],
      transparent: true),
    Case(
      testDescription: "gray16 key half", colorType: 0, bitDepth: 16, transparency: [1, 7],
      firstBytes: [1, 8], transparent: false),
    Case(
      testDescription: "gray1 key", colorType: 0, bitDepth: 1, transparency: [0, 0], firstBytes: [0xF7],
      transparent: true),
    Case(
      testDescription: "gray1 padding", colorType: 0, bitDepth: 1, transparency: [0, 0], firstBytes: [0xF8],
      transparent: false),
    Case(
      testDescription: "gray4 key", colorType: 0, bitDepth: 4, transparency: [0, 3], firstBytes: [0xF3],
      transparent: true),
    Case(
      testDescription: "RGB key", colorType: 2, bitDepth: 8, transparency: [0, 1, 0, 2, 0, 3],
      firstBytes: [1, 2, 3], transparent: true),
    Case(
      testDescription: "RGB key shifted", colorType: 2, bitDepth: 8, transparency: [0, 1, 0, 2, 0, 3],
      firstBytes: [9, 1, 2, 3], transparent: false),
    Case(
      testDescription: "RGB16 key", colorType: 2, bitDepth: 16, transparency: [1, 1, 2, 2, 3, 3],
      firstBytes: [1, 1, 2, 2, 3, 3], transparent: true),
    Case(
      testDescription: "palette used", colorType: 3, bitDepth: 8, transparency: [255, 0], fill: 0,
      firstBytes: [1], transparent: true),
    Case(
      testDescription: "palette unused", colorType: 3, bitDepth: 8, transparency: [255, 0], fill: 0,
      transparent: false),
    Case(
      testDescription: "palette2", colorType: 3, bitDepth: 2, transparency: [9], firstBytes: [0b1101_1101],
      transparent: false),
    Case(
      testDescription: "palette2 used", colorType: 3, bitDepth: 2, transparency: [9],
      firstBytes: [0b1101_0011], transparent: true),
  ])
  func pixelsDecide(_ row: Case) {
    let palette =
      row.colorType == 3 ? [PNGWriter.chunk("PLTE", Array(repeating: 9, count: 3 << row.bitDepth))] : []
    let keys = row.transparency.isEmpty ? [] : [PNGWriter.chunk("tRNS", row.transparency)]
    let writer = PNGWriter(
      bitDepth: row.bitDepth, colorType: row.colorType, before: palette + keys, fill: row.fill,
      firstBytes: row.firstBytes)
    let facts = measure(writer.bytes, as: .png)
    #expect(facts.defects.isEmpty)
    #expect(facts.image?.alpha == true)
    #expect(facts.image?.transparentPixels == row.transparent)
    let header = measure(writer.bytes, as: .png, .header)
    #expect(header.image?.alpha == true)
    #expect(header.image?.transparentPixels == nil)
  }

  @Test func withoutAlphaNothingIsTransparent() {
    let facts = measure(PNGWriter().bytes, as: .png)
    #expect(facts.image?.alpha == false)
    #expect(facts.image?.transparentPixels == false)
  }
}
