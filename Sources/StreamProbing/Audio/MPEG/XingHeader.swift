import MediaReading

/// The header that an encoder writes into the first frame of an MP3, which has no audio: Xing, Info or VBRI.
struct XingHeader: Sendable, Hashable {
  /// The header's name: `Xing header`, `VBRI header`.
  private(set) var name = "Xing header"
  /// Frames of audio, without this one. The value is 0 if the encoder could not seek back to fill it in.
  private(set) var statedFrames: Int64?
  private var statedBytes: Int64?
  /// Samples that the encoder put before the audio, and after it.
  private(set) var delay: Int64 = 0
  private(set) var padding: Int64 = 0
  /// CRC-16 of all frames after this one, as LAME and FFmpeg write it; `nil` if there is none.
  private(set) var musicChecksum: UInt16?

  /// Frames of audio, if a number of them is stated.
  var frames: Int64? { statedFrames.flatMap { $0 == 0 ? nil : $0 } }
  /// Bytes from the start of this frame to the end of the last, if a number is stated.
  var bytes: Int64? { statedBytes.flatMap { $0 == 0 ? nil : $0 } }

  /// The header in `frame`, or `nil` if the frame is an ordinary one.
  init?(_ frame: ArraySlice<UInt8>, _ header: MPEGAudioHeader) {
    // Encoders disagree on whether a checksum moves the header.
    for start in [4, 6].map({ $0 + header.sideInformationLength })
    where frame.spells("Xing", at: start) || frame.spells("Info", at: start) {
      readXing(frame.dropFirst(start))
      return
    }
    guard frame.spells("VBRI", at: 36) else { return nil }
    name = "VBRI header"
    statedBytes = frame.bigEndian(46, 4).map { Int64(clamping: $0) }
    statedFrames = frame.bigEndian(50, 4).map { Int64(clamping: $0) }
  }

  private mutating func readXing(_ body: ArraySlice<UInt8>) {
    let flags = body.bigEndian(4, 4) ?? 0
    var position = 8
    if flags & 1 != 0 {
      statedFrames = body.bigEndian(position, 4).map { Int64(clamping: $0) }
      position += 4
    }
    if flags & 2 != 0 {
      statedBytes = body.bigEndian(position, 4).map { Int64(clamping: $0) }
      position += 4
    }
    if flags & 4 != 0 { position += 100 }
    if flags & 8 != 0 { position += 4 }
    let isLAME =
      body.spells("LAME", at: position) || body.spells("Lavf", at: position)
      || body.spells("Lavc", at: position)
    guard isLAME, let trims = body.bigEndian(position + 21, 3) else { return }
    delay = Int64(trims >> 12)
    padding = Int64(trims & 0xFFF)
    musicChecksum = body.bigEndian(position + 32, 2).flatMap { $0 == 0 ? nil : UInt16($0) }
  }
}

/// CRC-16 as LAME's tag has it: polynomial 8005, least significant bit first, from 0.
struct LAMEChecksum {
  private(set) var value: UInt16 = 0

  mutating func add(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes { value = value >> 8 ^ Self.table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] }
  }

  private static let table: [UInt16] = (0..<256).map { index in
    (0..<8).reduce(UInt16(index)) { value, _ in value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xA001 }
  }
}
