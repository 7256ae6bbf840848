import MediaFacts
import MediaReading

/// The positions of the chunks in a RIFF/WAVE, RF64 or BW64 file.
struct WAVLayout {
  /// The bytes of samples that one `data` chunk holds.
  struct Samples: Sendable, Hashable {
    let start: Int64
    /// Bytes as stated; `nil` if unknown, and then the samples continue to the end of the file.
    let size: Int64?
  }

  /// Where the RIFF chunk begins: 0, or after others that are joined before it.
  let start: Int64
  private(set) var format: WAVFormat?
  /// Samples per channel as the `fact` chunk states them, 0 included; `nil` if they are unknown.
  private(set) var factSamples: Int64?
  /// Samples per channel as `ds64` states them; `nil` if they are unknown.
  private(set) var longSamples: Int64?
  /// Every `data` chunk, in order. Some readers use the first and some the last.
  private(set) var samples: [Samples] = []
  /// Sizes in bytes that other places state for the samples, by name. Some readers use one of them.
  private(set) var otherSizes: [(name: String, size: Int64)] = []
  /// Whether the data chunk states 0 bytes although samples follow it.
  private(set) var statesNoData = false
  /// Where the RIFF chunk ends as stated; `nil` if unknown.
  private(set) var riffEnd: Int64?
  /// A form of RIFF that some readers do not support, as a clause; `nil` for every other form.
  private(set) var rareForm: String?
  /// Where the walk ended.
  private(set) var position: Int64
  private var ds64DataSize: Int64?
  private var chunks = 0

  private static let unknown: Int64 = 0xFFFF_FFFF
  /// The longest `fmt ` and `ds64` bodies that are read.
  private static let longestBody = 64
  /// More `data` chunks than this are not listed.
  private static let mostSamples = 64

  init(at start: Int64 = 0) {
    self.start = start
    position = start + 12
  }

  /// Walks the chunks as far as possible, and adds what is wrong to `defects`.
  mutating func walk(_ reader: MeteredReader, _ defects: inout [Defect]) throws(ProbeStop) {
    let head = try reader.bytes(at: start, count: 12)
    let is64 = !head.spells("RIFF")
    if head.spells("BW64") { rareForm = "the file is BW64, which libsndfile does not recognise" }
    if let size = head.littleEndian(4, 4).map({ Int64($0) }), size != 0, size != Self.unknown {
      riffEnd = (start + 8).saturatingSum(size)
    }
    try forgetPlaceholder(reader)
    while samples.isEmpty || position < riffEnd ?? .max {
      guard let chunk = try next(reader) else { break }
      // The most common cause is an odd chunk before it that its writer did not pad.
      guard chunk.hasPlausibleName else {
        if samples.isEmpty {
          defects.append(Defect(.corrupt, "no chunk begins where one should", offset: position))
        }
        break
      }
      guard try take(chunk, is64, reader, &defects) else { break }
    }
  }

  /// Continues after the RIFF chunk, as readers do that ignore its size, until bytes that are not a chunk or
  /// that begin another file.
  mutating func walkOn(_ reader: MeteredReader, _ defects: inout [Defect]) throws(ProbeStop) {
    while let chunk = try next(reader), chunk.hasPlausibleName, chunk.name != "RIFF",
      try reader.reaches(chunk.end)
    {
      guard try take(chunk, false, reader, &defects) else { return }
    }
  }

  /// Continues the walk at `offset`.
  mutating func walkOn(from offset: Int64) { position = offset }

  private mutating func next(_ reader: MeteredReader) throws(ProbeStop) -> RIFFChunk? {
    try reader.checkTime()
    guard let chunk = RIFFChunk(try reader.bytes(at: position, count: 8), at: position) else { return nil }
    chunks += 1
    guard chunks <= reader.budget.chunks else {
      throw reader.exceeded("the file has more than \(reader.budget.chunks) chunks", at: position)
    }
    return chunk
  }

  private mutating func forgetPlaceholder(_ reader: MeteredReader) throws(ProbeStop) {
    guard let end = riffEnd, try !reader.reaches(end) else { return }
    if PlaceholderSize.isOne(end - start - 8, present: reader.length.map { $0 - start }) { riffEnd = nil }
  }

