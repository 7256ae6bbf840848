import CMediaShims
import MediaFacts
import MediaReading

/// EXIF in a text chunk of a PNG, in hexadecimal. ImageMagick and others wrote it before the eXIf chunk
/// existed.
enum PNGTextProfile {
  static let chunks = [PNGChunk.text, PNGChunk.compressedText, PNGChunk.internationalText]

  private static let keywords = ["Raw profile type exif", "Raw profile type APP1"].map { Array($0.utf8) }
  /// The orientation is among the first entries, so no more than this is read or inflated.
  private static let most = 64 << 10

  /// The orientation in the EXIF profile of a text chunk; `nil` if the chunk holds something else.
  static func orientation(_ chunk: PNGChunk, _ edges: EdgeReader) throws(ProbeStop) -> Int? {
    let head = try edges.bytes(at: chunk.payload, count: min(chunk.length, 24))
    guard let keyword = keywords.first(where: { head.starts(with: $0 + [0]) }) else { return nil }
    let payload = try edges.bytes(at: chunk.payload, count: min(chunk.length, most))
    guard let text = text(payload.dropFirst(keyword.count + 1), of: chunk.type) else { return nil }
    return EXIFOrientation.find(in: bytes(inHexadecimal: text))
  }

  /// The text after the keyword and the zero that ends it.
  private static func text(_ rest: ArraySlice<UInt8>, of type: UInt32) -> ArraySlice<UInt8>? {
    switch type {
    case PNGChunk.text: return rest
    case PNGChunk.compressedText: return rest.first == 0 ? inflated(rest.dropFirst()) : nil
    default:
      guard let isCompressed = rest.first else { return nil }
      var rest = rest.dropFirst(2)
      // Skips a language and a translated keyword.
      for _ in 0..<2 {
        guard let end = rest.firstIndex(of: 0) else { return nil }
        rest = rest[(end + 1)...]
      }
      return isCompressed == 1 ? inflated(rest) : rest
    }
  }

  private static func inflated(_ data: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let text = [UInt8](unsafeUninitializedCapacity: 2 * most) { output, count in
      count = data.withUnsafeBufferPointer { input in
        output.baseAddress.map { wan_inflate(input.baseAddress, input.count, $0, output.count) } ?? 0
      }
    }
    return text[...]
  }

  /// The bytes of a profile: a line with its name, a line with its length, lines of digits.
  private static func bytes(inHexadecimal text: ArraySlice<UInt8>) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    let lines = text.drop { $0 == newline }.split(
      separator: newline, maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count == 3 else { return [] }
    var bytes: [UInt8] = []
    var high: UInt8?
    for letter in lines[2] {
      guard let digit = digit(letter) else { continue }
      if let first = high {
        bytes.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return bytes
  }

  private static func digit(_ letter: UInt8) -> UInt8? {
    switch letter {
    case 0x30...0x39: letter - 0x30
    case 0x41...0x46: letter - 0x37
    case 0x61...0x66: letter - 0x57
    default: nil
    }
  }
}
