import MediaFacts
import Testing

@testable import MediaReading

/// Bytes where a box is expected, and what is read there.
struct BoxCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var bytes: [UInt8]
  /// The type, or the type and the size that is impossible; `nil` where there are too few bytes.
  var type: String?
  var payload: Range<Int64>?

  init(_ name: String, _ bytes: [UInt8], _ type: String?, _ payload: Range<Int64>? = nil) {
    (testDescription, self.bytes, self.type, self.payload) = (name, bytes, type, payload)
  }
}

@Suite struct BoxReaderTests {
  private static let type = Array("moov".utf8)

  static let cases = [
    BoxCase("32 bits of size", [0, 0, 0, 12] + type + [1, 2, 3, 4], "moov", 8..<12),
    BoxCase(
      "64 bits of size", [0, 0, 0, 1] + type + [0, 0, 0, 0, 0, 0, 0, 20, 1, 2, 3, 4], "moov", 16..<20),
    BoxCase("up to the end", [0, 0, 0, 0] + type + [1, 2, 3], "moov", 8..<11),
    BoxCase("beyond the end", [0, 0, 1, 0] + type, "moov", 8..<256),
    BoxCase("a type that does not print", [0, 0, 0, 8, 0x6D, 0, 0xFF, 0x20], "m?? ", 8..<8),
    BoxCase("less than its header", [0, 0, 0, 7] + type, "moov"),
    BoxCase("less than its long header", [0, 0, 0, 1] + type + [0, 0, 0, 0, 0, 0, 0, 15], "moov"),
    BoxCase(
      "more than any file", [0, 0, 0, 1] + type + [0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "moov"),
    BoxCase("64 bits that do not fit", [0, 0, 0, 1] + type + [UInt8](repeating: 0xFF, count: 8), "moov"),
    BoxCase("a long header that is cut", [0, 0, 0, 1] + type + [0, 0, 0], nil),
    BoxCase("a header that is cut", [0, 0, 0, 8] + type.prefix(3), nil),
    BoxCase("nothing", [], nil),
  ]

  @Test(arguments: cases)
  func reads(_ example: BoxCase) throws {
    var boxes = BoxReader(MeteredReader(AudioBytes(example.bytes), budget: Budget()))
    switch try boxes.box(at: 0, end: Int64(example.bytes.count)) {
    case .box(let box):
      #expect(box == Box(type: example.type ?? "", offset: 0, payload: example.payload ?? 0..<0))
    case .impossible(let type, _):
      #expect(type == example.type)
      #expect(example.payload == nil)
    case .tooShort:
      #expect(example.type == nil)
    }
  }

  @Test func boxesCountAgainstTheBudget() throws {
    var budget = Budget()
    budget.boxes = 2
    var boxes = BoxReader(MeteredReader(AudioBytes([0, 0, 0, 8] + Self.type), budget: budget))
    for _ in 0..<2 { _ = try boxes.box(at: 0, end: 8) }
    #expect(throws: ProbeStop.self) { try boxes.box(at: 0, end: 8) }
  }
}

/// A chunk of RIFF at some offset.
@Suite struct RIFFChunkTests {
  @Test func paddingIsNotPayload() throws {
    let chunk = try #require(RIFFChunk(Array("data".utf8) + [5, 0, 0, 0], at: 100))
    #expect((chunk.name, chunk.size) == ("data", 5))
    #expect((chunk.payload, chunk.end, chunk.next, chunk.paddedSize) == (108, 113, 114, 14))
  }

  @Test func headNeedsEightBytes() {
    #expect(RIFFChunk(Array("data".utf8) + [5, 0, 0], at: 0) == nil)
  }

  @Test func endOfAHugeChunkIsBeyondAnyFile() throws {
    let chunk = try #require(
      RIFFChunk(Array("data".utf8) + [0xFF, 0xFF, 0xFF, 0xFF], at: .max - 8))
    #expect((chunk.end, chunk.next) == (.max, .max))
  }
}
