import Crypto
import MediaFacts

/// SHA-256 in one pass from the first byte to the last.
enum StreamDigest {
  private static let bufferSize = 1 << 20

  /// The digest of the first `length` bytes, in lower-case hexadecimal digits.
  ///
  /// Blocks; ends early when the source is cancelled, as any read does.
  static func sha256(of source: any ByteSource, length: Int64) throws(ByteSourceError) -> String {
    let size = max(1, Int(clamping: min(length, Int64(bufferSize))))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    var hash = SHA256()
    var position: Int64 = 0
    while position < length {
      let wanted = Int(clamping: min(length - position, Int64(buffer.count)))
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
      let count = try source.read(at: position, into: part)
      guard count > 0 else {
        throw ByteSourceError(.changed, message: "the bytes end before byte \(length)")
      }
      hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: part[..<count]))
      position += Int64(count)
    }
    return hash.finalize().hexadecimal
  }
}
