@testable import MediaReading
@testable import StreamProbing

/// Writes MP3 files: silent frames of MPEG-1 layer III, 128 kbit/s, 44.1 kHz, stereo, with or without tags.
enum MP3Bytes {
  /// 144 * 128000 / 44100, without padding.
  static let frameLength = 417

  /// A frame of silence: all side information zero, so that nothing is coded.
  static func frame(header: [UInt8] = [0xFF, 0xFB, 0x90, 0x00], length: Int = frameLength) -> [UInt8] {
    header + [UInt8](repeating: 0, count: length - header.count)
  }

  static func frames(_ count: Int) -> [UInt8] {
    (0..<count).flatMap { _ in frame() }
  }

  /// An Info frame that states `frames` and `bytes`, each only if given, and a LAME tag with `delay` and
  /// `padding`.
  static func info(
    frames: Int?, bytes: Int?, delay: Int = 0, padding: Int = 0, name: String = "Info", checksum: UInt16 = 0
  ) -> [UInt8] {
    var body = Array(name.utf8) + big((frames == nil ? 0 : 1) | (bytes == nil ? 0 : 2), 4)
    if let frames { body += big(frames, 4) }
    if let bytes { body += big(bytes, 4) }
    body +=
      Array("LAME3.100".utf8) + [UInt8](repeating: 0, count: 12) + big(delay << 12 | padding, 3)
      + [UInt8](repeating: 0, count: 8) + big(Int(checksum), 2)
    var frame = frame()
    frame.replaceSubrange(36..<36 + body.count, with: body)
    return frame
  }

  /// LAME's checksum of `count` frames.
  static func checksum(_ count: Int) -> UInt16 {
    var sum = LAMEChecksum()
    sum.add(frames(count)[...])
    return sum.value
  }

  /// An Info frame and `count` frames of silence, whose header tells the truth.
  static func stated(_ count: Int, delay: Int = 576, padding: Int = 576) -> [UInt8] {
    info(frames: count, bytes: (count + 1) * frameLength, delay: delay, padding: padding) + frames(count)
  }

  /// An ID3v2.4 tag with a body of `count` zero bytes.
  static func id3v2(_ count: Int, hasFooter: Bool = false) -> [UInt8] {
    let size = [21, 14, 7, 0].map { UInt8(truncatingIfNeeded: count >> $0 & 0x7F) }
    let tail: [UInt8] = [4, 0, hasFooter ? 0x10 : 0] + size
    return Array("ID3".utf8) + tail + [UInt8](repeating: 0, count: count)
      + (hasFooter ? Array("3DI".utf8) + tail : [])
  }

  static let id3v1 = Array("TAG".utf8) + [UInt8](repeating: 0x20, count: 125)

  /// An APEv2 tag with header and footer and an empty body.
  static let ape: [UInt8] = apeBlock(flags: 0xA000_0000) + apeBlock(flags: 0x8000_0000)

  private static func apeBlock(flags: Int) -> [UInt8] {
    let numbers: [UInt8] = little(2000, 4) + little(32, 4) + little(0, 4) + little(flags, 4)
    return Array("APETAGEX".utf8) + numbers + [UInt8](repeating: 0, count: 8)
  }

  static let lyrics: [UInt8] = Array("LYRICSBEGININD0000210000021LYRICS200".utf8)

  static func big(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  static func little(_ value: Int, _ count: Int) -> [UInt8] { big(value, count).reversed() }
}
