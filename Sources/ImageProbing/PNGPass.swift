import CMediaShims
import MediaFacts
import MediaReading

/// One pass over all chunks of a PNG, which verifies every checksum and decodes every row of every frame.
///
/// libpng sees only what the pixels need; text, profiles and unknown chunks are never buffered or inflated.
final class PNGPass {
  private let edges: EdgeReader
  private let file: SequentialReader
  private var header: PNGHeader?
  private var palette: [UInt8] = []
  private var transparency: [UInt8] = []
  private var frames: PNGFrames?
  private var decoder: PNGImageDecoder?
  /// Where the data of the open decoder begin, and the first byte of them.
  private var opened = OpenImage()
  private var sawEXIF = false
  private var sawData = false
  private var dataEnded = false
  private var badChecksum = false
  private var undecodedImages = 0
  private var oddImage = false
  private var oddChunk = false
  private var sawAnimation = false

  private struct OpenImage {
    var offset: Int64 = 0
    var size = (width: 0, height: 0)
    var firstByte: UInt8?
  }

  /// Chunks that are kept whole. The longest is a palette of 256 colours.
  private static let kept = [
    PNGChunk.header, PNGChunk.palette, PNGChunk.transparency, PNGChunk.animation, PNGChunk.frame,
  ]
  private static let longestKept = 768
  /// libpng holds two rows; no image within the pixel limit and of a usable shape needs more.
  private static let longestRow = 16 << 20

  init(_ edges: EdgeReader, chunkSize: Int) {
    self.edges = edges
    file = SequentialReader(edges.reader, from: 0, chunkSize: chunkSize)
  }

  func run(_ facts: inout MediaFacts) throws(ProbeStop) {
    let signature = try file.take(PNGHeader.signature.count)
    guard signature.count == PNGHeader.signature.count else {
      return noteTruncation(before: file.offset, &facts)
    }
    for number in 0..<edges.reader.budget.chunks {
      try edges.reader.checkTime()
      let offset = file.offset
      let head = try file.take(8)
      guard head.count == 8 else { return noteTruncation(before: offset, &facts) }
      guard let chunk = PNGChunk(head, at: offset) else {
        facts.defects.append(Defect(.corrupt, "no PNG chunk begins at byte \(offset)", offset: offset))
        return
      }
      if let flaw = flaw(in: chunk, number) {
        facts.defects.append(Defect(.corrupt, flaw, offset: offset))
        return
      }
      try begin(chunk, &facts)
      guard let payload = try read(chunk, &facts) else { return noteTruncation(before: chunk.next, &facts) }
      guard try understand(chunk, payload, &facts) else { return }
      noteOddity(of: chunk, payload, &facts)
      if chunk.type == PNGChunk.end { return try finish(chunk, &facts) }
    }
    throw edges.reader.exceeded("more than \(edges.reader.budget.chunks) chunks", at: file.offset)
  }

  /// What is wrong with the place or the size of a chunk, as a clause.
  private func flaw(in chunk: PNGChunk, _ number: Int) -> String? {
    if (chunk.type == PNGChunk.header) != (number == 0) {
      return number == 0 ? chunk.flawAsFirst : "there is a second IHDR"
    }
    if Self.kept.contains(chunk.type), chunk.length > Self.longestKept {
      return "\(chunk.name) has \(chunk.length) bytes"
    }
    switch chunk.type {
    case PNGChunk.data where dataEnded: return "IDAT chunks are not consecutive"
    case PNGChunk.palette where sawData: return "PLTE follows the picture data"
    case PNGChunk.palette where !palette.isEmpty: return "there is a second PLTE"
    case PNGChunk.transparency where !transparency.isEmpty: return "there is a second tRNS"
    case PNGChunk.end where !sawData: return "the file has no IDAT chunk"
    case PNGChunk.end where chunk.length > 0: return "IEND has \(chunk.length) bytes, not 0"
    case PNGChunk.header, PNGChunk.data, PNGChunk.palette, PNGChunk.end: return nil
    default: return chunk.isCritical ? "unknown critical chunk \(chunk.name)" : nil
    }
  }

  /// Ends the current image before this chunk, or begins an image with it, depending on its type.
  private func begin(_ chunk: PNGChunk, _ facts: inout MediaFacts) throws(ProbeStop) {
    if sawData, !dataEnded, chunk.type != PNGChunk.data {
      dataEnded = true
      try finishImage("the image", isDefaultImage: true, chunk, &facts)
    }
    if chunk.type == PNGChunk.frame || chunk.type == PNGChunk.end, let frames, decoder != nil {
      try finishImage("frame \(frames.seen)", chunk, &facts)
    }
    if chunk.type == PNGChunk.data {
      if !sawData, let header { try open(header.width, header.height, chunk) }
      sawData = true
      decoder?.beginChunk(chunk.length)
    } else if chunk.type == PNGChunk.frameData, frames != nil {
      frames?.checkData(chunk, &facts)
      guard let size = frames?.size, chunk.length >= 4 else { return }
      if decoder == nil, frames?.dataBegan == false {
        frames?.dataBegan = true
        try open(size.width, size.height, chunk)
      }
      decoder?.beginChunk(chunk.length - 4)
    }
  }

