/// A tag after the audio, recognised by its first bytes.
package struct TrailingTag: Sendable, Hashable {
  package let name: String
  /// The tag's length in bytes; `nil` if only its end states the length.
  package let length: Int64?

  /// The tag that `bytes` begin with.
  package init?(in bytes: ArraySlice<UInt8>) {
    if bytes.spells("TAG+") {
      (name, length) = ("extended ID3v1", 227)
    } else if bytes.spells("TAG") {
      (name, length) = ("ID3v1", 128)
    } else if bytes.spells("LYRICSBEGIN") {
      (name, length) = ("Lyrics3", nil)
    } else if let size = LeadingTags.apeLength(bytes) {
      (name, length) = ("APE", size)
    } else if let size = LeadingTags.id3Length(bytes) {
      (name, length) = ("ID3v2", size)
    } else {
      return nil
    }
  }
}

/// The tags at the end of a file, found backwards from the end.
package struct TrailingTags: Sendable {
  /// Where the first of the tags begins; the end of the file if there are no tags.
  package private(set) var start: Int64

  /// The bytes at the end of the file that are searched.
  package static let tailSize = 64 << 10

  /// The tags in the last 64 KiB of a file of `length` bytes; `floor` is where audio begins.
  package init(_ reader: MeteredReader, length: Int64, floor: Int64) throws(ProbeStop) {
    let tailStart = max(floor, length - Int64(Self.tailSize))
    let tail = try reader.bytes(at: tailStart, count: Int(clamping: length - tailStart))
    start = length
    while start > floor {
      let before = tail.prefix(Int(clamping: max(0, start - tailStart)))
      guard let size = Self.lengthOfLast(in: before), size <= start - floor else { return }
      start -= size
    }
  }

  /// The length in bytes of the tag that ends at the end of `bytes`; above zero.
  private static func lengthOfLast(in bytes: ArraySlice<UInt8>) -> Int64? {
    let count = bytes.count
    if bytes.spells("TAG", at: count - 128) {
      return bytes.spells("TAG+", at: count - 355) ? 355 : 128
    }
    if bytes.spells("APETAGEX", at: count - 32), let size = bytes.littleEndian(count - 20, 4),
      let flags = bytes.littleEndian(count - 12, 4), size >= 32
    {
      return Int64(clamping: size) + (flags & 0x8000_0000 == 0 ? 0 : 32)
    }
    if bytes.spells("LYRICS200", at: count - 9) {
      let digits = bytes.dropLast(9).suffix(6)
      guard digits.count == 6, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) } + 15
    }
    if bytes.spells("LYRICSEND", at: count - 9) {
      // Version 1 states no length; its text is 5100 bytes at most.
      let begin = (20...5120).first { bytes.spells("LYRICSBEGIN", at: count - $0) }
      return begin.map { Int64($0) }
    }
    if bytes.spells("3DI", at: count - 10) {
      let footer = bytes.suffix(10)
      return LeadingTags.id3Length((Array("ID3".utf8) + footer.dropFirst(3))[...])
    }
    return nil
  }
}
