import MediaFacts
import Testing

@testable import ImageProbing
@testable import MediaReading

@Suite struct JPEGProbeTests {
  struct Coding: Sendable, CustomTestStringConvertible {
    var marker: UInt8
    var precision = 8
    var coding: ImageFacts.Coding
    var decodes = true
    var testDescription: String { "SOF\(marker - 0xC0), \(precision) bits" }
  }

  @Test(arguments: [
    Coding(marker: 0xC0, coding: .baseline), Coding(marker: 0xC1, coding: .extended),
    Coding(marker: 0xC2, coding: .progressive),
    Coding(marker: 0xC1, precision: 12, coding: .extended, decodes: false),
    Coding(marker: 0xC3, coding: .lossless, decodes: false),
    Coding(marker: 0xC3, precision: 16, coding: .lossless, decodes: false),
    Coding(marker: 0xC5, coding: .hierarchical, decodes: false),
    Coding(marker: 0xCB, coding: .arithmetic, decodes: false),
    Coding(marker: 0xCF, coding: .arithmetic, decodes: false),
  ])
  func namesTheCoding(_ row: Coding) {
    let facts = measure(JPEGWriter(marker: row.marker, precision: row.precision).bytes, as: .jpeg)
    #expect(facts.image?.coding == row.coding)
    #expect(facts.image?.bitDepth == row.precision)
    #expect(facts.kinds == (row.decodes ? [] : [.undecodable]))
    #expect(facts.evidence == (row.decodes ? [.header, .declaredEnd, .rows] : [.header, .declaredEnd]))
  }

  struct Color: Sendable, CustomTestStringConvertible {
    var components: Int
    var color: ImageFacts.Color?
    var kinds: [Defect.Kind] = []
    var testDescription: String { "\(components) components" }
  }

  @Test(arguments: [
    Color(components: 1, color: .gray), Color(components: 3, color: .rgb), Color(components: 4, color: .cmyk),
    Color(components: 2, color: nil, kinds: [.corrupt]), Color(components: 5, color: nil, kinds: [.corrupt]),
  ])
  func namesTheColor(_ row: Color) {
    for depth in Depth.allCases {
      let facts = measure(JPEGWriter(components: row.components).bytes, as: .jpeg, depth)
      #expect(facts.image?.color == row.color)
      #expect(facts.kinds == row.kinds)
    }
  }

  @Test(arguments: Depth.allCases)
  func measuresAGoodImage(_ depth: Depth) {
    let facts = measure(JPEGWriter(width: 123, height: 45, components: 3).bytes, as: .jpeg, depth)
    #expect(facts.image?.width == 123)
    #expect(facts.image?.height == 45)
    #expect(facts.image?.alpha == false)
    #expect(facts.image?.transparentPixels == false)
    #expect(facts.endDeclared == true)
    #expect(facts.defects.isEmpty)
    #expect(facts.evidence == [.header, .declaredEnd] + (depth == .header ? [] : [.rows]))
  }

  @Test func anEndMarkerInAThumbnailIsNotTheEnd() {
    let thumbnail = JPEGWriter.segment(0xE1, Array("Exif\0\0".utf8) + JPEGWriter().bytes)
    let bytes = Array(JPEGWriter(segments: [thumbnail]).bytes.dropLast(2))
    for depth in Depth.allCases {
      let facts = measure(bytes, as: .jpeg, depth)
      #expect(facts.kinds == [.truncated])
      #expect(!facts.evidence.contains(.declaredEnd))
    }
  }

  /// Its end is there, and what should come before is not: damaged, not cut off.
  @Test func aStubWithAnEndMarkerIsCorrupt() {
    let writer = JPEGWriter(width: 800, height: 800)
    let facts = measure(writer.head + [0, 0, 0] + JPEGWriter.end, as: .jpeg)
    #expect(facts.kinds == [.corrupt])
    #expect(!facts.evidence.contains(.rows))
  }

  @Test func aComponentWithoutScanIsMissing() {
    let whole = JPEGWriter(marker: 0xC2, components: 3)
    #expect(measure(whole.bytes, as: .jpeg).defects.isEmpty)
    // The frame says three components; the only scan holds one.
    let scanOfAll = 2 + 2 + 1 + 2 * 3 + 3
    let scanOfOne = JPEGWriter.segment(0xDA, [1, 1, 0, 0, 0, 0]) + Array(repeating: UInt8(0), count: 8)
    let bytes = Array(whole.head.dropLast(scanOfAll)) + scanOfOne + JPEGWriter.end
    let facts = measure(bytes, as: .jpeg)
    #expect(facts.kinds == [.corrupt])
    #expect(facts.defects.first?.message == "component 2 of the picture is missing")
  }

