import MediaFacts
import MediaReading

/// The chunks of a WebP file that describe its pixels.
struct WebPContainer {
  /// One bitstream with its alpha plane.
  struct Frame {
    /// The frame's position on the canvas.
    var x = 0
    var y = 0
    /// The size that the container states; `nil` if it does not.
    var stated: (width: Int, height: Int)?
    /// The ALPH chunk.
    var alpha: RIFFChunk?
    /// The VP8 or VP8L chunk.
    var image: RIFFChunk?
  }

  /// The VP8X flags that are used here.
  enum Flag {
    static let animation: UInt8 = 0x02
    static let alpha: UInt8 = 0x10
    /// ICC, alpha, EXIF, XMP, animation.
    static let all: UInt8 = 0x3E
  }

  /// The canvas that VP8X states.
  var canvas: (width: Int, height: Int)?
  var flags: UInt8 = 0
  var frames: [Frame] = []
  var exif: RIFFChunk?

  var isAnimated: Bool { flags & Flag.animation != 0 }
}

/// Walks the chunks of a WebP and skips their payloads.
struct WebPWalk {
  /// Where the first chunk begins.
  private static let start: Int64 = 12

  let edges: EdgeReader
  private var chunks = 0
  /// Where each chunk begins, including chunks inside frames.
  private(set) var heads: [Int64] = []

  init(_ edges: EdgeReader) {
    self.edges = edges
  }

  /// Walks from the RIFF header to `end`. Records a chunk that does not fit, and stops there.
  /// `whenHeaderIsKnown` gets the container as soon as its first bitstream is found.
  mutating func run(
    to end: Int64, _ facts: inout MediaFacts,
    whenHeaderIsKnown: (WebPContainer, inout MediaFacts) throws(ProbeStop) -> Void
  ) throws(ProbeStop) -> WebPContainer {
    var container = WebPContainer()
    var still = WebPContainer.Frame()
    var known = false
    var hasAnimationHeader = false
    var offset = Self.start
    while let chunk = try self.chunk(at: offset, before: end, &facts) {
      let name = chunk.name
      if offset == Self.start, !["VP8X", "VP8 ", "VP8L"].contains(name) {
        facts.defects.append(
          Defect(.corrupt, "the first chunk is \(name), not VP8X, VP8 or VP8L", offset: offset))
        return container
      }
      switch name {
      case "VP8X" where offset == Self.start:
        let payload = try edges.bytes(at: chunk.payload, count: 10)
        if chunk.size >= 10, let flags = payload.first, let width = payload.littleEndian(4, 3),
          let height = payload.littleEndian(7, 3)
        {
          container.flags = flags
          container.canvas = (Int(width) + 1, Int(height) + 1)
          if chunk.size > 10 {
            facts.defects.append(
              Defect(.corrupt, "the VP8X chunk has \(chunk.size) bytes, not 10", offset: offset))
          }
          if flags & ~WebPContainer.Flag.all != 0 {
            facts.defects.append(
              Defect(.corrupt, "VP8X sets reserved flags: libwebp's demuxer refuses it", offset: offset))
          }
        } else if chunk.size < 10 {
          facts.defects.append(Defect(.corrupt, "the VP8X chunk is too short", offset: offset))
          return container
        }
      case "VP8X":
        facts.defects.append(Defect(.corrupt, "there is a second VP8X chunk", offset: offset))
      case "VP8 ", "VP8L":
        if container.isAnimated, hasAnimationHeader {
          facts.defects.append(Defect(.corrupt, "a still image is in an animation", offset: offset))
        }
        if name == "VP8L", still.alpha != nil {
          facts.defects.append(
            Defect(.corrupt, "an alpha plane is before a lossless picture", offset: offset))
        }
        if still.image == nil {
          still.image = chunk
        } else if container.canvas != nil {
          facts.defects.append(Defect(.corrupt, "a second picture follows the first", offset: offset))
        }
      case "ALPH" where container.canvas != nil:
        if still.image != nil {
          facts.defects.append(Defect(.corrupt, "an alpha plane follows its picture", offset: offset))
        } else {
          still.alpha = chunk
        }
      case "ANIM":
        hasAnimationHeader = true
        if chunk.size < 6 {
          facts.defects.append(
            Defect(.corrupt, "the ANIM chunk has \(chunk.size) bytes, not 6", offset: offset))
        }
      case "ANMF" where container.isAnimated:
        if !hasAnimationHeader, container.frames.isEmpty {
          facts.defects.append(Defect(.corrupt, "a frame comes before the ANIM chunk", offset: offset))
        }
        if let frame = try frame(in: chunk, &facts) {
          container.frames.append(frame)
        }
      case "EXIF":
        container.exif = container.exif ?? chunk
      default:
        break
      }
      if !container.isAnimated, container.frames.isEmpty, still.image != nil { container.frames = [still] }
      if !known, !container.frames.isEmpty {
        known = true
        try whenHeaderIsKnown(container, &facts)
      }
      offset = chunk.next
    }
    return container
  }

  /// The chunk at `offset`; `nil` at `end`, or if no chunk fits, which is recorded.
  private mutating func chunk(
    at offset: Int64, before end: Int64, _ facts: inout MediaFacts
  ) throws(ProbeStop) -> RIFFChunk? {
    try edges.reader.checkTime()
    guard offset < end else { return nil }
    chunks += 1
    if chunks > edges.reader.budget.chunks {
      throw edges.reader.exceeded("more than \(edges.reader.budget.chunks) chunks", at: offset)
    }
    guard let chunk = RIFFChunk(try edges.bytes(at: offset, count: RIFFChunk.headSize), at: offset) else {
      // If the file ends here, its RIFF size already showed that.
      if end - offset < Int64(RIFFChunk.headSize) {
        facts.defects.append(
          Defect(.corrupt, "\(end - offset) stray bytes are before the end", offset: offset))
      }
      return nil
    }
    let what = "chunk \(chunk.name) of \(chunk.size) bytes"
    guard chunk.end <= end else {
      facts.defects.append(Defect(.corrupt, "\(what) reaches beyond its container", offset: offset))
      return nil
    }
    if chunk.next > end {
      facts.defects.append(Defect(.corrupt, "\(what) has no room for its padding", offset: offset))
    }
    heads.append(offset)
    return chunk
  }

  /// The frame in an ANMF chunk; `nil` if the chunk is too short for a frame, which is recorded.
  private mutating func frame(
    in parent: RIFFChunk, _ facts: inout MediaFacts
  ) throws(ProbeStop) -> WebPContainer.Frame? {
    let head = try edges.bytes(at: parent.payload, count: 16)
    guard parent.size >= 16, let x = head.littleEndian(0, 3), let y = head.littleEndian(3, 3),
      let width = head.littleEndian(6, 3), let height = head.littleEndian(9, 3)
    else {
      facts.defects.append(Defect(.corrupt, "a frame header is cut short", offset: parent.offset))
      return nil
    }
    var frame = WebPContainer.Frame(x: 2 * Int(x), y: 2 * Int(y), stated: (Int(width) + 1, Int(height) + 1))
    var offset = parent.payload + 16
    while frame.image == nil, let chunk = try self.chunk(at: offset, before: parent.end, &facts) {
      if chunk.name == "ALPH" { frame.alpha = chunk }
      if chunk.name == "VP8 " || chunk.name == "VP8L" { frame.image = chunk }
      offset = chunk.next
    }
    return frame
  }
}
