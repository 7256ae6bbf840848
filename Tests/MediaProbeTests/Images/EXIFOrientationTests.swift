import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading

@Suite struct EXIFOrientationTests {
  private func orientation(_ segments: [[UInt8]], _ depth: Depth = .header) -> Int? {
    measure(JPEGWriter(segments: segments).bytes, as: .jpeg, depth).image?.orientation
  }

  @Test(arguments: 1...8, [true, false])
  func isReadInEitherByteOrder(_ value: Int, _ bigEndian: Bool) {
    #expect(orientation([JPEGWriter.exif(value, bigEndian: bigEndian)]) == value)
  }

  @Test func theFirstValidOneWins() {
    let damaged = JPEGWriter.segment(0xE1, Array("Exif\0\0MM\0*".utf8) + [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(
      orientation([damaged, JPEGWriter.exif(0), JPEGWriter.exif(9), JPEGWriter.exif(6), JPEGWriter.exif(3)])
        == 6)
  }

  @Test func nothingStatedIsUpright() {
    #expect(orientation([]) == 1)
    #expect(orientation([JPEGWriter.segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0".utf8))]) == 1)
    #expect(orientation([JPEGWriter.segment(0xE1, Array("Exif\0\0II".utf8))]) == 1)
  }

  @Test func displayDimensionsFollow() {
    let image = measure(JPEGWriter(width: 64, height: 32, segments: [JPEGWriter.exif(6)]).bytes, as: .jpeg)
      .image
    #expect(image?.displayWidth == 32)
    #expect(image?.displayHeight == 64)
  }

  @Test(arguments: Depth.allCases)
  func isReadInPNGAndWebP(_ depth: Depth) {
    let png = PNGWriter(before: [PNGWriter.chunk("eXIf", JPEGWriter.tiff(5))]).bytes
    #expect(measure(png, as: .png, depth).image?.orientation == 5)
    let webp = WebPWriter.riff([
      WebPWriter.extended(flags: 8, width: 16, height: 16), WebPWriter.chunk("VP8 ", WebPWriter.lossy),
      WebPWriter.chunk("EXIF", JPEGWriter.tiff(7, bigEndian: false)),
    ])
    #expect(measure(webp, as: .webp, depth).image?.orientation == 7)
  }
}
