import MediaFacts
import MediaReading

/// The orientation in an EXIF block, which is a TIFF header and a list of entries, in either byte order.
enum EXIFOrientation {
  private static let tag: UInt64 = 0x0112
  private static let entrySize = 12

  /// The orientation, 1 to 8, in the block of `count` bytes at `offset`; `nil` if it states none that is valid.
  ///
  /// A block may begin with `Exif` and two zeros. Thumbnails and further lists are not read.
  static func find(
    _ edges: EdgeReader, at offset: Int64, count: Int64
  ) throws(ProbeStop) -> Int? {
    let bound = Int64(edges.reader.budget.metadataBytes)
    let found = try find(min(count, bound)) { (start, count) throws(ProbeStop) in
      try edges.bytes(at: offset + start, count: count)
    }
    if found == .beyond, count > bound {
      throw edges.reader.exceeded(
        "the EXIF entries are not in the first \(bound) bytes, and no more are read", at: offset)
    }
    return found.value
  }

  /// The orientation in a block in memory.
  static func find(in block: [UInt8]) -> Int? {
    find(Int64(block.count)) { start, count in block[min(Int(start), block.count)...].prefix(count) }.value
  }

  private enum Found: Equatable {
    case orientation(Int)
    case none
    /// The entries are beyond the end of the block.
    case beyond

    var value: Int? {
      if case .orientation(let value) = self { value } else { nil }
    }
  }

  /// `read` returns up to the given number of bytes from a position inside the block.
  private static func find<Failure>(
    _ count: Int64, _ read: (Int64, Int) throws(Failure) -> ArraySlice<UInt8>
  ) throws(Failure) -> Found {
    let prefix: [UInt8] = [0x45, 0x78, 0x69, 0x66, 0, 0]
    let start: Int64 = try read(0, prefix.count).elementsEqual(prefix) ? 6 : 0
    let count = count - start
    guard count >= 8 else { return .none }
    let header = try read(start, 8)
    guard let order = ByteOrder(header), order.integer(header, 2, 2) == 42,
      let list = order.integer(header, 4, 4).map({ Int64($0) }), list >= 8
    else { return .none }
    guard list <= count - 2 else { return .beyond }
    let entries = Int64(order.integer(try read(start + list, 2), 0, 2) ?? 0)
    let present = min(entries, (count - list - 2) / Int64(entrySize))
    let table = try read(start + list + 2, Int(present) * entrySize)
    for position in stride(from: 0, to: table.count - entrySize + 1, by: entrySize)
    where order.integer(table, position, 2) == tag {
      if let value = order.orientation(table, position) { return .orientation(value) }
    }
    return .none
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

    /// The value of the entry at `position`: one SHORT, as the standard requires, or one LONG, as some
    /// programs write.
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
