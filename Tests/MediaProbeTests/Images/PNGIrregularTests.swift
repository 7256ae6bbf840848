import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading

/// What libpng decodes with a warning, what it refuses, and what other readers refuse.
@Suite struct PNGIrregularTests {
  struct Chunk: Sendable, CustomTestStringConvertible {
    var name: String
    var payload: [UInt8]
    /// Who is named, if someone is.
    var reader: String?
    var kinds: [Defect.Kind] = [.irregular]
    var afterData = false
    var testDescription: String { "\(name), \(payload.count) bytes\(afterData ? ", late" : "")" }
  }

  @Test(arguments: [
    Chunk(name: "acTL", payload: [0, 0, 0, 1], reader: "Pillow"),
    Chunk(name: "fcTL", payload: [0, 0, 0], reader: "browsers"),
    Chunk(name: "fdAT", payload: [0, 0, 0, 0, 1], reader: "Pillow"),
    Chunk(name: "cHRM", payload: [0, 0, 0, 0, 0], reader: "Pillow"),
    Chunk(name: "gAMA", payload: [], reader: "Pillow"),
    Chunk(name: "sRGB", payload: [], reader: "Pillow"),
    Chunk(name: "pHYs", payload: [0, 0, 0, 1], reader: "Pillow"),
    Chunk(name: "iCCP", payload: [], reader: "ffmpeg"),
    Chunk(name: "iCCP", payload: Array("name\0\u{1}garbage".utf8), reader: "ffmpeg"),
    Chunk(name: "zTXt", payload: Array("name\0\u{1}garbage".utf8), reader: "Pillow"),
    Chunk(name: "tRNS", payload: [0], reader: "Pillow"),
    Chunk(name: "tIME", payload: [1, 2]),
    Chunk(name: "cICP", payload: [1, 13, 1, 1], reader: "browsers"),
    Chunk(name: "cICP", payload: [1, 13, 0, 1], kinds: []),
    Chunk(name: "pHYs", payload: [0, 0, 0, 1, 0, 0, 0, 1, 1], reader: "ffmpeg", afterData: true),
    Chunk(name: "pHYs", payload: [0, 0, 0, 1, 0, 0, 0, 1, 1], kinds: []),
    Chunk(name: "tEXt", payload: Array("name\0text".utf8), kinds: []),
    Chunk(name: "PLTE", payload: [], kinds: [.corrupt]),
  ])
  func chunksAreJudgedAsReadersDo(_ row: Chunk) {
    let chunk = [PNGWriter.chunk(row.name, row.payload)]
    let writer = row.afterData ? PNGWriter(after: chunk) : PNGWriter(before: chunk)
    let facts = measure(writer.bytes, as: .png)
    #expect(facts.kinds == row.kinds)
    #expect(facts.evidence.contains(.rows))
    if let reader = row.reader { #expect(facts.defects.first?.message.contains(reader) == true) }
  }

  /// 0x78 states a window of 32 KiB, 0x08 one of 256 bytes; the rows repeat themselves from farther back.
  @Test(arguments: [2, 6, 0, 4], [70, 300, 3000])
  func aWindowIsAsLargeAsStatedWhateverTheSizeOfARow(colorType: Int, width: Int) {
    let writer = PNGWriter(width: width, height: 40, colorType: colorType)
    let distance = 257 + width
    #expect(measure(writer.bytes(data: Self.stream(writer, distance, [0x78, 0x01])), as: .png).kinds == [])
    let facts = measure(writer.bytes(data: Self.stream(writer, distance, [0x08, 0x1D])), as: .png)
    #expect(facts.kinds == [.corrupt])
    #expect(facts.defects.first?.message.contains("window") == true)
    // Distances inside a small window are fine.
    #expect(measure(writer.bytes(data: Self.stream(writer, 1, [0x08, 0x1D])), as: .png).kinds == [])
  }

  /// Literal zeros for `distance` bytes, then matches of that distance, in fixed Huffman codes.
  private static func stream(_ writer: PNGWriter, _ distance: Int, _ head: [UInt8]) -> [UInt8] {
    let size = writer.pixels.count
    var bits = DeflateBits()
    bits.put(1, 1)
    bits.put(1, 2)
    var made = 0
    while made < min(distance, size) {
      bits.code(0x30, 8)  // a literal 0
      made += 1
    }
    while made < size {
      if size - made < 3 {
        bits.code(0x30, 8)
        made += 1
      } else {
        bits.code(1, 7)  // a match of 3
        bits.distance(distance)
        made += 3
      }
    }
    bits.code(0, 7)
    // The Adler checksum of zeros.
    return head + bits.bytes + Bytes.big((size % 65521) << 16 | 1, 4)
  }

  @Test(
    arguments: [
      ([0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A, 0], "CR LF to LF"),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0D, 0x0A, 0x1A, 0x0D, 0x0A], "LF to CR LF"),
      ([0xEF, 0xBF, 0xBD, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "UTF-8"),
    ] as [([UInt8], String)])
  func conversionsOfTextAreNamed(signature: [UInt8], cause: String) {
    for depth in Depth.allCases {
      let facts = measure(signature + PNGWriter().bytes.dropFirst(8), as: .png, depth)
      #expect(facts.kinds == [.corrupt])
      #expect(facts.defects.first?.message.contains(cause) == true)
    }
  }

