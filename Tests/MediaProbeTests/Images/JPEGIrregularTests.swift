import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading

/// Bytes that break the format and lose nothing, and the same kinds of bytes where something is lost.
@Suite struct JPEGIrregularTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var kinds: [Defect.Kind] = [.irregular]
    /// Whether it shows before the picture is decoded.
    var showsInHeader = false
  }

  /// Its data end in two bits and six ones.
  private static let writer = JPEGWriter(width: 248, height: 248)
  private static let good = writer.bytes
  private static let data = Array(good[writer.head.count..<good.count - 2])

  /// A picture with this data, and bytes after it.
  private static func picture(_ data: [UInt8], _ after: [UInt8] = []) -> [UInt8] {
    writer.head + data + after + JPEGWriter.end
  }

  private static func with(_ segments: [UInt8]...) -> [UInt8] {
    JPEGWriter(segments: segments).bytes
  }

  private static func adobe(_ count: Int) -> [UInt8] {
    JPEGWriter.segment(0xEE, Array((Array("Adobe\0d".utf8) + [0, 0, 0, 0, 3]).prefix(count)))
  }

  @Test(arguments: [
    Row(testDescription: "stray bytes before a segment", bytes: with([1, 2, 3, 4, 5]), showsInHeader: true),
    Row(
      testDescription: "stray bytes before the end",
      bytes: picture(data, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])),
    Row(
      testDescription: "zeros before the end",
      bytes: picture(data, Array(repeating: 0, count: 5000))),
    Row(
      testDescription: "the same value before the end",
      bytes: picture(data, Array(repeating: 0x55, count: 300))),
    Row(
      testDescription: "many different bytes before the end",
      bytes: picture(data, (0..<300).map { UInt8($0 % 200) }), kinds: [.corrupt]),
    Row(
      testDescription: "rows missing, and zeros for them",
      bytes: picture(Array(data.prefix(40)), [0x11, 0x22] + Array(repeating: 0xFE, count: 20)),
      kinds: [.corrupt]),
    Row(
      testDescription: "short JFIF", bytes: with(JPEGWriter.segment(0xE0, Array("JFIF\0".utf8))),
      showsInHeader: true),
    Row(testDescription: "short Adobe", bytes: with(adobe(6)), showsInHeader: true),
    Row(
      testDescription: "short ICC profile",
      bytes: with(JPEGWriter.segment(0xE2, Array("ICC_PROFILE\0\u{1}".utf8))),
      showsInHeader: true),
    Row(testDescription: "TEM", bytes: with([0xFF, 0x01]), showsInHeader: true),
    Row(testDescription: "whole Adobe", bytes: with(adobe(12)), kinds: []),
  ])
  func onlyWhatLosesAPartIsDamage(_ row: Row) {
    let facts = measure(row.bytes, as: .jpeg)
    #expect(facts.kinds == row.kinds)
    #expect(facts.evidence.contains(.rows) == (row.kinds != [.corrupt]))
    #expect(measure(row.bytes, as: .jpeg, .header).kinds == (row.showsInHeader ? row.kinds : []))
  }

  @Test func scanParametersOfASequentialImageAreIrregular() {
    var bytes = Self.good
    bytes[Self.writer.head.count - 2] = 0
    #expect(measure(bytes, as: .jpeg).kinds == [.irregular])
  }

  /// An overwritten part decodes as blocks, so that zeros are left over: they are not padding.
  @Test func zerosThatWereDecodedAreDamage() {
    // Two bits a block where the picture takes two bytes or more.
    let image = JPEGWriter(width: 64, height: 64, components: 1)
    for count in [20, 200, 2000] {
      let zeroed = image.head + Array(repeating: UInt8(0), count: 16 + count) + JPEGWriter.end
      #expect(measure(zeroed, as: .jpeg).kinds == [.corrupt], "\(count)")
    }
  }
}
