import MediaFacts

/// One box of an ISO base media file: MP4 and MOV, and HEIC and AVIF images.
package struct Box: Sendable, Hashable {
  /// The four characters of the type; a character that does not print is a question mark.
  package let type: String
  /// The first byte of the header.
  package let offset: Int64
  /// The bytes after the header, up to the end that the header declares. That end may be after the end of the
  /// file.
  package let payload: Range<Int64>

  /// The first byte after the box.
  package var end: Int64 { payload.upperBound }
}

/// Reads box headers, and counts them against the budget.
package struct BoxReader {
  /// The result of reading a box header.
  package enum Reading: Sendable {
    case box(Box)
    /// The size is less than the header's own, or does not fit.
    case impossible(type: String, size: UInt64)
    /// Too few bytes for a header.
    case tooShort
  }

  package let reader: MeteredReader
  private var count = 0

  package init(_ reader: MeteredReader) {
    self.reader = reader
  }

  /// The box at `offset`; a size of 0 means up to `end`.
  ///
  /// The box may declare an end after `end`; the caller judges what that means.
  package mutating func box(at offset: Int64, end: Int64) throws(ProbeStop) -> Reading {
    guard offset >= 0, end - offset >= 8 else { return .tooShort }
    count += 1
    guard count <= reader.budget.boxes else {
      throw reader.exceeded("the file has more than \(reader.budget.boxes) boxes", at: offset)
    }
    try reader.checkTime()
    let header = try reader.bytes(at: offset, count: Int(min(16, end - offset)))
    guard let short = header.bigEndian(0, 4), let type = header.fourCC(4) else { return .tooShort }
    switch short {
    case 0:
      return .box(Box(type: type, offset: offset, payload: offset + 8..<end))
    case 1:
      guard let size = header.bigEndian(8, 8) else { return .tooShort }
      return reading(type, offset, header: 16, size)
    default:
      return reading(type, offset, header: 8, short)
    }
  }

  private func reading(_ type: String, _ offset: Int64, header: Int64, _ size: UInt64) -> Reading {
    guard let length = Int64(exactly: size), length >= header else {
      return .impossible(type: type, size: size)
    }
    let (end, overflow) = offset.addingReportingOverflow(length)
    // Limits the size so that sums with a position cannot overflow in other code.
    guard !overflow, end <= Int64.max / 4 else { return .impossible(type: type, size: size) }
    return .box(Box(type: type, offset: offset, payload: offset + header..<end))
  }
}

extension MeteredReader {
  /// The first `count` bytes of the payload of `box`, or fewer if it is shorter.
  package func payload(_ box: Box, _ count: Int) throws(ProbeStop) -> ArraySlice<UInt8> {
    try bytes(at: box.payload.lowerBound, count: Int(min(Int64(count), Int64(box.payload.count))))
  }
}
