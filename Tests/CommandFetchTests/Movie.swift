import FixtureKit
import Foundation

/// A movie whose index is at the end, as large as a test needs.
enum Movie {
  /// Why the movie cannot be made.
  struct Failure: Error {}

  /// A valid MP4 whose `mdat` ends in `padding` unused bytes, right before `moov`.
  ///
  /// No sample moves, so the sample tables stay correct.
  static func withMoovLast(padding: Int) throws -> [UInt8] {
    let bytes = [UInt8](try Data(contentsOf: Fixture("accept/video/h264-aac-moov-last.mp4").url))
    var offset = 0
    while offset + 8 <= bytes.count {
      let size = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      let kind = String(decoding: bytes[offset + 4..<offset + 8], as: UTF8.self)
      guard size >= 8, offset + size <= bytes.count else { throw Failure() }
      if kind == "mdat" {
        let length = withUnsafeBytes(of: UInt32(size + padding).bigEndian) { Array($0) }
        return bytes[..<offset] + length + bytes[(offset + 4)..<(offset + size)]
          + [UInt8](repeating: 0, count: padding) + bytes[(offset + size)...]
      }
      offset += size
    }
    throw Failure()
  }
}