  private func open(_ width: Int, _ height: Int, _ first: PNGChunk) throws(ProbeStop) {
    guard let header else { return }
    opened = OpenImage(offset: first.offset, size: (width, height))
    decoder = PNGImageDecoder(
      header, width: width, height: height, palette: palette, transparency: transparency)
    if decoder == nil { throw edges.reader.exceeded("there was no memory for a PNG decoder") }
  }

  /// The payload if it is kept, empty if it is not; `nil` if the file ends inside the chunk.
  private func read(_ chunk: PNGChunk, _ facts: inout MediaFacts) throws(ProbeStop) -> [UInt8]? {
    let keep = Self.kept.contains(chunk.type) || PNGAncillary.looks(at: chunk)
    let feeds = chunk.type == PNGChunk.data || (chunk.type == PNGChunk.frameData && frames != nil)
    var checksum = PNGChunk.checksum(chunk.typeBytes)
    var payload: [UInt8] = []
    var left = chunk.length
    if chunk.type == PNGChunk.frameData, frames != nil, left >= 4 {
      let number = try file.take(4)
      guard number.count == 4 else { return nil }
      checksum = PNGChunk.checksum(Array(number), from: checksum)
      frames?.check(sequence: number.bigEndian(0, 4), chunk.offset, &facts)
      left -= 4
    }
    while left > 0 {
      let count = try file.next(left) { piece in
        checksum = PNGChunk.checksum(piece, from: checksum)
        if keep { payload.append(contentsOf: piece) }
        if feeds, let decoder {
          decoder.feed(piece)
          opened.firstByte = opened.firstByte ?? piece.first
        }
        return piece.count
      }
      if count == 0 { return nil }
      left -= count
    }
    guard let stated = try file.take(4).bigEndian(0, 4) else { return nil }
    if feeds { decoder?.endChunk() }
    if stated != UInt64(checksum), !badChecksum {
      badChecksum = true
      facts.defects.append(
        Defect(
          .corrupt, "the checksum of \(chunk.name) is wrong at byte \(chunk.offset)", offset: chunk.offset))
    }
    return payload
  }

  /// Uses the content of the chunk; returns `false` if reading cannot continue.
  private func understand(
    _ chunk: PNGChunk, _ payload: [UInt8], _ facts: inout MediaFacts
  ) throws(ProbeStop) -> Bool {
    switch chunk.type {
    case PNGChunk.header:
      do throws(PNGHeader.Flaw) {
        let header = try PNGHeader(payload[...])
        self.header = header
        facts.image = header.facts
      } catch {
        facts.defects.append(Defect(.corrupt, error.message, offset: chunk.offset))
        return false
      }
      if let image = facts.image { try ImageProbe.judgeSize(image, edges.reader) }
      if let header, header.rowBytes > Self.longestRow {
        throw edges.reader.exceeded("a row of \(header.rowBytes) bytes is more than may be decoded")
      }
    case PNGChunk.palette:
      if header?.colorType == .palette { palette = wrapped(chunk, payload) }
    case PNGChunk.transparency where !sawData:
      facts.image?.alpha = true
      if header?.colorType.hasAlpha == false { transparency = wrapped(chunk, payload) }
    case PNGChunk.exif:
      sawEXIF = true
      let found = try EXIFOrientation.find(edges, at: chunk.payload, count: Int64(chunk.length))
      if let found { facts.image?.orientation = found }
    case _ where PNGTextProfile.chunks.contains(chunk.type) && !sawEXIF:
      if let found = try PNGTextProfile.orientation(chunk, edges) { facts.image?.orientation = found }
    case PNGChunk.animation where !sawData && frames == nil:
      frames = PNGFrames(payload[...])
      if let frames { facts.image?.animate(frames: frames.declared) }
    case PNGChunk.frame where frames != nil:
      if let header { frames?.begin(payload[...], header, isDefaultImage: !sawData, chunk.offset, &facts) }
    default:
      break
    }
    return true
  }

  /// Records why readers refuse a chunk without pixels. Only the first such chunk is recorded.
  private func noteOddity(of chunk: PNGChunk, _ payload: [UInt8], _ facts: inout MediaFacts) {
    guard !oddChunk, let header, !badChecksum else { return }
    if chunk.type == PNGChunk.animation { sawAnimation = true }
    let defect =
      PNGFrames.flaw(in: chunk, hasAnimation: sawAnimation).map {
        Defect(.irregular, $0, offset: chunk.offset)
      }
      ?? PNGAncillary.defect(in: chunk, payload, header, palette: palette, afterData: sawData)
    guard let defect else { return }
    oddChunk = true
    facts.defects.append(defect)
  }

