import CWebP
import MediaFacts
import MediaReading

/// Measures WebP files, animated ones included.
struct WebPProbe {
  private let edges: EdgeReader
  private let chunkSize: Int

  /// RIFF sizes count from here.
  private static let riffStart: Int64 = 8

  init(_ edges: EdgeReader, chunkSize: Int) {
    self.edges = edges
    self.chunkSize = chunkSize
  }

  func measure(_ depth: Depth, _ facts: inout MediaFacts) throws(ProbeStop) {
    facts.endDeclared = true
    guard let size = try edges.bytes(at: 0, count: 12).littleEndian(4, 4), try edges.hasByte(at: 11) else {
      facts.defects.append(Defect(.truncated, "the file ends inside the RIFF header", offset: edges.length))
      return
    }
    let end = Self.riffStart + Int64(size)
    let complete = try edges.hasByte(at: end - 1)
    if !complete {
      try FileEnd.noteTruncation(before: end, "the RIFF size puts its end at byte", edges, &facts)
    }
    var walk = WebPWalk(edges)
    let edges = edges
    let container = try walk.run(to: end, &facts) { container, facts throws(ProbeStop) in
      try Self.noteHeader(container, edges, &facts)
    }
    guard facts.image != nil, !container.frames.isEmpty else {
      if complete, facts.defects.isEmpty {
        facts.defects.append(Defect(.corrupt, "the file has no VP8 or VP8L chunk"))
      }
      return
    }
    if container.isAnimated {
      facts.image?.frames = container.frames.count
      facts.image?.animated = container.frames.count > 1
    }
    if let exif = container.exif,
      let found = try EXIFOrientation.find(edges, at: exif.payload, count: exif.size)
    {
      facts.image?.orientation = found
    }
    facts.examined(.header)
    if complete { facts.examined(.declaredEnd) }
    if depth > .header, complete { try decode(container, &facts) }
    // The defect that was already recorded is more specific.
    if complete, !facts.defects.contains(where: { $0.kind == .corrupt || $0.kind == .truncated }),
      try WebPDemuxer(edges).refuses(walk.heads, to: end)
    {
      facts.defects.append(Defect(.corrupt, "libwebp refuses the order or the sizes of the chunks"))
    }
    // If an odd size was not padded inside, the padding is at the end.
    if complete {
      let padding = end % 2 == 1 ? try edges.bytes(at: end, count: 1).first : nil
      try FileEnd.noteTrailingData(behind: padding == 0 ? end + 1 : end, edges, &facts)
    }
  }

  private static func noteHeader(
    _ container: WebPContainer, _ edges: EdgeReader, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    guard let frame = container.frames.first, let chunk = frame.image else {
      facts.defects.append(Defect(.corrupt, "the first frame has no VP8 or VP8L chunk"))
      return
    }
    guard let stream = try bitstream(chunk, edges) else {
      // Data beyond the end of the file was already recorded.
      if try edges.hasByte(at: chunk.end - 1) {
        facts.defects.append(Defect(.corrupt, "the picture header is damaged", offset: chunk.payload))
      }
      return
    }
    let (width, height) = container.canvas ?? (stream.width, stream.height)
    var image = ImageFacts(
      width: width, height: height, color: .rgb, bitDepth: 8, coding: stream.lossless ? .lossless : .lossy)
    image.alpha = stream.alpha || frame.alpha != nil || container.flags & WebPContainer.Flag.alpha != 0
    if !image.alpha { image.transparentPixels = false }
    facts.image = image
    if !container.isAnimated, (width, height) != (stream.width, stream.height) {
      facts.defects.append(
        Defect(
          .corrupt, "VP8X states \(width)x\(height) pixels, the picture has \(stream.width)x\(stream.height)",
          offset: chunk.offset))
    }
  }

  private static func bitstream(
    _ chunk: RIFFChunk, _ edges: EdgeReader
  ) throws(ProbeStop) -> WebPBitstream? {
    let count = Int(min(Int64(WebPBitstream.headSize), chunk.paddedSize))
    return WebPBitstream(try edges.bytes(at: chunk.offset, count: count))
  }

