import CMediaShims
import MediaFacts

/// Checks the chunks of a PNG that do not describe its pixels, each separately, as libpng does.
///
/// A separate decoder for each chunk keeps libpng's memory small. It also ignores libpng's warnings about
/// chunks that contradict each other, for which no usual reader refuses the file.
enum PNGAncillary {
  /// The longest chunk that is read, and the maximum inflated size of one. This is Pillow's own limit.
  static let longest = 1 << 20
  /// libpng refuses longer chunks, unless a program raises that limit.
  static let longestOfLibpng = 8_000_000

  private static let known = Set(
    [
      "bKGD", "cHRM", "cICP", "eXIf", "gAMA", "hIST", "iCCP", "iTXt", "oFFs", "pCAL", "pHYs", "sBIT", "sCAL",
      "sPLT",
      "sRGB",
      "tEXt", "tIME", "tRNS", "zTXt",
    ].map(PNGChunk.type(named:)))
  private static let codingPoints = PNGChunk.type(named: "cICP")
  private static let resolution = PNGChunk.type(named: "pHYs")
  private static let compressed = Set(["iCCP", "iTXt", "zTXt"].map(PNGChunk.type(named:)))

  /// Whether the payload of `chunk` must be kept.
  static func looks(at chunk: PNGChunk) -> Bool {
    known.contains(chunk.type) && chunk.length <= longest
  }

  /// What is wrong with a chunk, and who refuses it. It is damage only if libpng refuses it. `payload` is
  /// empty if it was not read.
  static func defect(
    in chunk: PNGChunk, _ payload: [UInt8], _ header: PNGHeader, palette: [UInt8], afterData: Bool
  ) -> Defect? {
    if chunk.length > longestOfLibpng, !chunk.isData {
      return irregular(
        chunk, "\(chunk.name) has \(chunk.length) bytes: libpng refuses chunks of more than 8 MB by default")
    }
    if chunk.length > longest, compressed.contains(chunk.type) { return tooLarge(chunk) }
    if chunk.type == resolution, afterData {
      return irregular(chunk, "pHYs follows the picture data: ffmpeg refuses it")
    }
    if chunk.type == codingPoints {
      let isRGB = payload.count != 4 || payload[2] == 0
      return isRGB ? nil : irregular(chunk, "cICP states a matrix, which PNG cannot have: browsers refuse it")
    }
    // The palette of a palette image is checked with its pixels.
    if chunk.type == PNGChunk.palette, header.colorType == .palette { return nil }
    if inflatesTooFar(chunk, payload) { return tooLarge(chunk) }
    guard looks(at: chunk) || chunk.type == PNGChunk.palette, let decoder = PNGDecoder.open() else {
      return nil
    }
    decoder.feed(header.stream(width: 1, height: 1))
    if header.colorType == .palette { decoder.feed(palette) }
    decoder.feed(PNGChunk.head(chunk.type, payload.count))
    decoder.feed(payload)
    let status = decoder.feed([0, 0, 0, 0])
    let message = decoder.message
    guard decoder.warnings > 0 || status != .more, !isOpinion(message) else { return nil }
    if message.contains("memory") || message.contains("too large") || message.contains("limit") {
      return tooLarge(chunk)
    }
    if status == .corrupt {
      return Defect(.corrupt, "libpng refuses a chunk: \(message)", offset: chunk.offset)
    }
    if message.contains("truncated"), compressed.contains(chunk.type) {
      return irregular(chunk, "\(chunk.name) is cut, or inflates to more than 1 MB: Pillow refuses it")
    }
    let refusing = refusers[chunk.name].map { "; \($0) such files" } ?? ""
    return irregular(chunk, "libpng warns of a chunk: \(message)\(refusing)")
  }

  private static func irregular(_ chunk: PNGChunk, _ message: String) -> Defect {
    Defect(.irregular, message, offset: chunk.offset)
  }

  /// Whether the profile or text, after its name and its compression method, inflates beyond the limit.
  private static func inflatesTooFar(_ chunk: PNGChunk, _ payload: [UInt8]) -> Bool {
    guard chunk.type == PNGChunk.compressedText || chunk.name == "iCCP",
      // Inflated data is at most 1032 times the compressed size.
      payload.count > longest / 1032, let nameEnd = payload.firstIndex(of: 0)
    else { return false }
    let data = payload.dropFirst(nameEnd + 2)
    let output = [UInt8](unsafeUninitializedCapacity: longest + 1) { output, count in
      count = data.withUnsafeBufferPointer { input in
        output.baseAddress.map { wan_inflate(input.baseAddress, input.count, $0, output.count) } ?? 0
      }
    }
    return output.count > longest
  }

  private static func tooLarge(_ chunk: PNGChunk) -> Defect {
    irregular(chunk, "\(chunk.name) inflates to more than 1 MB: Pillow refuses it")
  }

  /// Messages of libpng about the contents of colour profiles, mostly about a wrong one that old programs
  /// embed.
  private static func isOpinion(_ message: String) -> Bool {
    message.contains("known incorrect sRGB profile") || message.contains("profile '")
  }

  /// Which programs refuse a file for a flaw of such a chunk.
  private static let refusers = [
    "cHRM": "Pillow refuses", "gAMA": "Pillow refuses", "iCCP": "Pillow or ffmpeg refuse",
    "pHYs": "Pillow refuses", "sRGB": "Pillow refuses", "tRNS": "Pillow refuses", "zTXt": "Pillow refuses",
  ]
}
