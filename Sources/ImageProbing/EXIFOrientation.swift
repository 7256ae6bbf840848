import MediaFacts
import MediaReading

/// The orientation in an EXIF block, which is a TIFF header and a list of entries, in either byte order.
enum EXIFOrientation {
  private static let tag: UInt64 = 0x0112
  private static let entrySize = 12

  /// The orientation, 1 to 8, in the block of `count` bytes at `offset`; `nil` if it states none that is valid.
  ///
  /// A block may begin with `Exif` and two zeros. Thumbnails and further lists are not looked at.
  static func find(
    _ edges: EdgeReader, at offset: Int64, count: Int64
  ) throws(ProbeStop) -> Int? {
    let bound = Int64(edges.reader.budget.metadataBytes)
    let isWhole = count <= bound
    var (offset, count) = (offset, min(count, bound))
    if try edges.bytes(at: offset, count: 6).elementsEqual([0x45, 0x78, 0x69, 0x66, 0, 0]) {
      (offset, count) = (offset + 6, count - 6)
    }
    guard count >= 8 else { return nil }
    let header = try edges.bytes(at: offset, count: 8)
    guard let order = ByteOrder(header), order.integer(header, 2, 2) == 42,
      let list = order.integer(header, 4, 4).map({ Int64($0) }), list >= 8
    else { return nil }
    guard list <= count - 2 else {
      if isWhole { return nil }
      throw edges.reader.exceeded(
        "the EXIF entries lie beyond the \(bound) bytes that are looked at", at: offset)
    }
    let entries = Int64(order.integer(try edges.bytes(at: offset + list, count: 2), 0, 2) ?? 0)
    let present = min(entries, (count - list - 2) / Int64(entrySize))
    let table = try edges.bytes(at: offset + list + 2, count: Int(present) * entrySize)
    for position in stride(from: 0, to: table.count - entrySize + 1, by: entrySize)
    where order.integer(table, position, 2) == tag {
      if let value = order.orientation(table, position) { return value }
    }
    return nil
  }

  private enum ByteOrder {
    case little, big

    init?(_ header: ArraySlice<UInt8>) {
      if header.spells("II") {
        self = .little
      } else if header.spells("MM") {
        self = .big
      } else {
        return nil
      }
    }

    func integer(_ bytes: ArraySlice<UInt8>, _ position: Int, _ count: Int) -> UInt64? {
      switch self {
      case .little: bytes.littleEndian(position, count)
      case .big: bytes.bigEndian(position, count)
      }
    }

    /// The value of the entry at `position`: one SHORT, as the standard says, or one LONG, as some write.
    func orientation(_ table: ArraySlice<UInt8>, _ position: Int) -> Int? {
      guard integer(table, position + 4, 4) == 1 else { return nil }
      let value: UInt64? =
        switch integer(table, position + 2, 2) {
        case 3: integer(table, position + 8, 2)
        case 4: integer(table, position + 8, 4)
        default: nil
        }
      guard let value, (1...8).contains(value) else { return nil }
      return Int(value)
    }
  }
}