  @Test func theVariantOfAppleIsNamed() {
    let good = PNGWriter().bytes
    let bytes = good.prefix(8) + PNGWriter.chunk("CgBI", [0x50, 0, 0x20, 6]) + good.dropFirst(8)
    for depth in Depth.allCases {
      let facts = measure(Array(bytes), as: .png, depth)
      #expect(facts.kinds == [.corrupt])
      #expect(facts.defects.first?.message.contains("CgBI") == true)
    }
  }

  @Test(arguments: ["tEXt", "iTXt"], Depth.allCases)
  func orientationIsReadFromText(_ name: String, _ depth: Depth) {
    let digits = (Array("Exif\0\0".utf8) + JPEGWriter.tiff(6)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    let lines = "\nexif\n      \(digits.count)\n\(digits.joined())\n"
    let between = name == "iTXt" ? "\0\0\0\0" : ""
    let text = PNGWriter.chunk(name, Array("Raw profile type exif\0\(between)\(lines)".utf8))
    #expect(measure(PNGWriter(before: [text]).bytes, as: .png, depth).image?.orientation == 6)
    // The chunk for it says more than text.
    let exif = PNGWriter.chunk("eXIf", JPEGWriter.tiff(8))
    #expect(measure(PNGWriter(before: [exif, text]).bytes, as: .png, depth).image?.orientation == 8)
    #expect(measure(PNGWriter(before: [text, exif]).bytes, as: .png, depth).image?.orientation == 8)
  }
}

/// Bits of a deflate stream with fixed codes.
private struct DeflateBits {
  private(set) var bytes: [UInt8] = []
  private var count = 0

  /// A number, least significant bit first.
  mutating func put(_ value: Int, _ bits: Int) {
    for bit in 0..<bits {
      if count % 8 == 0 { bytes.append(0) }
      bytes[count / 8] |= UInt8(value >> bit & 1) << UInt8(count % 8)
      count += 1
    }
  }

  /// A code, most significant bit first.
  mutating func code(_ value: Int, _ bits: Int) {
    for bit in (0..<bits).reversed() { put(value >> bit & 1, 1) }
  }

  mutating func distance(_ distance: Int) {
    var (symbol, base, extra) = (0, 1, 0)
    while base + (1 << extra) <= distance {
      base += 1 << extra
      symbol += 1
      extra = max(0, symbol / 2 - 1)
    }
    code(symbol, 5)
    put(distance - base, extra)
  }
}
