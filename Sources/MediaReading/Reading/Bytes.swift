extension ArraySlice<UInt8> {
  /// The unsigned integer in `count` bytes at `position` (from the slice's start), or `nil` if they are not there.
  package func littleEndian(_ position: Int, _ count: Int) -> UInt64? {
    guard position >= 0, count <= 8, position + count <= self.count else { return nil }
    return (0..<count).reduce(0) { $0 | UInt64(self[startIndex + position + $1]) << UInt64(8 * $1) }
  }

  /// The unsigned big-endian integer in `count` bytes at `position`, or `nil` if they are not there.
  package func bigEndian(_ position: Int, _ count: Int) -> UInt64? {
    guard position >= 0, count <= 8, position + count <= self.count else { return nil }
    return (0..<count).reduce(0) { $0 << 8 | UInt64(self[startIndex + position + $1]) }
  }

  /// Whether the bytes at `position` spell `text` in ASCII.
  package func spells(_ text: StaticString, at position: Int = 0) -> Bool {
    guard position >= 0, position + text.utf8CodeUnitCount <= count else { return false }
    return text.withUTF8Buffer { expected in
      expected.indices.allSatisfy { self[startIndex + position + $0] == expected[$0] }
    }
  }

  /// The four bytes at `position` as a code such as `ftyp`; bytes that do not print are shown as `?`.
  package func fourCC(_ position: Int) -> String? {
    guard position >= 0, position + 4 <= count else { return nil }
    return String(
      decoding: (0..<4).map { index in
        let byte = self[startIndex + position + index]
        return (0x20...0x7E).contains(byte) ? byte : UInt8(ascii: "?")
      }, as: UTF8.self)
  }
}

extension Int64 {
  /// A number of bytes for people: `1 byte`, `12 bytes`.
  package var bytesInWords: String { self == 1 ? "1 byte" : "\(self) bytes" }

  /// The sum, or the largest value if it overflows, which is a position that no file reaches.
  package func saturatingSum(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
