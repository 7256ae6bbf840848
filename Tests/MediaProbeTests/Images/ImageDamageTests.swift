import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading

/// What must hold of every format alike.
@Suite struct ImageDamageTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var format: MediaFormat
    var bytes: [UInt8]

    static let all = [
      Sample(
        testDescription: "baseline JPEG", format: .jpeg,
        bytes: JPEGWriter(components: 3, segments: [JPEGWriter.exif(6)]).bytes),
      Sample(
        testDescription: "progressive JPEG", format: .jpeg,
        bytes: JPEGWriter(marker: 0xC2, components: 3).bytes),
      Sample(
        testDescription: "PNG", format: .png,
        bytes: PNGWriter(after: [PNGWriter.chunk("tEXt", [1, 0, 2])]).bytes),
      Sample(
        testDescription: "interlaced PNG", format: .png,
        bytes: PNGWriter(interlaced: true, dataChunk: 7).bytes),
      Sample(
        testDescription: "lossy WebP", format: .webp,
        bytes: WebPWriter.riff([WebPWriter.chunk("VP8 ", WebPWriter.lossy)])),
      Sample(
        testDescription: "lossless WebP", format: .webp,
        bytes: WebPWriter.riff([
          WebPWriter.chunk("VP8L", WebPWriter.lossless(width: 30, height: 20, alpha: 1, otherAlpha: 255))
        ])),
      Sample(
        testDescription: "animated WebP", format: .webp,
        bytes: WebPWriter.riff([
          WebPWriter.extended(flags: 2, width: 16, height: 16), WebPWriter.animation,
          WebPWriter.frame(width: 16, height: 16, [WebPWriter.chunk("VP8 ", WebPWriter.lossy)]),
          WebPWriter.frame(width: 16, height: 16, [WebPWriter.chunk("VP8 ", WebPWriter.lossy)]),
        ])),
      Sample(testDescription: "BMP", format: .bmp, bytes: BMPWriter().bytes),
      Sample(
        testDescription: "BMP with alpha", format: .bmp,
        bytes: BMPWriter(
          headerSize: 108, bitCount: 32, compression: 3, masks: [0xFF, 0xFF00, 0xFF_0000, 0xFF00_0000],
          fill: 0x7F
        ).bytes),
      Sample(
        testDescription: "BMP with run lengths", format: .bmp,
        bytes: BMPWriter(
          height: 2, bitCount: 8, compression: 1, data: [6, 1, 0, 0, 0, 6, 1, 2, 3, 4, 5, 6, 0, 1]
        ).bytes),
    ]
  }

  @Test(arguments: Sample.all, Depth.allCases)
  func truncationAtEveryByteIsNoticed(_ sample: Sample, _ depth: Depth) {
    // What the sniffer needs is there.
    for count in 2..<sample.bytes.count {
      for knowsLength in [true, false] {
        let facts = measure(
          Array(sample.bytes.prefix(count)), as: sample.format, depth, knowsLength: knowsLength)
        #expect(facts.kinds.contains(.truncated), "\(count) of \(sample.bytes.count) bytes")
        #expect(!facts.evidence.contains(.declaredEnd))
      }
    }
  }

  @Test(arguments: Sample.all)
  func chunksOfAnySizeDecodeAlike(_ sample: Sample) {
    let whole = measure(sample.bytes, as: sample.format)
    #expect(whole.defects.isEmpty)
    #expect(whole.evidence.contains(.rows))
    for size in [1, 2, 3, 7, 64, 1000, 1 << 20] {
      #expect(measure(sample.bytes, as: sample.format, chunkSize: size) == whole)
    }
    #expect(measure(sample.bytes, as: sample.format, knowsLength: false) == whole)
  }

  @Test(arguments: Sample.all)
  func noFlippedByteIsMoreThanADefect(_ sample: Sample) {
    for index in sample.bytes.indices {
      for mask in [UInt8(0x01), 0x10, 0x80, 0xFF] {
        var bytes = sample.bytes
        bytes[index] ^= mask
        for depth in [Depth.header, .full] {
          let facts = measure(bytes, as: sample.format, depth)
          #expect(facts.defects.count < 10)
          #expect(facts.image.map { $0.width > 0 && $0.height > 0 } != false)
        }
      }
    }
  }

  @Test(arguments: Sample.all)
  func timeIsBounded(_ sample: Sample) {
    var budget = Budget()
    budget.time = .zero
    #expect(measure(sample.bytes, as: sample.format, budget: budget).kinds == [.limit])
  }
}
