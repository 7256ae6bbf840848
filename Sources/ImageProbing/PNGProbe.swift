import MediaFacts
import MediaReading

/// Measures PNG and APNG files.
struct PNGProbe {
  private let edges: EdgeReader
  private let chunkSize: Int

  init(_ edges: EdgeReader, chunkSize: Int) {
    self.edges = edges
    self.chunkSize = chunkSize
  }

  func measure(_ depth: Depth, _ facts: inout MediaFacts) throws(ProbeStop) {
    facts.endDeclared = true
    if let flaw = PNGHeader.flaw(inSignature: try edges.bytes(at: 0, count: 16)) {
      facts.defects.append(Defect(.corrupt, flaw, offset: 0))
      return
    }
    if depth == .header {
      guard let data = try walkToData(&facts) else { return }
      facts.examined(.header)
      if facts.image?.alpha == false { facts.image?.transparentPixels = false }
      try findEnd(from: data, &facts)
    } else {
      try PNGPass(edges, chunkSize: chunkSize).run(&facts)
    }
  }

  /// Reads the chunks before the first IDAT and returns where that begins; payloads that say nothing about the
  /// picture are jumped over. `nil` if the file is too broken to go on.
  private func walkToData(_ facts: inout MediaFacts) throws(ProbeStop) -> Int64? {
    var offset = Int64(PNGHeader.signature.count)
    var sawEXIF = false
    for number in 0..<edges.reader.budget.chunks {
      try edges.reader.checkTime()
      let head = try edges.bytes(at: offset, count: 8)
      guard head.count == 8 else {
        facts.defects.append(Defect(.truncated, "the file ends before the picture data", offset: offset))
        return nil
      }
      guard let chunk = PNGChunk(head, at: offset), (chunk.type == PNGChunk.header) == (number == 0) else {
        let first = number == 0 ? PNGChunk(head, at: offset)?.flawAsFirst : nil
        facts.defects.append(
          Defect(.corrupt, first ?? "no PNG chunk begins at byte \(offset)", offset: offset))
        return nil
      }
      switch chunk.type {
      case PNGChunk.header:
        guard try readHeader(chunk, &facts) else { return nil }
      case PNGChunk.data:
        return offset
      case PNGChunk.end:
        facts.defects.append(Defect(.corrupt, "the file has no IDAT chunk", offset: offset))
        return nil
      case PNGChunk.transparency:
        facts.image?.alpha = true
      case PNGChunk.animation:
        let counts = try edges.bytes(at: chunk.payload, count: 8)
        if chunk.length == 8 { facts.image?.animate(frames: counts.bigEndian(0, 4) ?? 1) }
      case PNGChunk.exif:
        sawEXIF = true
        let found = try EXIFOrientation.find(edges, at: chunk.payload, count: Int64(chunk.length))
        if let found { facts.image?.orientation = found }
      case _ where PNGTextProfile.chunks.contains(chunk.type) && !sawEXIF:
        if let found = try PNGTextProfile.orientation(chunk, edges) { facts.image?.orientation = found }
      default:
        break
      }
      offset = chunk.next
    }
    throw edges.reader.exceeded("more than \(edges.reader.budget.chunks) chunks", at: offset)
  }

  private func readHeader(_ chunk: PNGChunk, _ facts: inout MediaFacts) throws(ProbeStop) -> Bool {
    let bytes = try edges.bytes(at: chunk.payload, count: PNGHeader.size + 4)
    guard bytes.count == PNGHeader.size + 4 else {
      facts.defects.append(Defect(.truncated, "the file ends inside IHDR", offset: chunk.offset))
      return false
    }
    do throws(PNGHeader.Flaw) {
      guard chunk.length == PNGHeader.size else {
        throw PNGHeader.Flaw(message: "IHDR has \(chunk.length) bytes, not \(PNGHeader.size)")
      }
      facts.image = try PNGHeader(bytes.prefix(PNGHeader.size)).facts
    } catch {
      facts.defects.append(Defect(.corrupt, error.message, offset: chunk.offset))
      return false
    }
    let checksum = PNGChunk.checksum(chunk.typeBytes + bytes.prefix(PNGHeader.size))
    if bytes.bigEndian(PNGHeader.size, 4) != UInt64(checksum) {
      facts.defects.append(Defect(.corrupt, "the checksum of IHDR is wrong", offset: chunk.offset))
    }
    return true
  }

  /// Looks for IEND in the tail of the file, and only if it is not there chunk by chunk from `data` on.
  private func findEnd(from data: Int64, _ facts: inout MediaFacts) throws(ProbeStop) {
    let wanted = PNGHeader.end
    if let start = edges.tailOffset.map({ max($0, data) }) {
      let tail = try edges.bytes(at: start, count: EdgeReader.edge)
      if let first = tail.indices.dropLast(wanted.count - 1).first(where: { index in
        tail[index + 4] == wanted[4] && tail[index..<index + wanted.count].elementsEqual(wanted)
      }) {
        facts.examined(.declaredEnd)
        let end = start + Int64(first - tail.startIndex + wanted.count)
        return try FileEnd.noteTrailingData(behind: end, edges, &facts)
      }
    }
    var offset = data
    for _ in 0..<edges.reader.budget.chunks {
      try edges.reader.checkTime()
      let head = try edges.bytes(at: offset, count: PNGChunk.overhead)
      guard head.count >= 8 else { return try noteMissingEnd(offset, &facts) }
      guard let chunk = PNGChunk(head.prefix(8), at: offset) else {
        facts.defects.append(Defect(.corrupt, "no PNG chunk begins at byte \(offset)", offset: offset))
        return
      }
      if chunk.type == PNGChunk.end {
        guard head.count == PNGChunk.overhead else { return try noteMissingEnd(chunk.next, &facts) }
        guard head.elementsEqual(wanted) else {
          facts.defects.append(Defect(.corrupt, "IEND is damaged", offset: offset))
          return
        }
        facts.examined(.declaredEnd)
        return try FileEnd.noteTrailingData(behind: chunk.next, edges, &facts)
      }
      offset = chunk.next
    }
    throw edges.reader.exceeded("more than \(edges.reader.budget.chunks) chunks", at: offset)
  }

  /// Notes that the file ends although it should reach to `least`, and then to an IEND.
  private func noteMissingEnd(_ least: Int64, _ facts: inout MediaFacts) throws(ProbeStop) {
    let end = least + Int64(PNGHeader.end.count)
    try FileEnd.noteTruncation(
      before: end, "IEND is missing: the image ends at the earliest at byte", edges, &facts)
  }
}

extension ImageFacts {
  /// Takes over the number of frames of an acTL chunk; one frame is not an animation.
  mutating func animate(frames count: UInt64) {
    frames = max(1, Int(clamping: count))
    animated = frames > 1
  }
}
