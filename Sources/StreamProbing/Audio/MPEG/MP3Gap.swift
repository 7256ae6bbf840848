import MediaReading

/// Bytes between two MPEG frames that are part of neither frame.
struct MP3Gap: Sendable, Hashable {
  var offset: Int64
  var length: Int64
  /// Where the frame before the gap begins, and the length that its header states.
  var frame: Int64
  var frameLength: Int64
  /// The frame after the gap.
  var next: MPEGAudioHeader

  /// A longer run of bytes is not filler that a program left by mistake.
  private static let longestFill: Int64 = 64 << 10

  /// Whether the gap is between whole frames in a stream of one bit rate, so that no frame was lost.
  ///
  /// Damage looks similar: bytes inserted into a frame, overwritten or cut out. In those cases the gap ends
  /// with the bytes of a frame, has the length of some frames, or a frame begins inside the frame before the
  /// gap.
  func isFilling(_ reader: MeteredReader) throws(ProbeStop) -> Bool {
    guard length <= Self.longestFill, frameLength > 4, !isAsLongAsFrames else { return false }
    let bytes = try reader.bytes(at: offset, count: Int(length))
    guard let first = bytes.first else { return false }
    let isUniform = bytes.allSatisfy { $0 == first }
    guard isUniform || bytes.allSatisfy(\.isText) else { return false }
    return try !hidesFrame(reader)
  }

  private var isAsLongAsFrames: Bool {
    let count = max(1, (length + frameLength / 2) / frameLength)
    // A padded frame is one byte longer.
    return abs(length - count * frameLength) <= count + 2 || length <= 2
  }

  /// Whether a frame begins before the gap and ends where the next frames begin.
  private func hidesFrame(_ reader: MeteredReader) throws(ProbeStop) -> Bool {
    let end = offset + length
    let start = max(frame + 1, end - Int64(FrameChain.longestFrame))
    guard start < end else { return false }
    let bytes = try reader.bytes(at: start, count: Int(end - start))
    return bytes.indices.contains { index in
      guard bytes[index] == 0xFF, let header = MPEGAudioHeader(bytes[index...]), header.continues(next) else {
        return false
      }
      return header.frameLength() == bytes.endIndex - index
    }
  }
}

extension UInt8 {
  /// Whether the byte is printable ASCII or ends a line.
  fileprivate var isText: Bool { (0x20...0x7E).contains(self) || [0x09, 0x0A, 0x0D].contains(self) }
}
