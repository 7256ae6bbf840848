import MediaReading

/// What an encoder states in the first frame of an MP3, a frame that holds no sound: Xing, Info or VBRI.
struct XingHeader: Sendable, Hashable {
  /// Frames of sound, this one not counted.
  var frames: Int64?
  /// Bytes from the start of this frame to the end of the last.
  var bytes: Int64?
  /// Samples that the encoder put before the sound, and behind it.
  var delay: Int64 = 0
  var padding: Int64 = 0

  /// The header in `frame`, or `nil` if the frame is an ordinary one.
  init?(_ frame: ArraySlice<UInt8>, _ header: MPEGAudioHeader) {
    // Encoders disagree on whether a checksum moves it.
    for start in [4, 6].map({ $0 + header.sideInformationLength })
    where frame.spells("Xing", at: start) || frame.spells("Info", at: start) {
      readXing(frame.dropFirst(start))
      return
    }
    guard frame.spells("VBRI", at: 36) else { return nil }
    bytes = Self.stated(frame.bigEndian(46, 4))
    frames = Self.stated(frame.bigEndian(50, 4))
  }

  private mutating func readXing(_ body: ArraySlice<UInt8>) {
    let flags = body.bigEndian(4, 4) ?? 0
    var position = 8
    if flags & 1 != 0 {
      frames = Self.stated(body.bigEndian(position, 4))
      position += 4
    }
    if flags & 2 != 0 {
      bytes = Self.stated(body.bigEndian(position, 4))
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
  }

  /// A count of zero is what an encoder leaves that could not seek back to fill it in.
  private static func stated(_ value: UInt64?) -> Int64? {
    value.flatMap { $0 == 0 ? nil : Int64(clamping: $0) }
  }
}
