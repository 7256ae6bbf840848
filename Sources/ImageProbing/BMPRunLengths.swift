import MediaFacts
import MediaReading

/// Decodes the run lengths of a BMP (RLE8, RLE4) without keeping a pixel.
struct BMPRunLengths {
  private let header: BMPHeader
  private let file: SequentialReader
  /// The latest position where the data may end, if the file declares it.
  private let end: Int64?
  private let longestRow: Int
  private var x = 0
  private var y = 0
  /// Whether a jump skipped pixels, which then have no colour. Some viewers show them as transparent, others
  /// as black.
  private(set) var leavesPixelsOut = false

  private enum Escape {
    static let endOfLine: UInt8 = 0
    static let endOfBitmap: UInt8 = 1
    static let delta: UInt8 = 2
  }

  init(_ header: BMPHeader, _ file: SequentialReader, end: Int64?) {
    self.header = header
    self.file = file
    self.end = end
    // Some writers also encode the padding of a row. Every reader ignores it.
    longestRow = Int(clamping: header.rowBytes * 8 / Int64(header.bitCount))
  }

  /// Decodes up to the end of the bitmap, and returns what is wrong with it.
  mutating func decode() throws(ProbeStop) -> Defect? {
    var codes = 0
    while true {
      codes &+= 1
      if codes & 0xFFFF == 0 { try file.reader.checkTime() }
      let offset = file.offset
      guard let count = try byte(), let value = try byte() else { return endedEarly }
      if count > 0 {
        x += Int(count)
        if let flaw = flaw(.run(value), offset) { return flaw }
        continue
      }
      switch value {
      case Escape.endOfLine:
        if x < header.width, y < header.height { leavesPixelsOut = true }
        (x, y) = (0, y + 1)
        if y > header.height { return Defect(.corrupt, "run lengths go beyond the last row", offset: offset) }
      case Escape.endOfBitmap:
        guard y >= header.height || (y == header.height - 1 && x > 0) else {
          return Defect(.corrupt, "run lengths end \(header.height - y) rows too early", offset: offset)
        }
        if !isFinished { leavesPixelsOut = true }
        return nil
      case Escape.delta:
        guard let right = try byte(), let up = try byte() else { return endedEarly }
        if right > 0 || up > 0 { leavesPixelsOut = true }
        (x, y) = (x + Int(right), y + Int(up))
        if let flaw = flaw(.move, offset) { return flaw }
      default:
        if let defect = try literal(Int(value), offset) { return defect }
      }
    }
  }

  private enum Step {
    case run(UInt8), move, literal
  }

  /// Literal pixels, padded to two bytes.
  private mutating func literal(_ count: Int, _ offset: Int64) throws(ProbeStop) -> Defect? {
    let nibbles = header.compression == .runLength4
    let bytes = nibbles ? (count + 1) / 2 : count
    x += count
    if let flaw = flaw(.literal, offset) { return flaw }
    for index in 0..<bytes + bytes % 2 {
      guard let value = try byte() else { return endedEarly }
      if index < bytes, !isInTable(value, both: !nibbles || 2 * index + 1 < count) { return badIndex(offset) }
    }
    return nil
  }

  private func flaw(_ step: Step, _ offset: Int64) -> Defect? {
    if x > longestRow { return Defect(.corrupt, "run lengths go beyond the end of a row", offset: offset) }
    // A move may end on the line after the last one, but no pixels may be there.
    let last = if case .move = step { header.height } else { header.height - 1 }
    if y > last { return Defect(.corrupt, "run lengths go beyond the last row", offset: offset) }
    if case .run(let value) = step, !isInTable(value, both: true) { return badIndex(offset) }
    return nil
  }

  private func isInTable(_ value: UInt8, both: Bool) -> Bool {
    guard header.compression == .runLength4 else { return Int64(value) < header.colors }
    return Int64(value >> 4) < header.colors && (!both || Int64(value & 15) < header.colors)
  }

  private func badIndex(_ offset: Int64) -> Defect {
    Defect(.corrupt, "a pixel has no colour in the table of \(header.colors)", offset: offset)
  }

  /// The data ended without an end-of-bitmap code. That is valid after the last pixel of a declared end.
  private var endedEarly: Defect? {
    if isFinished, end != nil { return nil }
    return Defect(.truncated, "the run lengths end before the end of the bitmap", offset: file.offset)
  }

  /// Whether the last row is full, or was ended early.
  private var isFinished: Bool {
    y >= header.height || (y == header.height - 1 && x >= header.width)
  }

  private func byte() throws(ProbeStop) -> UInt8? {
    if let end, file.offset >= end { return nil }
    return try file.byte()
  }
}
