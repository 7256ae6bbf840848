import CMediaShims
import MediaFacts
import MediaReading

/// Measures JPEG files.
struct JPEGProbe {
  private let edges: EdgeReader
  private let chunkSize: Int
  private let segments: JPEGSegments

  /// If libjpeg gets 512 bytes for each block in advance, it decodes faster but ignores invalid codes. In
  /// small files, which cost little time, it gets fewer bytes at a time.
  private static let carefulBytes: Int64 = 32 << 10
  private static let carefulPiece = 500

  init(_ edges: EdgeReader, chunkSize: Int) {
    self.edges = edges
    self.chunkSize = chunkSize
    segments = JPEGSegments(edges: edges)
  }

  func measure(_ depth: Depth, _ facts: inout MediaFacts) throws(ProbeStop) {
    facts.endDeclared = true
    guard var header = try segments.header(&facts) else { return }
    if header.height == 0 {
      try readHeight(&header, &facts)
      guard facts.image != nil else { return }
    }
    facts.examined(.header)
    if let why = header.undecodable {
      facts.defects.append(Defect(.undecodable, why))
      try findEnd(header, &facts)
    } else if depth == .header {
      try findEnd(header, &facts)
    } else if let image = facts.image {
      try ImageProbe.judgeSize(image, edges.reader)
      if header.hasManyScans {
        try edges.reader.holding(image) { () throws(ProbeStop) in try decode(&facts) }
      } else {
        try decode(&facts)
      }
    }
  }

  /// A height of 0 means that a DNL marker after the first scan states it.
  private func readHeight(_ header: inout JPEGHeader, _ facts: inout MediaFacts) throws(ProbeStop) {
    let offset = try segments.find(JPEGSegments.Marker.numberOfLines, in: header, onlyNext: true)
    guard let offset, let lines = try edges.bytes(at: offset, count: 6).bigEndian(4, 2), lines > 0 else {
      facts.defects.append(Defect(.corrupt, "the height is 0, and no DNL marker states it"))
      return
    }
    var known = header
    known.height = Int(lines)
    facts.image = known.facts(header.orientation)
  }

  /// Searches for the end marker in the tail of the file. If it is not there, searches after the first scan.
  private func findEnd(_ header: JPEGHeader, _ facts: inout MediaFacts) throws(ProbeStop) {
    var end: Int64?
    if let start = edges.tailOffset.map({ max($0, header.scanOffset) }) {
      let tail = try edges.bytes(at: start, count: EdgeReader.edge)
      end = JPEGSegments.endOfImage(in: tail, of: header.marker).map { start + Int64($0 - tail.startIndex) }
    }
    if end == nil {
      end = try segments.find(JPEGSegments.Marker.endOfImage, in: header)
    }
    guard let end else {
      facts.defects.append(
        Defect(.truncated, "the file ends before the end-of-image marker", offset: edges.length, bytes: 2))
      return
    }
    facts.examined(.declaredEnd)
    try FileEnd.noteTrailingData(behind: end + 2, edges, &facts)
  }

  private func decode(_ facts: inout MediaFacts) throws(ProbeStop) {
    let budget = edges.reader.budget
    guard let decoder = JPEGDecoder.open(memory: budget.wholeImageMemory, scans: budget.scans) else {
      throw edges.reader.exceeded("there was no memory for a JPEG decoder")
    }
    let file = SequentialReader(edges.reader, from: 0, chunkSize: chunkSize)
    var status = DecoderStatus.more
    while status == .more || status == .paused {
      if status == .paused {
        try edges.reader.checkTime()
        status = decoder.feed(UnsafeRawBufferPointer(start: nil, count: 0))
        continue
      }
      let most = file.offset < Self.carefulBytes ? Self.carefulPiece : .max
      let next = try file.next(most) { $0.isEmpty ? nil : decoder.feed($0) }
      guard let next else {
        noteDamage(decoder, .truncated, &facts)
        facts.defects.append(
          Defect(.truncated, "the file ends before the end-of-image marker", offset: file.offset, bytes: 2))
        return
      }
      status = next
    }
    switch status {
    case .limit: throw edges.reader.exceeded("JPEG decoding: \(decoder.message)", at: decoder.consumed)
    case .unsupported: facts.defects.append(Defect(.undecodable, decoder.message))
    case .corrupt: facts.defects.append(Defect(.corrupt, decoder.message, offset: decoder.consumed))
    case .more, .paused, .done: try finish(decoder, &facts)
    }
  }

  private func finish(_ decoder: borrowing JPEGDecoder, _ facts: inout MediaFacts) throws(ProbeStop) {
    facts.examined(.declaredEnd)
    // The end marker exists, so data missing before it was damaged, not truncated.
    noteDamage(decoder, .corrupt, &facts)
    if let component = decoder.missingComponent {
      facts.defects.append(
        Defect(.corrupt, "component \(component) of the picture is missing", offset: decoder.consumed))
    } else if let component = decoder.unrefinedComponent {
      facts.defects.append(
        Defect(
          .corrupt, "the scans that refine component \(component) of the picture are missing",
          offset: decoder.consumed))
    }
    try JPEGStrays(edges).judge(decoder, &facts)
    noteOddities(decoder.oddities, &facts)
    if facts.defects.allSatisfy({ $0.kind == .irregular }) { facts.examined(.rows) }
    try FileEnd.noteTrailingData(behind: decoder.consumed, edges, &facts)
  }

  private func noteOddities(_ oddities: UInt32, _ facts: inout MediaFacts) {
    if oddities & UInt32(WAN_JPEG_SCAN_PARAMETERS) != 0 {
      facts.defects.append(
        Defect(.irregular, "a scan header states parameters that a sequential JPEG cannot have"))
    }
    if oddities & UInt32(WAN_JPEG_ADOBE_TRANSFORM) != 0 {
      facts.defects.append(
        Defect(.irregular, "the Adobe segment states an unknown colour transform; decoders guess the colours")
      )
    }
  }

  private func noteDamage(_ decoder: borrowing JPEGDecoder, _ early: Defect.Kind, _ facts: inout MediaFacts) {
    guard decoder.warnings > 0 else { return }
    let count = decoder.warnings > 1 ? " (and \(decoder.warnings - 1) more warnings)" : ""
    facts.defects.append(
      decoder.endedEarly
        ? Defect(early, "the picture data end before the last row\(count)")
        : Defect(.corrupt, "\(decoder.message)\(count)"))
  }
}