  /// Records the content of `chunk` and moves after it; returns whether the walk can continue.
  private mutating func take(
    _ chunk: RIFFChunk, _ is64: Bool, _ reader: MeteredReader, _ defects: inout [Defect]
  ) throws(ProbeStop) -> Bool {
    var size: Int64? = chunk.size
    let body = min(Int(clamping: chunk.size), Self.longestBody)
    switch chunk.name {
    case "ds64" where is64:
      let sizes = try reader.bytes(at: chunk.payload, count: min(body, 28))
      // In RF64, the 32-bit RIFF size is only a placeholder.
      riffEnd = sizes.littleEndian(0, 8).map { Int64(clamping: $0).saturatingSum(start + 8) }
      ds64DataSize = sizes.littleEndian(8, 8).map { Int64(clamping: $0) }
      longSamples = sizes.littleEndian(16, 8).flatMap { $0 == 0 || $0 == .max ? nil : Int64(clamping: $0) }
    case "fmt " where format == nil:
      format = WAVFormat(try reader.bytes(at: chunk.payload, count: body))
      if format == nil, try reader.reaches(chunk.end) {
        defects.append(Defect(.corrupt, "the fmt chunk is too short", offset: chunk.offset))
      }
    case "fmt ":
      // Some readers use the first one, some the last one, and libsndfile ignores the second one.
      let same = WAVFormat(try reader.bytes(at: chunk.payload, count: body)) == format
      defects.append(
        same
          ? Defect(
            .irregular, "a second fmt chunk repeats the first one: some readers refuse it",
            offset: chunk.offset)
          : Defect(.corrupt, "a second fmt chunk contradicts the first one", offset: chunk.offset))
    case "fact" where factSamples == nil:
      let count = try reader.bytes(at: chunk.payload, count: 4).littleEndian(0, 4).map { Int64($0) }
      factSamples = count == Self.unknown ? nil : count
    case "data":
      if format == nil, defects.isEmpty {
        defects.append(Defect(.corrupt, "no fmt chunk says what the data chunk holds", offset: chunk.offset))
      }
      size = try statedDataSize(chunk, is64, reader, &defects)
      if samples.count < Self.mostSamples { samples.append(Samples(start: chunk.payload, size: size)) }
    default:
      break
    }
    guard let size else {
      position = reader.length ?? chunk.payload
      return false
    }
    let end = chunk.payload.saturatingSum(size)
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

  /// The bytes of samples; `nil` if the size is a placeholder of a writer that cannot know it.
  private mutating func statedDataSize(
    _ chunk: RIFFChunk, _ is64: Bool, _ reader: MeteredReader, _ defects: inout [Defect]
  ) throws(ProbeStop) -> Int64? {
    var size = chunk.size
    if is64, let long = ds64DataSize {
      if chunk.size != Self.unknown, size != long { otherSizes.append(("data chunk of 32 bits", size)) }
      size = long
    } else if chunk.size == Self.unknown {
      return nil
    }
    let present = reader.length.map { max(0, $0 - chunk.payload) }
    if try !reader.reaches(chunk.payload.saturatingSum(size)) {
      if !is64, PlaceholderSize.isOne(size, present: present) { return nil }
      // A RIFF chunk that ends with the file shows that nothing is missing.
      guard let riffEnd, let present, riffEnd > chunk.payload, riffEnd - chunk.payload - present == 0 else {
        return size
      }
      defects.append(
        Defect(
          .irregular,
          "the data chunk states \(size) bytes, and \(present) are left up to the end of its RIFF chunk",
          offset: chunk.offset, bytes: size - present))
      otherSizes.append(("data chunk", size))
      return present
    }
    guard size == 0, !is64 else { return size }
    // A size of 0 is correct only if the rest of the file agrees.
    guard let riffEnd else { return nil }
    if riffEnd <= chunk.payload { return try reader.bytes(at: chunk.payload, count: 1).isEmpty ? 0 : nil }
    let next = RIFFChunk(try reader.bytes(at: chunk.payload, count: 8), at: chunk.payload)
    guard let next, next.hasPlausibleName, next.end <= riffEnd.saturatingSum(1) else {
      statesNoData = true
      return nil
    }
    return 0
  }
}

extension String {
  /// The code without the spaces that pad it to four characters.
  fileprivate var trimmed: Substring { prefix { $0 != " " } }
}

/// Placeholder sizes that a WAV writer uses when it cannot know the size, because it writes to a pipe or a
/// socket.
///
/// A size is a placeholder only if the file ends before it. It must also be one of these, or the upload is
/// truncated:
/// - the largest numbers of 31 and 32 bits, and up to 4 KiB below them (`7fffffff`, sox's `7ffff000`,
///   `7fffffd3`);
/// - any size of at least 1 GB (10^9 bytes) in a file that has less than a tenth of it. Users do not send
///   such long recordings where 30 s are allowed, and streaming services write round numbers such as
///   2000000000.
///
/// If the size is smaller, or the file has at least a tenth of it, the file is truncated.
enum PlaceholderSize {
  private static let least: Int64 = 1_000_000_000
  private static let tops: [Int64] = [1 << 31, 1 << 32]
  private static let below: Int64 = 4096

  /// Whether `size` means "unknown". The file has only `present` bytes of it (`nil` if that is not known).
  static func isOne(_ size: Int64, present: Int64?) -> Bool {
    if tops.contains(where: { (($0 - below)...$0).contains(size) }) { return true }
    return size >= least && (present ?? 0) < size / 10
  }
}
