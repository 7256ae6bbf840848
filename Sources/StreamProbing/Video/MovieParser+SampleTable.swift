import MediaFacts
import MediaReading

extension MovieParser {
  /// Codes of sample entries that stand for encrypted samples.
  private static let encryptedEntries: Set<String> = ["encv", "enca", "drmi", "drms"]

  mutating func dataReferences(_ box: Box) throws(ProbeStop) {
    let count = try reader.payload(box, 8).bigEndian(4, 4) ?? 0
    var offset = box.payload.lowerBound + 8
    var number: UInt64 = 0
    while number < count, case .box(let entry) = try nextBox(at: offset, end: box.end), entry.end <= box.end {
      number += 1
      offset = entry.end
      let head = try reader.payload(entry, 5)
      // Bit 0 of the flags: the media are in this file. Some writers leave it out and name no other file either.
      guard let flags = head.bigEndian(0, 4), flags & 1 == 0, head.count > 4, head.last != 0 else { continue }
      let external = number
      track { $0.externalReferences.insert(external) }
    }
  }

  mutating func sampleDescriptions(_ box: Box) throws(ProbeStop) {
    let count = try reader.payload(box, 8).bigEndian(4, 4) ?? 0
    var offset = box.payload.lowerBound + 8
    var number: UInt64 = 0
    while number < count {
      guard case .box(let entry) = try nextBox(at: offset, end: box.end), entry.end <= box.end else {
        corrupt("box 'stsd' is too short for its \(count) entries", at: box.offset)
        return
      }
      number += 1
      offset = entry.end
      let head = try reader.payload(entry, 28)
      guard let reference = head.bigEndian(6, 2) else {
        corrupt("sample entry '\(entry.type)' is too short", at: entry.offset)
        return
      }
      let width = head.bigEndian(24, 2) ?? 0
      let height = head.bigEndian(26, 2) ?? 0
      track {
        $0.usedReferences.insert(reference)
        if Self.encryptedEntries.contains(entry.type) { $0.encrypted = true }
        guard $0.entries.count < Self.mostEntries else { return }
        $0.entries.append(
          SampleEntry(type: entry.type, size: FrameSize(width: Int(width), height: Int(height))))
      }
      guard movie.tracks.last?.handler == .video else { continue }
      if width == 0 || height == 0, number > 1 || width != height {
        irregular(
          "sample entry \(number) states the size \(width)x\(height), which some readers refuse",
          at: entry.offset)
      }
      try pictureShape(of: entry, width, height)
    }
  }

  /// Sample entries that are kept; writers have few, and each is a reading.
  private static let mostEntries = 32
  /// Where the boxes of a video's sample entry begin, from its payload on.
  private static let visualEntryHeader: Int64 = 78

  /// FFmpeg keeps pixel aspect ratios in 15 bits, and one of more than 31 is negative there, so that filters fail.
  private static let largestAspect: Int64 = 32767

  /// Boxes in a sample entry that change the shape of frames, and that some readers refuse.
  private mutating func pictureShape(of entry: Box, _ width: UInt64, _ height: UInt64) throws(ProbeStop) {
    var offset = entry.payload.lowerBound + Self.visualEntryHeader
    while case .box(let box) = try nextBox(at: offset, end: entry.end), box.end <= entry.end {
      offset = box.end
      let bytes = try reader.payload(box, 32)
      switch box.type {
      case "pasp":
        guard let wide = bytes.bigEndian(0, 4), let high = bytes.bigEndian(4, 4),
          let ratio = Rational(Int64(wide), over: Int64(high)),
          max(ratio.numerator, ratio.denominator) > Self.largestAspect
        else { continue }
        irregular(
          "the pixel aspect ratio \(wide):\(high) overflows in some readers, and others fail on it",
          at: box.offset)
      case "clap" where !Self.isClean(bytes, width, height):
        irregular(
          "the clean aperture (box 'clap') does not fit the frame, and some readers refuse the file",
          at: box.offset)
      default:
        break
      }
    }
  }

  /// Whether a clean aperture is inside the frame: width, height, and the offset of its centre, each a fraction.
  private static func isClean(_ bytes: ArraySlice<UInt8>, _ width: UInt64, _ height: UInt64) -> Bool {
    let words = (0..<8).compactMap {
      bytes.bigEndian(4 * $0, 4).map { Double(Int32(truncatingIfNeeded: $0)) }
    }
    guard words.count == 8, stride(from: 1, to: 8, by: 2).allSatisfy({ words[$0] > 0 }) else { return false }
    let sides = [
      (words[0] / words[1], words[4] / words[5], Double(width)),
      (words[2] / words[3], words[6] / words[7], Double(height)),
    ]
    return sides.allSatisfy { side, offset, whole in side > 0 && side / 2 + abs(offset) <= whole / 2 + 0.5 }
  }

  /// A second table of one kind is corrupt: demuxers disagree about which one counts.
  mutating func sampleTable(_ box: Box) throws(ProbeStop) {
    guard isFirst(box.type) else {
      corrupt("there is a second '\(box.type)' box in one track", at: box.offset)
      return
    }
    let head = try reader.payload(box, 12)
    guard box.type != "stsz", box.type != "stz2" else {
      sampleSizes(box, head)
      return
    }
    let stride =
      switch box.type {
      case "stts", "ctts", "co64": 8
      case "stsc": 12
      default: 4
      }
    guard let count = head.bigEndian(4, 4), let table = BoxTable(box, skip: 8, count: count, stride: stride)
    else {
      tooSmall(box)
      return
    }
    track {
      switch box.type {
      case "stts": $0.table.durations = table
      case "ctts": $0.table.presentationOffsets = table
      case "stsc": $0.table.runs = table
      default: $0.table.chunks = table
      }
    }
  }

  private func isFirst(_ type: String) -> Bool {
    guard let table = movie.tracks.last?.table else { return true }
    return switch type {
    case "stts": table.durations == nil
    case "ctts": table.presentationOffsets == nil
    case "stsc": table.runs == nil
    case "stco", "co64": table.chunks == nil
    default: table.sizes == nil
    }
  }

  private mutating func sampleSizes(_ box: Box, _ head: ArraySlice<UInt8>) {
    guard let field = head.bigEndian(4, 4), let count = head.bigEndian(8, 4) else {
      tooSmall(box)
      return
    }
    let sizes: SampleTable.Sizes?
    switch (box.type, field) {
    case ("stsz", 0):
      sizes = BoxTable(box, skip: 12, count: count, stride: 4).map { .table($0) }
    case ("stsz", _):
      sizes = .constant(size: field, count: count)
    case (_, 4):
      sizes = BoxTable(box, skip: 12, count: count / 2 + count % 2, stride: 1).map {
        .nibbles($0, count: count)
      }
    case (_, 8), (_, 16):
      sizes = BoxTable(box, skip: 12, count: count, stride: Int(field / 8)).map { .table($0) }
    default:
      corrupt("box 'stz2' has sizes of \(field) bits", at: box.offset)
      return
    }
    guard let sizes else {
      tooSmall(box)
      return
    }
    track { $0.table.sizes = sizes }
  }

  private mutating func tooSmall(_ box: Box) {
    corrupt("box '\(box.type)' is too short for its entries", at: box.offset)
  }
}
