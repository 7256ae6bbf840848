import MediaFacts
import MediaReading

/// Measures BMP files.
struct BMPProbe {
  private let edges: EdgeReader
  private let chunkSize: Int

  init(_ edges: EdgeReader, chunkSize: Int) {
    self.edges = edges
    self.chunkSize = chunkSize
  }

  func measure(_ depth: Depth, _ facts: inout MediaFacts) throws(ProbeStop) {
    let bytes = try edges.bytes(at: 0, count: BMPHeader.mostBytes)
    guard let header = Self.header(bytes, &facts) else { return }
    facts.image = header.facts
    facts.endDeclared = header.end != nil
    facts.examined(.header)
    let complete = try noteEnd(header, &facts)
    facts.defects += header.unusualForms(length: edges.length).map { Defect(.irregular, $0) }
    if let why = header.undecodable {
      facts.defects.append(Defect(.undecodable, why))
    } else if depth > .header, complete {
      try ImageProbe.judgeSize(header.facts, edges.reader)
      try readRows(header, &facts)
    }
  }

  private static func header(_ bytes: ArraySlice<UInt8>, _ facts: inout MediaFacts) -> BMPHeader? {
    do throws(BMPHeader.Flaw) {
      if let header = try BMPHeader(bytes) { return header }
      facts.defects.append(Defect(.truncated, "the file ends inside the headers", offset: Int64(bytes.count)))
    } catch {
      facts.defects.append(Defect(.corrupt, error.message))
    }
    return nil
  }

  /// Compares the end that the header declares with that of the file; `false` if the file is shorter.
  private func noteEnd(_ header: BMPHeader, _ facts: inout MediaFacts) throws(ProbeStop) -> Bool {
    guard let end = header.end else {
      // For run lengths, only the data itself states where it ends.
      guard try edges.hasByte(at: header.pixelOffset) else {
        try FileEnd.noteTruncation(
          before: header.pixelOffset + 1, "the pixels begin before byte", edges, &facts)
        return false
      }
      return true
    }
    guard end != .max, try edges.hasByte(at: end - 1) else {
      try FileEnd.noteTruncation(before: end, "the header puts its end at byte", edges, &facts)
      return false
    }
    facts.examined(.declaredEnd)
    try FileEnd.noteTrailingData(behind: end, edges, &facts)
    return true
  }

  private func readRows(_ header: BMPHeader, _ facts: inout MediaFacts) throws(ProbeStop) {
    let file = SequentialReader(edges.reader, from: header.pixelOffset, chunkSize: chunkSize)
    switch header.compression {
    case .runLength8, .runLength4:
      var runs = BMPRunLengths(header, file, end: header.end)
      if let defect = try runs.decode() {
        facts.defects.append(defect)
      } else {
        facts.examined(.rows)
        facts.image?.transparentPixels = runs.leavesPixelsOut
        if header.end == nil { try FileEnd.noteTrailingData(behind: file.offset, edges, &facts) }
      }
    default:
      var rows = BMPRows(header, file)
      if let defect = try rows.read() {
        facts.defects.append(defect)
      } else {
        facts.examined(.rows)
        facts.image?.transparentPixels = rows.transparent
        facts.image?.emptyAlpha = rows.emptyAlpha
      }
    }
  }
}
