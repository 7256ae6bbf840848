/// Writes gzip (RFC 1952) whose deflate blocks are all stored.
enum StoredGzip {
  /// A whole gzip member that holds `bytes`.
  static func wrap(_ bytes: some RandomAccessCollection<UInt8>) -> [UInt8] {
    // Magic, deflate, no flags, no time, no hints, system unknown.
    var result: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(0xffff)
      rest = rest.dropFirst(block.count)
      let size = UInt16(truncatingIfNeeded: block.count)
      result.append(rest.isEmpty ? 1 : 0)
      result.append(contentsOf: littleEndian(size) + littleEndian(~size))
      result.append(contentsOf: block)
    } while !rest.isEmpty
    return result + littleEndian(checksum(bytes)) + littleEndian(UInt32(truncatingIfNeeded: bytes.count))
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes { sum = (sum >> 8) ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
    return ~sum
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { sum, _ in sum & 1 == 1 ? (sum >> 1) ^ 0xedb8_8320 : sum >> 1 }
  }
}
