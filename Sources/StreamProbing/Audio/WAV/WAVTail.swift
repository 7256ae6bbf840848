import MediaFacts
import MediaReading

/// The end of a WAV: differences between its RIFF size, its chunks and the file, and files joined after it.
struct WAVTail {
  /// Sizes in bytes that readers may use as the size of the samples, by name.
  private(set) var otherSizes: [(name: String, size: Int64)] = []
  /// The files that are joined after the first one.
  private(set) var joined: [(layout: WAVLayout, end: Int64)] = []

  /// A RIFF size may be too large by less than the shortest chunk that holds anything, because then no chunk
  /// can be missing.
  private static let toleratedExcess: Int64 = 11
  /// Zeros that fill up the RIFF chunk after its last chunk.
  private static let toleratedFill: Int64 = 4096
  /// More joined files than this are not listed.
  private static let mostParts = 255

  /// Examines the bytes after the chunks that `layout` walked, and adds what is wrong to `defects`.
  init(
    _ reader: MeteredReader, _ layout: inout WAVLayout, _ defects: inout [Defect]
  ) throws(ProbeStop) {
    guard let riffEnd = layout.riffEnd, !defects.contains(where: { $0.kind == .truncated }) else { return }
    guard try reader.reaches(riffEnd) else {
      Self.reportExcess(reader, layout, riffEnd, &defects)
      return
    }
    guard let length = reader.length, !layout.samples.isEmpty else { return }
    if layout.position < riffEnd { try examineRest(reader, layout, riffEnd, &defects) }
    // The walk skips the padding of an odd last chunk, which the RIFF size may exclude.
    if layout.position > riffEnd + 1, layout.samples.allSatisfy({ $0.size != nil }) {
      defects.append(
        Defect(
          .irregular,
          "the RIFF size is \((layout.position - riffEnd).bytesInWords) too small: readers that keep to it lose samples",
          offset: riffEnd, bytes: layout.position - riffEnd))
    }
    let end = max(riffEnd, layout.position)
    guard length > end else { return }
    try examineBehind(reader, &layout, from: end, length: length, &defects)
  }

  private static func reportExcess(
    _ reader: MeteredReader, _ layout: WAVLayout, _ riffEnd: Int64, _ defects: inout [Defect]
  ) {
    let missing = reader.length.map { riffEnd - $0 }
    // The last chunk may lack its padding.
    let isWhole = reader.length.map { (0...1).contains(layout.position - $0) } ?? false
    if let missing, missing <= toleratedExcess, isWhole, !layout.samples.isEmpty {
      defects.append(
        Defect(
          .irregular, "the RIFF size is \(missing.bytesInWords) too large; every chunk is whole", offset: 4,
          bytes: missing))
      return
    }
    defects.append(
      Defect(
        .truncated, "the RIFF header states \(riffEnd - layout.start) bytes, and the file is shorter",
        offset: reader.length, bytes: missing))
  }

  /// Bytes inside the RIFF chunk after its last chunk.
  private mutating func examineRest(
    _ reader: MeteredReader, _ layout: WAVLayout, _ riffEnd: Int64, _ defects: inout [Defect]
  ) throws(ProbeStop) {
    let rest = riffEnd - layout.position
    guard rest > 1 else { return }
    // An odd chunk that its writer did not pad.
    let unpadded = RIFFChunk(try reader.bytes(at: layout.position - 1, count: 8), at: layout.position - 1)
    if let unpadded, unpadded.hasPlausibleName, unpadded.name != "data", unpadded.end <= riffEnd + 1 {
      return
    }
    if rest <= Self.toleratedFill,
      try reader.bytes(at: layout.position, count: Int(rest)).allSatisfy({ $0 == 0 })
    {
      return
    }
    defects.append(
      Defect(
        .irregular, "\(rest.bytesInWords) after the data chunk: not in any chunk", offset: layout.position,
        bytes: rest))
    addSize("to the end of the RIFF chunk", layout, riffEnd)
  }

  /// Bytes after the RIFF chunk: further files, further chunks, or anything.
  private mutating func examineBehind(
    _ reader: MeteredReader, _ layout: inout WAVLayout, from end: Int64, length: Int64,
    _ defects: inout [Defect]
  ) throws(ProbeStop) {
    var end = end
    let known = defects.count
    // A file that is joined after an odd one may follow without padding.
    if let riffEnd = layout.riffEnd, riffEnd < end, try reader.bytes(at: riffEnd, count: 12).isRIFFWave {
      end = riffEnd
    }
    while joined.count < Self.mostParts {
      guard try reader.bytes(at: end, count: 12).isRIFFWave else { break }
      var part = WAVLayout(at: end)
      try part.walk(reader, &defects)
      // The last file may be of unknown size, and then ends with the whole file.
      let stop = min(length, max(part.position, part.riffEnd ?? part.position))
      guard stop > end else { break }
      joined.append((part, stop))
      if let riffEnd = part.riffEnd, riffEnd > length, defects.count == known {
        defects.append(
          Defect(
            .truncated, "the last of \(joined.count + 1) joined WAV files ends before its RIFF size",
            offset: length, bytes: riffEnd - length))
      }
      end = stop
    }
    guard length > end else { return }
    layout.walkOn(from: end)
    try layout.walkOn(reader, &defects)
    defects.append(
      Defect(
        .irregular, "\((length - end).bytesInWords) after the end of the RIFF chunk", offset: end,
        bytes: length - end))
    if layout.position < length { addSize("to the end of the file", layout, length) }
  }

  private mutating func addSize(_ name: String, _ layout: WAVLayout, _ end: Int64) {
    guard let last = layout.samples.last else { return }
    otherSizes.append((name, end - last.start))
  }
}

extension ArraySlice<UInt8> {
  fileprivate var isRIFFWave: Bool { spells("RIFF") && spells("WAVE", at: 8) }
}
