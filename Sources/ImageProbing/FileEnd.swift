import MediaFacts
import MediaReading

/// Checks the bytes after the end that an image declares.
enum FileEnd {
  /// Records the bytes after `end`, if there are any, and names them if their beginning is known.
  static func noteTrailingData(
    behind end: Int64, _ edges: EdgeReader, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    let start = try edges.bytes(at: end, count: 16)
    guard !start.isEmpty else { return }
    let total = try length(edges, atLeast: end + Int64(start.count))
    let count = total - end
    facts.defects.append(
      Defect(
        .trailingData, "\(count) bytes follow the end of the image\(name(start).map { ": \($0)" } ?? "")",
        offset: end, bytes: count))
  }

  /// Records that the file is shorter than the `end` that it declares.
  static func noteTruncation(
    before end: Int64, _ what: String, _ edges: EdgeReader, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    let total = try length(edges, atLeast: 0)
    facts.defects.append(
      Defect(
        .truncated, "\(what) \(end), but the file ends at byte \(total)", offset: total,
        bytes: max(1, end - total)))
  }

  /// The length in bytes, measured if the source does not know it.
  static func length(_ edges: EdgeReader, atLeast start: Int64) throws(ProbeStop) -> Int64 {
    if let length = edges.length { return length }
    let rest = SequentialReader(edges.reader, from: start, chunkSize: ImageProbe.chunkSize)
    while try rest.next(Int.max, { piece in !piece.isEmpty }) {}
    return rest.offset
  }

  private static func name(_ start: ArraySlice<UInt8>) -> String? {
    if start.starts(with: [0xFF, 0xD8, 0xFF]) { return "another JPEG image" }
    if start.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return "a PNG image" }
    if start.spells("ftyp", at: 4) { return "an MP4 video, as in a motion photo" }
    if start.spells("PK\u{3}\u{4}") { return "a ZIP archive" }
    if start.spells("RIFF") { return "a RIFF file" }
    if start.allSatisfy({ $0 == 0 }) { return "zeros" }
    return nil
  }
}