  @Test func damageIsCountedAndTheFirstWordsKept() {
    var bytes = JPEGWriter(width: 400, height: 400).bytes
    // The bit string 1... has no meaning in these tables.
    for index in [bytes.count - 300, bytes.count - 200] { bytes[index] = 0xF0 }
    let facts = measure(bytes, as: .jpeg)
    #expect(facts.kinds == [.corrupt])
    #expect(facts.defects.first?.message.contains("more warnings") == true)
    #expect(facts.evidence == [.header, .declaredEnd])
  }

  @Test(arguments: Depth.allCases)
  func whatFollowsTheEndIsNamed(_ depth: Depth) {
    let bytes = JPEGWriter().bytes
    let second = measure(bytes + bytes, as: .jpeg, depth)
    #expect(second.kinds == [.trailingData])
    #expect(second.defects.first?.bytes == Int64(bytes.count))
    #expect(second.defects.first?.offset == Int64(bytes.count))
    #expect(second.defects.first?.message.hasSuffix("another JPEG image") == true)
    let motion = bytes + Bytes.big(24, 4) + Array("ftypisom".utf8) + Array(repeating: 1, count: 70_000)
    let video = measure(motion, as: .jpeg, depth)
    #expect(video.kinds == [.trailingData])
    #expect(video.defects.first?.message.contains("MP4") == true)
  }

  @Test func scansAreBounded() {
    var budget = Budget()
    budget.scans = 5
    #expect(measure(JPEGWriter(marker: 0xC2, moreScans: 3).bytes, as: .jpeg, budget: budget).kinds == [])
    let facts = measure(JPEGWriter(marker: 0xC2, moreScans: 2000).bytes, as: .jpeg, budget: budget)
    #expect(facts.kinds == [.limit])
    #expect(facts.image != nil)
  }

  @Test func memoryOfManyScansIsBounded() {
    var budget = Budget()
    budget.wholeImageMemory = 1 << 20
    let bytes = JPEGWriter(marker: 0xC2, width: 4000, height: 900).bytes
    #expect(measure(bytes, as: .jpeg, budget: budget).kinds == [.limit])
    // Rows of a baseline image are dropped as they come.
    #expect(measure(JPEGWriter(width: 4000, height: 900).bytes, as: .jpeg, budget: budget).kinds == [])
  }

  @Test func hugeDimensionsAreJudgedBeforeDecoding() {
    let facts = measure(JPEGWriter(width: 65_500, height: 65_500).head + JPEGWriter.end, as: .jpeg)
    #expect(facts.kinds == [.limit])
    #expect(facts.image?.width == 65_500)
  }

  @Test func endlessSegmentsAreBounded() {
    var budget = Budget()
    budget.chunks = 100
    let comments = Array(repeating: JPEGWriter.segment(0xFE, []), count: 200)
    let facts = measure(JPEGWriter(segments: comments).bytes, as: .jpeg, budget: budget)
    #expect(facts.kinds == [.limit])
  }

  @Test func aHeightOfZeroIsLookedUpBehindTheScan() {
    var writer = JPEGWriter()
    let lines = JPEGWriter.segment(0xDC, Bytes.big(64, 2))
    let scan = writer.bytes.dropFirst(writer.head.count).dropLast(2)
    writer.height = 0
    let stated = measure(writer.head + scan + lines + JPEGWriter.end, as: .jpeg)
    #expect(stated.image?.height == 64)
    #expect(stated.kinds == [.undecodable])
    let missing = measure(writer.head + scan + JPEGWriter.end, as: .jpeg)
    #expect(missing.image == nil)
    #expect(missing.kinds == [.corrupt])
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
  }

  @Test(arguments: [
    Broken(testDescription: "width 0", bytes: JPEGWriter(width: 0).bytes),
    Broken(testDescription: "sampling factor 0", bytes: JPEGWriter(sampling: (0, 1)).bytes),
    Broken(testDescription: "no picture", bytes: [0xFF, 0xD8, 0xFF, 0xD9]),
    Broken(testDescription: "a segment of length 1", bytes: [0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 0xFF, 0xD9]),
  ])
  func whatBreaksTheFormatIsCorrupt(_ row: Broken) {
    for depth in Depth.allCases {
      #expect(measure(row.bytes, as: .jpeg, depth).kinds == [.corrupt])
    }
  }

  @Test func fractionalSubsamplingIsNotDecoded() {
    var bytes = JPEGWriter(components: 3, sampling: (3, 1)).bytes
    let second = bytes.indices.first { bytes[$0] == 2 && bytes[$0 + 1] == 0x11 && bytes[$0 + 2] == 0 }
    if let second { bytes[second + 1] = 0x21 }
    #expect(measure(bytes, as: .jpeg).kinds == [.undecodable])
  }
}
