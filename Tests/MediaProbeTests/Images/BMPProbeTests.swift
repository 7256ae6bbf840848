import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading

@Suite struct BMPProbeTests {
  struct Good: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var writer: BMPWriter
    var color = ImageFacts.Color.rgb
    var bitDepth = 8
    var coding = ImageFacts.Coding.uncompressed
    var alpha = false
    var transparent = false
  }

  private static let rgba = [0xFF_0000, 0xFF00, 0xFF, 0xFF00_0000]
  private static let rle8: [UInt8] = [
    6, 1, 0, 0, 0, 3, 1, 2, 3, 0, 3, 4, 0, 0, 0, 2, 0, 1, 6, 9, 0, 0, 0, 1,
  ]

  @Test(arguments: [
    Good(testDescription: "24 bits", writer: BMPWriter()),
    Good(testDescription: "top-down", writer: BMPWriter(height: -5)),
    Good(testDescription: "16 bits", writer: BMPWriter(bitCount: 16), bitDepth: 5),
    Good(testDescription: "32 bits", writer: BMPWriter(bitCount: 32)),
    Good(testDescription: "1 bit", writer: BMPWriter(bitCount: 1), color: .palette, bitDepth: 1),
    Good(testDescription: "2 bits", writer: BMPWriter(bitCount: 2), color: .palette, bitDepth: 2),
    Good(testDescription: "4 bits", writer: BMPWriter(bitCount: 4), color: .palette, bitDepth: 4),
    Good(testDescription: "8 bits", writer: BMPWriter(bitCount: 8), color: .palette),
    Good(testDescription: "OS/2 1", writer: BMPWriter(headerSize: 12, bitCount: 8), color: .palette),
    Good(testDescription: "OS/2 1, 24 bits", writer: BMPWriter(headerSize: 12)),
    Good(testDescription: "OS/2 2, short", writer: BMPWriter(headerSize: 16)),
    Good(testDescription: "OS/2 2", writer: BMPWriter(headerSize: 64)),
    Good(testDescription: "version 4", writer: BMPWriter(headerSize: 108)),
    Good(testDescription: "version 5", writer: BMPWriter(headerSize: 124)),
    Good(
      testDescription: "565", writer: BMPWriter(bitCount: 16, compression: 3, masks: [0xF800, 0x7E0, 0x1F]),
      bitDepth: 6),
    Good(
      testDescription: "masks in version 2",
      writer: BMPWriter(headerSize: 52, bitCount: 32, compression: 3, masks: [0xFF_0000, 0xFF00, 0xFF])),
    Good(
      testDescription: "alpha, transparent",
      writer: BMPWriter(headerSize: 56, bitCount: 32, compression: 3, masks: rgba), alpha: true,
      transparent: true),
    Good(
      testDescription: "alpha, opaque",
      writer: BMPWriter(headerSize: 124, bitCount: 32, compression: 3, masks: rgba, fill: 0xFF), alpha: true),
    Good(
      testDescription: "alpha after the header",
      writer: BMPWriter(bitCount: 32, compression: 6, masks: rgba, fill: 0xFF), alpha: true),
    Good(
      testDescription: "RLE8", writer: BMPWriter(height: 4, bitCount: 8, compression: 1, data: rle8),
      color: .palette, coding: .runLength, transparent: true),
    Good(
      testDescription: "RLE4",
      writer: BMPWriter(
        height: 2, bitCount: 4, compression: 2, data: [6, 0x12, 0, 0, 0, 5, 0x12, 0x34, 0x50, 0, 0, 1]),
      color: .palette, bitDepth: 4, coding: .runLength, transparent: true),
    Good(
      testDescription: "RLE8, every pixel coded",
      writer: BMPWriter(width: 6, height: 2, bitCount: 8, compression: 1, data: [6, 1, 0, 0, 6, 2, 0, 1]),
      color: .palette, coding: .runLength),
    Good(testDescription: "file size 0", writer: BMPWriter(fileSize: 0)),
    Good(testDescription: "file size without headers", writer: BMPWriter(fileSize: 100)),
    Good(testDescription: "a gap before the pixels", writer: BMPWriter(pixelOffset: 200)),
    Good(
      testDescription: "few colours, all used", writer: BMPWriter(bitCount: 8, colors: 1, statesColors: true),
      color: .palette),
  ])
  func goodFilesAreRead(_ row: Good) {
    for depth in Depth.allCases {
      let facts = measure(row.writer.bytes, as: .bmp, depth)
      // Which forms some readers refuse is for the test of these.
      #expect(facts.kinds.allSatisfy { $0 == .irregular })
      #expect(facts.image?.width == 6)
      #expect(facts.image?.height == abs(row.writer.height))
      #expect(facts.image?.color == row.color)
      #expect(facts.image?.bitDepth == row.bitDepth)
      #expect(facts.image?.coding == row.coding)
      #expect(facts.image?.alpha == row.alpha)
      #expect(facts.endDeclared == true)
      #expect(facts.evidence == [.header, .declaredEnd] + (depth == .header ? [] : [.rows]))
      if depth > .header { #expect(facts.image?.transparentPixels == row.transparent) }
    }
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var writer: BMPWriter
    var kinds: [Defect.Kind] = [.corrupt]
    var atHeader: [Defect.Kind]?
  }

  @Test(arguments: [
    Bad(testDescription: "header of 10 bytes", writer: BMPWriter(headerSize: 10)),
    Bad(testDescription: "header of 200 bytes", writer: BMPWriter(headerSize: 200)),
    Bad(testDescription: "width 0", writer: BMPWriter(width: 0)),
    Bad(testDescription: "height 0", writer: BMPWriter(height: 0)),
    Bad(testDescription: "the least height", writer: BMPWriter(height: -0x8000_0000, data: [])),
    Bad(testDescription: "negative width", writer: BMPWriter(width: -6, data: [])),
    Bad(testDescription: "two planes", writer: BMPWriter(planes: 2)),
    Bad(testDescription: "7 bits", writer: BMPWriter(bitCount: 7)),
    Bad(testDescription: "unknown compression", writer: BMPWriter(compression: 77)),
    Bad(testDescription: "RLE8 with 24 bits", writer: BMPWriter(compression: 1)),
    Bad(testDescription: "RLE8 top-down", writer: BMPWriter(height: -5, bitCount: 8, compression: 1)),
    Bad(testDescription: "pixels in the headers", writer: BMPWriter(pixelOffset: 20)),
    Bad(
      testDescription: "more colours than fit",
      writer: BMPWriter(bitCount: 8, colors: 0x7FFF_FFFF, statesColors: true, data: [], pixelOffset: 60)),
    Bad(
      testDescription: "masks overlap",
      writer: BMPWriter(bitCount: 16, compression: 3, masks: [0xF800, 0xFE0, 0x1F])),
    Bad(
      testDescription: "mask with a hole",
      writer: BMPWriter(bitCount: 16, compression: 3, masks: [0xF800, 0x520, 0x1F])),
    Bad(testDescription: "no masks", writer: BMPWriter(bitCount: 16, compression: 3, masks: [0, 0, 0])),
    Bad(
      testDescription: "JPEG inside", writer: BMPWriter(bitCount: 0, compression: 4, data: [1]),
      kinds: [.undecodable]),
    Bad(
      testDescription: "PNG inside", writer: BMPWriter(bitCount: 0, compression: 5, data: [1]),
      kinds: [.undecodable]),
    Bad(
      testDescription: "OS/2 Huffman",
      writer: BMPWriter(headerSize: 64, bitCount: 1, compression: 3, data: [1]),
      kinds: [.undecodable]),
    Bad(
      testDescription: "index without colour",
      writer: BMPWriter(bitCount: 4, colors: 3, statesColors: true, fill: 0x03),
      atHeader: []),
    Bad(
      testDescription: "run beyond the row",
      writer: BMPWriter(bitCount: 8, compression: 1, data: [7, 1, 0, 1]),
      atHeader: []),
    Bad(
      testDescription: "pixels beyond the last row",
      writer: BMPWriter(height: 1, bitCount: 8, compression: 1, data: [6, 1, 0, 0, 1, 1, 0, 1]), atHeader: []),
    Bad(
      testDescription: "rows missing",
      writer: BMPWriter(bitCount: 8, compression: 1, data: [6, 1, 0, 0, 6, 1, 0, 1]), atHeader: []),
    Bad(
      testDescription: "endless lines",
      writer: BMPWriter(bitCount: 8, compression: 1, data: Array(repeating: 0, count: 40)), atHeader: []),
    Bad(
      testDescription: "no end of bitmap",
      writer: BMPWriter(bitCount: 8, compression: 1, data: [6, 1, 0, 0]),
      kinds: [.truncated], atHeader: []),
    Bad(testDescription: "file size too large", writer: BMPWriter(fileSize: 1000), kinds: [.truncated]),
    Bad(testDescription: "pixels missing", writer: BMPWriter(data: [1, 2, 3]), kinds: [.truncated]),
    Bad(
      testDescription: "too large to decode",
      writer: BMPWriter(width: 0x7FFF_FFFF, height: -0x7FFF_FFFF, data: []),
      kinds: [.truncated]),
  ])
  func badFilesAreNoticed(_ row: Bad) {
    let facts = measure(row.writer.bytes, as: .bmp)
    #expect(facts.kinds == row.kinds)
    #expect(!facts.evidence.contains(.rows))
    #expect(measure(row.writer.bytes, as: .bmp, .header).kinds == (row.atHeader ?? row.kinds))
  }

  @Test func whatFollowsTheDeclaredEndIsTrailing() {
    let good = BMPWriter().bytes
    for depth in Depth.allCases {
      let facts = measure(good + [1, 2, 3], as: .bmp, depth)
      #expect(facts.kinds == [.trailingData])
      #expect(facts.defects.first?.bytes == 3)
    }
    // The declared size may include bytes after the pixels.
    #expect(measure(BMPWriter(fileSize: good.count + 2).bytes + [0, 0], as: .bmp).kinds == [])
  }

  /// A row of three 16-bit pixels ends in two bytes that are not a pixel.
  @Test func paddingIsNotTransparent() {
    let row: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0]
    var writer = BMPWriter(
      width: 3, height: 2, bitCount: 16, compression: 6, masks: [0x7C00, 0x3E0, 0x1F, 0x8000], data: row + row
    )
    for depth in [Depth.full, .decode] {
      #expect(measure(writer.bytes, as: .bmp, depth).image?.transparentPixels == false)
    }
    writer.data = row + [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF]
    #expect(measure(writer.bytes, as: .bmp).image?.transparentPixels == true)
  }

  @Test func runLengthsAloneDoNotDeclareTheEnd() {
    let writer = BMPWriter(height: 4, bitCount: 8, compression: 1, data: Self.rle8, fileSize: 14)
    let facts = measure(writer.bytes, as: .bmp)
    #expect(facts.endDeclared == false)
    #expect(facts.defects.isEmpty)
    #expect(facts.evidence == [.header, .rows])
    #expect(measure(Array(writer.bytes.dropLast()), as: .bmp).kinds == [.truncated])
  }

  struct Form: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var writer: BMPWriter
    /// Who is named; `nil` for a form that every usual reader takes.
    var reader: String?
  }

  @Test(arguments: [
    Form(
      testDescription: "header of 16 bytes", writer: BMPWriter(headerSize: 16),
      reader: "ffmpeg, ImageMagick, libvips and Pillow refuse"),
    Form(testDescription: "header of 41 bytes", writer: BMPWriter(headerSize: 41), reader: "browsers"),
    Form(testDescription: "header of 52 bytes", writer: BMPWriter(headerSize: 52), reader: "ffmpeg"),
    Form(
      testDescription: "header of 56 bytes", writer: BMPWriter(headerSize: 56), reader: "Pillow before 10"),
    Form(testDescription: "header of 64 bytes", writer: BMPWriter(headerSize: 64)),
    Form(testDescription: "2 bits", writer: BMPWriter(bitCount: 2), reader: "ImageMagick"),
    Form(
      testDescription: "16 bits, oldest header", writer: BMPWriter(headerSize: 12, bitCount: 16),
      reader: "browsers"),
    Form(
      testDescription: "a table of 20 for 4 bits",
      writer: BMPWriter(bitCount: 4, colors: 20, statesColors: true),
      reader: "libvips"),
    Form(
      testDescription: "masks with alpha",
      writer: BMPWriter(bitCount: 32, compression: 6, masks: [0xFF0000, 0xFF00, 0xFF, 0]),
      reader: "ImageMagick"),
    Form(
      testDescription: "unusual masks",
      writer: BMPWriter(bitCount: 16, compression: 3, masks: [0x1F, 0x7E0, 0xF800]),
      reader: "ffmpeg and Pillow"),
    Form(
      testDescription: "masks that Pillow lacks",
      writer: BMPWriter(bitCount: 16, compression: 3, masks: [0xF00, 0xF0, 0xF]),
      reader: "Pillow refuses"),
    Form(
      testDescription: "usual masks",
      writer: BMPWriter(bitCount: 16, compression: 3, masks: [0xF800, 0x7E0, 0x1F])),
    Form(testDescription: "a file size of 0", writer: BMPWriter(fileSize: 0), reader: "ffmpeg"),
  ])
  func unusualFormsNameWhoRefusesThem(_ row: Form) {
    for depth in Depth.allCases {
      let facts = measure(row.writer.bytes, as: .bmp, depth)
      #expect(facts.kinds == (row.reader == nil ? [] : [.irregular]))
      if let reader = row.reader { #expect(facts.defects.first?.message.contains(reader) == true) }
    }
  }

  @Test func anAlphaOfZeroEverywhereIsEmpty() {
    let masks = [0xFF0000, 0xFF00, 0xFF, 0xFF00_0000]
    var writer = BMPWriter(headerSize: 108, width: 2, height: 1, bitCount: 32, compression: 3, masks: masks)
    for (alpha, transparent, empty) in [
      ([0, 0], true, true), ([0, 9], true, false), ([255, 255], false, false),
    ] {
      writer.data = alpha.flatMap { [1, 2, 3, UInt8($0)] }
      let image = measure(writer.bytes, as: .bmp).image
      #expect(image?.transparentPixels == transparent)
      #expect(image?.emptyAlpha == empty)
    }
  }
}
