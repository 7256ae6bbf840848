import MediaFacts
import MediaReading

/// The frames of an APNG, as its acTL and fcTL chunks state them.
struct PNGFrames {
  /// The number of frames in acTL.
  let declared: UInt64
  /// Frames begun so far.
  private(set) var seen: UInt64 = 0
  /// The size of the frame that fdAT chunks belong to; `nil` before one begins, or if its fcTL is impossible.
  private(set) var size: (width: Int, height: Int)?
  /// Whether the first fdAT of that frame was seen.
  var dataBegan = false

  private var nextSequence: UInt64 = 0
  private var flawed = false
  private var framesWithoutData: UInt64 = 0

  private static let controlSize = 26

  /// The frames that an acTL payload announces; `nil` if the values are invalid. Viewers then show a still
  /// image.
  init?(_ payload: ArraySlice<UInt8>) {
    guard payload.count == 8, let declared = payload.bigEndian(0, 4), declared > 0 else { return nil }
    self.declared = declared
  }

  /// What is wrong with an animation's chunk in a file without animation, as a clause that names who refuses
  /// it.
  static func flaw(in chunk: PNGChunk, hasAnimation: Bool) -> String? {
    switch chunk.type {
    case PNGChunk.animation where chunk.length < 8: "acTL has \(chunk.length) bytes, not 8: Pillow refuses it"
    case PNGChunk.frame where !hasAnimation && chunk.length < controlSize:
      "fcTL has \(chunk.length) bytes, not \(controlSize): browsers and Pillow refuse it"
    case PNGChunk.frameData where !hasAnimation: "fdAT without acTL: Pillow refuses it"
    default: nil
    }
  }

  /// Begins the frame that an fcTL payload states. `isDefaultImage` means that its data are the IDAT chunks.
  mutating func begin(
    _ payload: ArraySlice<UInt8>, _ canvas: PNGHeader, isDefaultImage: Bool, _ offset: Int64,
    _ facts: inout MediaFacts
  ) {
    if size != nil, !dataBegan { framesWithoutData += 1 }
    seen += 1
    size = nil
    dataBegan = false
    check(sequence: payload.bigEndian(0, 4), offset, &facts)
    guard payload.count == Self.controlSize, let width = payload.bigEndian(4, 4),
      let height = payload.bigEndian(8, 4),
      let x = payload.bigEndian(12, 4), let y = payload.bigEndian(16, 4), width > 0, height > 0,
      x + width <= UInt64(canvas.width), y + height <= UInt64(canvas.height)
    else {
      note("frame \(seen) is not inside the image", offset, &facts)
      return
    }
    if isDefaultImage, width != canvas.width || height != canvas.height {
      note("frame \(seen) is the image, and does not cover it", offset, &facts)
    }
    if !isDefaultImage { size = (Int(width), Int(height)) }
  }

  /// Checks that an fdAT chunk belongs to a frame and is long enough for its sequence number.
  mutating func checkData(_ chunk: PNGChunk, _ facts: inout MediaFacts) {
    if size == nil {
      note("fdAT belongs to no frame", chunk.offset, &facts)
    } else if chunk.length < 4 {
      note("fdAT has \(chunk.length) bytes, not 4 or more", chunk.offset, &facts)
    }
  }

  /// Checks that sequence numbers count up from 0.
  mutating func check(sequence: UInt64?, _ offset: Int64, _ facts: inout MediaFacts) {
    defer { nextSequence += 1 }
    if sequence != nextSequence { note("APNG sequence numbers do not count up", offset, &facts) }
  }

  /// What is missing or superfluous at IEND, as a clause.
  var flawAtEnd: String? {
    if seen != declared { return "acTL announces \(declared) frames, the file has \(seen)" }
    let empty = framesWithoutData + (size != nil && !dataBegan ? 1 : 0)
    if empty > 0 { return "\(empty) frames have no data" }
    return nil
  }

  /// Records only the first flaw, because it causes the others.
  private mutating func note(_ what: String, _ offset: Int64, _ facts: inout MediaFacts) {
    guard !flawed else { return }
    flawed = true
    facts.defects.append(Defect(.corrupt, what, offset: offset))
  }
}
