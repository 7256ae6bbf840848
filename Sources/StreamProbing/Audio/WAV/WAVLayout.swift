import MediaFacts
import MediaReading

/// Where the chunks of a RIFF/WAVE, RF64 or BW64 file lie.
struct WAVLayout {
  private(set) var format: WAVFormat?
  /// Samples per channel as the `fact` chunk states them.
  private(set) var factSamples: Int64?
  /// Where the samples begin.
  private(set) var dataStart: Int64?
  /// Bytes of samples as stated; `nil` if unknown, so that they run to the end of the file.
  private(set) var dataSize: Int64?
  /// Whether the data chunk states no bytes, though the file goes on with what can only be samples.
  private(set) var statesNoData = false
  /// Where the RIFF chunk ends as stated; `nil` if unknown.
  private(set) var riffEnd: Int64?
  /// Where the walk ended.
  private(set) var position: Int64 = 12
  private var ds64DataSize: Int64?

  private static let unknown: UInt64 = 0xFFFF_FFFF
  /// The longest `fmt ` and `ds64` bodies that are looked at.
  private static let longestBody = 64

  /// Walks the chunks as far as they go; what is wrong is added to `defects`.
  mutating func walk(_ reader: MeteredReader, _ defects: inout [Defect]) throws(ProbeStop) {
    let head = try reader.bytes(at: 0, count: 12)
    let is64 = !head.spells("RIFF")
    if let size = head.littleEndian(4, 4), size != 0, size != Self.unknown {
      riffEnd = Int64(clamping: size) + 8
    }
    var chunks = 0
    while dataStart == nil || position < riffEnd ?? .max {
      try reader.checkTime()
      guard let chunk = RIFFChunk(try reader.bytes(at: position, count: 8), at: position) else { break }
      chunks += 1
      guard chunks <= reader.budget.chunks else {
        throw reader.exceeded("the file has more than \(reader.budget.chunks) chunks", at: position)
      }
      // Most often this is what follows an odd chunk that its writer did not pad.
      guard chunk.hasPlausibleName else {
        if dataStart == nil {
          defects.append(Defect(.corrupt, "no chunk begins where one should", offset: position))
        }
        break
      }
      guard try take(chunk, is64, reader, &defects) else { break }
    }
    if let riffEnd, !defects.contains(where: { $0.kind == .truncated }), try !reader.reaches(riffEnd) {
      defects.append(
        Defect(
          .truncated, "the RIFF header states \(riffEnd) bytes, and the file is shorter",
          offset: reader.length, bytes: reader.length.map { riffEnd - $0 }))
    }
  }

  /// Notes what `chunk` says and moves behind it; returns whether the walk can go on.
  private mutating func take(
    _ chunk: RIFFChunk, _ is64: Bool, _ reader: MeteredReader, _ defects: inout [Defect]
  ) throws(ProbeStop) -> Bool {
    var size: Int64? = Int64(clamping: chunk.size)
    let body = min(Int(clamping: chunk.size), Self.longestBody)
    switch chunk.name {
    case "ds64" where is64:
      let sizes = try reader.bytes(at: chunk.body, count: min(body, 28))
      // In RF64 the RIFF size of 32 bits is only a mark.
      riffEnd = sizes.littleEndian(0, 8).map { Int64(clamping: $0).saturatingSum(8) }
      ds64DataSize = sizes.littleEndian(8, 8).map { Int64(clamping: $0) }
    case "fmt " where format == nil:
      format = WAVFormat(try reader.bytes(at: chunk.body, count: body))
      if format == nil, try reader.reaches(chunk.end) {
        defects.append(Defect(.corrupt, "the fmt chunk is too short", offset: chunk.offset))
      }
    case "fmt ":
      // Some readers go by the first one, some by the last one.
      guard WAVFormat(try reader.bytes(at: chunk.body, count: body)) != format else { break }
      defects.append(Defect(.corrupt, "a second fmt chunk contradicts the first one", offset: chunk.offset))
    case "fact" where factSamples == nil:
      let count = try reader.bytes(at: chunk.body, count: 4).littleEndian(0, 4) ?? 0
      factSamples = count == 0 || count == Self.unknown ? nil : Int64(clamping: count)
    case "data" where dataStart == nil:
      dataStart = chunk.body
      if format == nil, defects.isEmpty {
        defects.append(Defect(.corrupt, "no fmt chunk says what the data chunk holds", offset: chunk.offset))
      }
      size = try statedDataSize(chunk, is64, reader)
      dataSize = size
    default:
      break
    }
    guard let size else {
      position = reader.length ?? chunk.body
      return false
    }
    let end = chunk.body.saturatingSum(size)
    guard try reader.reaches(end) else {
      defects.append(
        Defect(
          .truncated, "the \(chunk.name.trimmed) chunk states \(size) bytes, and the file ends before",
          offset: reader.length, bytes: reader.length.map { end - $0 }))
      position = end
      return false
    }
    position = end.saturatingSum(size & 1)
    return true
  }

  /// The bytes of samples; `nil` if the size is one that a writer leaves which cannot know it.
  private mutating func statedDataSize(
    _ chunk: RIFFChunk, _ is64: Bool, _ reader: MeteredReader
  ) throws(ProbeStop) -> Int64? {
    if chunk.size == Self.unknown { return is64 ? ds64DataSize : nil }
    guard chunk.size == 0 else { return Int64(clamping: chunk.size) }
    // A size of 0 is a true one only if the rest of the file agrees.
    guard let riffEnd else { return nil }
    if riffEnd <= chunk.body { return try reader.bytes(at: chunk.body, count: 1).isEmpty ? 0 : nil }
    let next = RIFFChunk(try reader.bytes(at: chunk.body, count: 8), at: chunk.body)
    guard let next, next.hasPlausibleName, next.end <= riffEnd.saturatingSum(1) else {
      statesNoData = true
      return nil
    }
    return 0
  }
}

/// The name and size of one RIFF chunk.
struct RIFFChunk: Sendable, Hashable {
  let name: String
  /// Bytes of the body as stated.
  let size: UInt64
  let offset: Int64

  /// The chunk whose eight bytes of header `bytes` are.
  init?(_ bytes: ArraySlice<UInt8>, at offset: Int64) {
    guard let name = bytes.fourCC(0), let size = bytes.littleEndian(4, 4) else { return nil }
    self.name = name
    self.size = size
    self.offset = offset
  }

  var body: Int64 { offset + 8 }
  var end: Int64 { body.saturatingSum(Int64(clamping: size)) }

  /// Whether the name is of letters, digits and the like, as all names in use are.
  var hasPlausibleName: Bool { !name.contains("?") && name != "    " }
}

extension String {
  /// Without the spaces that fill a code up to four characters.
  fileprivate var trimmed: Substring { prefix { $0 != " " } }
}