  private func decode(_ container: WebPContainer, _ facts: inout MediaFacts) throws(ProbeStop) {
    guard let image = facts.image else { return }
    try ImageProbe.judgeSize(image, edges.reader)
    if container.frames.count > edges.reader.budget.frames {
      throw edges.reader.exceeded("more than \(edges.reader.budget.frames) frames")
    }
    for (index, frame) in container.frames.enumerated() {
      try edges.reader.checkTime()
      let name = container.isAnimated ? "frame \(index + 1)" : "the picture"
      guard try decode(frame, name, isFirst: index == 0, &facts) else { return }
    }
    if facts.defects.isEmpty { facts.examined(.rows) }
  }

  /// Decodes one frame; returns `false` if it is damaged, which is recorded.
  private func decode(
    _ frame: WebPContainer.Frame, _ name: String, isFirst: Bool, _ facts: inout MediaFacts
  ) throws(ProbeStop) -> Bool {
    guard let image = facts.image, let chunk = frame.image, let stream = try Self.bitstream(chunk, edges)
    else {
      facts.defects.append(Defect(.corrupt, "\(name) has no readable VP8 or VP8L chunk"))
      return false
    }
    if let stated = frame.stated {
      guard stated == (stream.width, stream.height), frame.x + stated.width <= image.width,
        frame.y + stated.height <= image.height
      else {
        facts.defects.append(
          Defect(.corrupt, "\(name) does not fit its place on the canvas", offset: chunk.offset))
        return false
      }
    }
    // Lossless bitstreams contain their own alpha. An ALPH chunk before one has no effect.
    let plane = stream.lossless ? nil : frame.alpha
    let alpha = stream.lossless ? stream.alpha : plane != nil
    let size = chunk.paddedSize + (plane?.paddedSize ?? 0)
    let memory = size + stream.memory(alphaPlane: plane != nil)
    if memory > edges.reader.budget.wholeImageMemory {
      throw edges.reader.exceeded("decoding the image would take \(memory) bytes of memory")
    }
    var status = VP8_STATUS_SUSPENDED
    var transparent = false
    let run = { () throws(ProbeStop) in
      guard let decoder = WebPFrameDecoder.open(stream, alpha: alpha, size: Int(size)) else {
        throw edges.reader.exceeded("there was no memory for a WebP decoder")
      }
      for part in [plane, chunk].compactMap(\.self) where status == VP8_STATUS_SUSPENDED {
        status = try feed(part, to: decoder)
      }
      if status == VP8_STATUS_OK, alpha { transparent = decoder.transparent }
    }
    // An opaque lossy image is never held as a whole.
    if stream.lossless || alpha {
      try edges.reader.holding(image, run)
    } else {
      try run()
    }
    switch status {
    case VP8_STATUS_OK:
      if isFirst, image.transparentPixels == nil {
        let covers = stream.width == image.width && stream.height == image.height
        facts.image?.transparentPixels = !covers || transparent
      }
      return true
    case VP8_STATUS_OUT_OF_MEMORY:
      throw edges.reader.exceeded("there was no memory to decode the image")
    case VP8_STATUS_SUSPENDED, VP8_STATUS_NOT_ENOUGH_DATA:
      facts.defects.append(
        Defect(.truncated, "the data of \(name) end before its last row", offset: chunk.end))
    default:
      facts.defects.append(Defect(.corrupt, "\(name) does not decode", offset: chunk.offset))
    }
    return false
  }

  private func feed(_ chunk: RIFFChunk, to decoder: WebPFrameDecoder) throws(ProbeStop)
    -> VP8StatusCode
  {
    // Never more than the chunk; otherwise an animation of small frames would be read many times.
    var offset = chunk.offset
    var status = VP8_STATUS_SUSPENDED
    while offset < chunk.next, status == VP8_STATUS_SUSPENDED {
      try edges.reader.checkTime()
      let count = Int(min(Int64(chunkSize), chunk.next - offset))
      let now = try decoder.feed(count) { space throws(ProbeStop) in
        try edges.reader.read(at: offset, into: space)
      }
      guard let now else { break }
      status = now
      offset += Int64(count)
    }
    return status
  }
}
