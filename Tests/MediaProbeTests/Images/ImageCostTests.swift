import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading

/// What depth `header` costs of a remote image.
@Suite struct ImageCostTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var format: MediaFormat
    var bytes: [UInt8]
  }

  @Test(arguments: [
    Sample(
      testDescription: "JPEG with large metadata", format: .jpeg,
      bytes: JPEGWriter(
        width: 4000, height: 4000, components: 3,
        segments: [
          JPEGWriter.exif(6, padding: 30_000), JPEGWriter.segment(0xE2, Array(repeating: 1, count: 20_000)),
        ]
      ).bytes),
    Sample(
      testDescription: "PNG", format: .png,
      bytes: PNGWriter(
        width: 400, height: 400, before: [PNGWriter.chunk("iCCP", Array(repeating: 1, count: 20_000))],
        dataChunk: 8192
      ).bytes),
    Sample(testDescription: "BMP", format: .bmp, bytes: BMPWriter(width: 400, height: 400).bytes),
    Sample(
      testDescription: "WebP", format: .webp,
      bytes: WebPWriter.riff([
        WebPWriter.extended(flags: 8, width: 16, height: 16),
        WebPWriter.chunk("VP8 ", WebPWriter.lossy + Array(repeating: 0, count: 300_000)),
        WebPWriter.chunk("EXIF", JPEGWriter.tiff(3)),
      ])),
    Sample(testDescription: "a small JPEG", format: .jpeg, bytes: JPEGWriter().bytes),
  ])
  func aHeadAndATailAreEnough(_ sample: Sample) {
    let source = ImageBytes(sample.bytes)
    let facts = measure(source, as: sample.format, .header)
    #expect(facts.defects.isEmpty)
    #expect(facts.evidence == [.header, .declaredEnd])
    #expect(source.bytesRead <= 128 << 10)
    #expect(source.contiguousRuns <= 2)
  }

  @Test func aJPEGOfUnknownLengthIsReadToItsEnd() {
    let facts = measure(
      JPEGWriter(width: 4000, height: 4000).bytes, as: .jpeg, .header, knowsLength: false)
    #expect(facts.evidence == [.header, .declaredEnd])
    #expect(facts.defects.isEmpty)
  }
}