  /// Ends the stream of the open decoder, and records what was wrong with it.
  private func finishImage(
    _ name: String, isDefaultImage: Bool = false, _ chunk: PNGChunk, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    guard let outcome = try outcome(upTo: chunk) else { return }
    decoder = nil
    if outcome.status == .limit {
      throw edges.reader.exceeded("PNG decoding: \(outcome.message)", at: chunk.offset)
    }
    let decoded = outcome.status == .done
    if isDefaultImage, decoded || outcome.transparent || facts.image?.alpha == false {
      facts.image?.transparentPixels = outcome.transparent
    }
    guard decoded else {
      undecodedImages += 1
      // A hostile animation has tens of thousands of broken frames, so only the first is recorded.
      if undecodedImages > 1 { return }
      facts.defects.append(
        Defect(.corrupt, "\(name) does not decode: \(outcome.message)", offset: chunk.offset))
      return
    }
    if oddImage { return }
    if outcome.indexBeyondPalette {
      oddImage = true
      facts.defects.append(
        Defect(
          .irregular,
          "a pixel of \(name) has no colour in the palette: decoders show black or refuse the file",
          offset: chunk.offset))
    } else if !outcome.oddity.isEmpty {
      oddImage = true
      facts.defects.append(
        Defect(
          .irregular, "\(name) decodes, with a warning of libpng: \(outcome.oddity)", offset: chunk.offset))
    }
  }

  /// How the open image ended; `nil` if none is open.
  ///
  /// libpng's reports of damage depend on the size of a row and on how many bytes it was given. If libpng
  /// reports a problem, or could not detect one, the data are inflated again separately.
  private func outcome(upTo end: PNGChunk) throws(ProbeStop) -> PNGImageDecoder.Outcome? {
    guard let decoder, let header else { return nil }
    var outcome = decoder.finish()
    // No distance exceeds a window that holds the whole image and the filter types of its passes.
    let size = ((opened.size.width * header.pixelBits + 7) / 8 + 8).multipliedReportingOverflow(
      by: opened.size.height)
    let window = 256 << Int(min(opened.firstByte ?? 0, 0x7F) >> 4)
    let fitsWindow = window == 32 << 10 || (!size.overflow && size.partialValue <= window)
    guard decoder.looksAtPixels, undecodedImages == 0,
      outcome.status != .done || outcome.warnings > 0 || !fitsWindow
    else { return outcome }
    let (width, height) = (UInt32(clamping: opened.size.width), UInt32(clamping: opened.size.height))
    guard let rows = PNGRows.open(header, width: width, height: height) else {
      throw edges.reader.exceeded("there was no memory for a PNG decoder")
    }
    let again = SequentialReader(edges.reader, from: opened.offset, chunkSize: ImageProbe.chunkSize)
    while again.offset < end.offset, let chunk = PNGChunk(try again.take(8), at: again.offset - 8) {
      var left = chunk.length
      if chunk.type == PNGChunk.frameData { left -= try again.take(min(left, 4)).count }
      while left > 0 {
        try edges.reader.checkTime()
        let count = try again.next(left) { piece in
          if chunk.isData { rows.feed(piece) }
          return piece.count
        }
        if count == 0 { return outcome }
        left -= count
      }
      _ = try again.take(4)
    }
    let inflated = PNGImageDecoder.outcome(of: rows)
    if inflated.status != .done {
      (outcome.status, outcome.message) = (inflated.status, inflated.message)
    } else if outcome.status == .done {
      // libpng's message about a chunk was recorded with that chunk.
      outcome.oddity = inflated.oddity.isEmpty && !oddChunk ? outcome.message : inflated.oddity
    }
    return outcome
  }

  private func finish(_ end: PNGChunk, _ facts: inout MediaFacts) throws(ProbeStop) {
    facts.examined(.header)
    if !badChecksum {
      facts.examined(.declaredEnd)
      facts.examined(.checksums)
    }
    if undecodedImages > 1 {
      facts.defects.append(Defect(.corrupt, "\(undecodedImages - 1) more frames do not decode"))
    }
    let flaw = frames?.flawAtEnd
    if let flaw { facts.defects.append(Defect(.corrupt, flaw, offset: end.offset)) }
    if undecodedImages == 0, flaw == nil { facts.examined(.rows) }
    try FileEnd.noteTrailingData(behind: end.next, edges, &facts)
  }

  /// Records that the file is too short. It must have at least `least` bytes, and then an IEND.
  private func noteTruncation(before least: Int64, _ facts: inout MediaFacts) {
    let (end, total) = (least + Int64(PNGHeader.end.count), file.offset)
    facts.defects.append(
      Defect(.truncated, "the file ends before IEND", offset: total, bytes: max(1, end - total)))
  }

  private func wrapped(_ chunk: PNGChunk, _ payload: [UInt8]) -> [UInt8] {
    PNGChunk.head(chunk.type, payload.count) + payload + [0, 0, 0, 0]
  }
}
