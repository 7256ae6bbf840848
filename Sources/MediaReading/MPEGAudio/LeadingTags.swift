/// All ID3v2 and APE tags before the audio.
package struct LeadingTags: Sendable {
  /// Where the last tag ends, which is where audio is expected; 0 without tags. It may be after the end of
  /// the file.
  package private(set) var end: Int64 = 0
  /// The name of the first tag.
  package private(set) var name: String?

  /// If there are more tags than this, the bytes are not tags.
  private static let most = 64

  package init(_ reader: MeteredReader) throws(ProbeStop) {
    for _ in 0..<Self.most {
      let head = try reader.bytes(at: end, count: 32)
      if let length = Self.id3Length(head) {
        name = name ?? "ID3v2"
        end += length
      } else if let length = Self.apeLength(head) {
        name = name ?? "APE"
        end += length
      } else {
        return
      }
    }
  }

  /// The length in bytes of the ID3v2 tag that `head` begins with: header, body, and footer if there is one.
  package static func id3Length(_ head: ArraySlice<UInt8>) -> Int64? {
    guard head.spells("ID3"), let version = head.bigEndian(3, 2), version >> 8 != 0xFF,
      version & 0xFF != 0xFF,
      let flags = head.bigEndian(5, 1), let size = head.bigEndian(6, 4), size & 0x8080_8080 == 0
    else { return nil }
    // Four times seven bits, so that no byte of a tag's size looks like an MPEG sync.
    let body = (0..<4).reduce(UInt64(0)) { $0 | (size >> (8 * $1) & 0x7F) << (7 * $1) }
    return Int64(clamping: body) + 10 + (flags & 0x10 == 0 ? 0 : 10)
  }

  /// The length in bytes of the APE tag whose header `head` begins with, header included.
  package static func apeLength(_ head: ArraySlice<UInt8>) -> Int64? {
    guard head.spells("APETAGEX"), let size = head.littleEndian(12, 4), let flags = head.littleEndian(20, 4),
      flags & 0x2000_0000 != 0
    else { return nil }
    return Int64(clamping: size) + 32
  }
}
