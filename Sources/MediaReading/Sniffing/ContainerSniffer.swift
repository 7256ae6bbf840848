import MediaFacts

/// Recognises formats whose first bytes are not sufficient: short magics, and containers that name their
/// content inside.
enum ContainerSniffer {
  static func identify(_ head: ArraySlice<UInt8>) -> Identity? {
    bmp(head) ?? ogg(head) ?? matroska(head) ?? asf(head) ?? icon(head) ?? anymap(head)
      ?? transportStream(head) ?? tar(head) ?? program(head)
  }

  /// `BM` alone also begins texts. So the header after it must have a known length, or its reserved bytes
  /// must be 0.
  private static func bmp(_ head: ArraySlice<UInt8>) -> Identity? {
    guard head.spells("BM") else { return nil }
    let headers: Set<UInt64> = [12, 16, 40, 52, 56, 64, 108, 124]
    if let size = head.littleEndian(14, 4), headers.contains(size) { return Identity(.bmp) }
    if let reserved = head.littleEndian(6, 4) {
      return reserved == 0 ? Identity(.bmp) : nil
    }
    return head.contains { $0 < 0x20 } ? Identity(.bmp) : nil
  }

  private static func ogg(_ head: ArraySlice<UInt8>) -> Identity? {
    guard head.spells("OggS") else { return nil }
    let packet = head.dropFirst(27 + Int(head.littleEndian(26, 1) ?? 0))
    if packet.spells("OpusHead") { return Identity(.opus) }
    // A skeleton, or audio, may come before the video.
    if head.contains([0x80] + Array("theora".utf8)) {
      return Identity(.ogv, "Theora")
    }
    let codecs: [(StaticString, Int, String)] = [
      ("vorbis", 1, "Vorbis"), ("FLAC", 1, "FLAC"), ("Speex", 0, "Speex"),
    ]
    let codec = codecs.first { packet.spells($0.0, at: $0.1) }?.2
    return Identity(.ogg, codec)
  }

  /// EBML. The DocType element names the format.
  private static func matroska(_ head: ArraySlice<UInt8>) -> Identity? {
    guard head.bigEndian(0, 4) == 0x1A45_DFA3 else { return nil }
    let isWebM = (4..<64).contains { head.bigEndian($0, 2) == 0x4282 && head.spells("webm", at: $0 + 3) }
    return Identity(isWebM ? .webm : .matroska)
  }

  /// ASF. The stream types in its header separate audio from video.
  private static func asf(_ head: ArraySlice<UInt8>) -> Identity? {
    guard head.bigEndian(0, 8) == 0x3026_B275_8E66_CF11 else { return nil }
    // The two GUIDs differ in their first four bytes.
    let type: [UInt8] = [0x4D, 0x5B, 0xCF, 0x11, 0xA8, 0xFD, 0x00, 0x80, 0x5F, 0x5C, 0x44, 0x2B]
    let hasSound = head.contains([0x40, 0x9E, 0x69, 0xF8] + type)
    let hasPictures = head.contains([0xC0, 0xEF, 0x19, 0xBC] + type)
    return Identity(hasSound && !hasPictures ? .wma : .wmv)
  }

  private static func icon(_ head: ArraySlice<UInt8>) -> Identity? {
    guard let kind = head.bigEndian(0, 4), kind == 0x100 || kind == 0x200,
      let count = head.littleEndian(4, 2), (1...256).contains(count), head.littleEndian(9, 1) == 0
    else { return nil }
    return Identity(kind == 0x100 ? .icon : .cursor)
  }

  /// PBM, PGM, PPM, PAM, PFM: `P`, a letter or digit, then white space and a number or a comment.
  private static func anymap(_ head: ArraySlice<UInt8>) -> Identity? {
    let bytes = Array(head.prefix(4))
    guard bytes.count == 4, bytes[0] == UInt8(ascii: "P") else { return nil }
    let isSpace = [0x09, 0x0A, 0x0D, 0x20].contains(bytes[2])
    switch bytes[1] {
    case UInt8(ascii: "1")...UInt8(ascii: "6") where isSpace:
      let next = bytes[3]
      guard (0x30...0x39).contains(next) || next == UInt8(ascii: "#") || next == 0x0A else { return nil }
      return Identity(.pnm, "P\(bytes[1] - 0x30)")
    case UInt8(ascii: "7") where bytes[2] == 0x0A:
      return Identity(.pam)
    default:
      return nil
    }
  }

  /// Packets of 188 bytes, alone, after a time code of 4 bytes, or before 16 bytes of error correction.
  private static func transportStream(_ head: ArraySlice<UInt8>) -> Identity? {
    let layouts = [(start: 0, step: 188), (start: 4, step: 192), (start: 0, step: 204)]
    let isStream = layouts.contains { layout in
      (0..<4).allSatisfy { head.littleEndian(layout.start + $0 * layout.step, 1) == 0x47 }
    }
    guard isStream else { return nil }
    return Identity(.mpegTS)
  }

  private static func tar(_ head: ArraySlice<UInt8>) -> Identity? {
    guard head.spells("ustar", at: 257) else { return nil }
    return Identity(.tar)
  }

  /// `MZ`, in a file that is not text.
  private static func program(_ head: ArraySlice<UInt8>) -> Identity? {
    guard head.spells("MZ"), head.prefix(64).contains(0) else { return nil }
    return Identity(.windowsProgram)
  }
}
