/// Consecutive MPEG audio frames of one stream. A single header proves nothing, because chance also produces
/// its four bytes.
package struct FrameChain: Sendable {
  package let header: MPEGAudioHeader
  /// The length of an unpadded free-format frame; `nil` for every other stream.
  package let freeLength: Int?
  /// The number of frames found, at most `wanted`. It includes a frame that the end of the file cuts.
  package private(set) var frames = 0
  /// Whether the chain continues to the end of the file, exactly or inside its last frame.
  package private(set) var reachesEnd = false

  package static let wanted = 3
  /// Decoders' frame buffers bound the length of free-format frames. The bits could state far more.
  package static let longestFrame = 4608

  /// The chain that begins at `position` of `bytes`. `isEnd` means that the file ends where `bytes` end.
  package init?(in bytes: ArraySlice<UInt8>, at position: Int, isEnd: Bool) {
    guard let first = MPEGAudioHeader(bytes, at: position) else { return nil }
    header = first
    freeLength = first.isFreeFormat ? Self.freeLength(of: first, in: bytes, at: position) : nil
    var place = position
    var current = first
    while frames < Self.wanted {
      frames += 1
      guard let length = current.frameLength(freeLength: freeLength) else {
        reachesEnd = isEnd
        return
      }
      place += length
      if place >= bytes.count {
        reachesEnd = isEnd
        return
      }
      guard let next = MPEGAudioHeader(bytes, at: place), next.continues(first) else {
        // Fewer than four bytes of a next header, or a tag, also end the audio.
        reachesEnd = (isEnd && bytes.count - place < 4) || TrailingTag(in: bytes.dropFirst(place)) != nil
        return
      }
      current = next
    }
  }

  /// Whether the chain is proof at a place where a frame is expected (after the tags, or at the start of the
  /// file).
  package var isProofWhereDue: Bool { frames >= Self.wanted || reachesEnd }

  /// Whether the chain is proof at any place, such as after garbage.
  package var isProofAnywhere: Bool { frames >= Self.wanted || (reachesEnd && frames == 2) }

  /// The first chain in `bytes` that is proof, and where it begins.
  ///
  /// If the file continues after `bytes`, only the first `bytes.count - margin` positions are tried. The
  /// next, overlapping call finds a chain that begins near the end of `bytes`.
  /// - Parameter previous: The stream that the chain must be able to continue, if there was one.
  package static func first(
    in bytes: ArraySlice<UInt8>, after previous: MPEGAudioHeader? = nil, isDueAtStart: Bool, isEnd: Bool
  ) -> (position: Int, chain: FrameChain)? {
    let tried = isEnd ? bytes.count : bytes.count - margin
    var position = 0
    while position < tried {
      guard let sync = bytes[(bytes.startIndex + position)...].firstIndex(of: 0xFF) else { return nil }
      position = sync - bytes.startIndex
      guard position < tried else { return nil }
      if let header = MPEGAudioHeader(bytes, at: position), previous.map(header.canJoin) ?? true,
        let chain = FrameChain(in: bytes, at: position, isEnd: isEnd)
      {
        let isDue = isDueAtStart && position == 0
        if isDue ? chain.isProofWhereDue : chain.isProofAnywhere { return (position, chain) }
      }
      position += 1
    }
    return nil
  }

  /// Bytes after the first byte of a chain that the whole chain may need.
  package static let margin = 2 * longestFrame + 8

  /// The distance to the next header of the same stream. One more header at the same distance must confirm
  /// it.
  private static func freeLength(
    of header: MPEGAudioHeader, in bytes: ArraySlice<UInt8>, at position: Int
  ) -> Int? {
    let shortest = 24
    guard position + shortest < bytes.count else { return nil }
    for distance in shortest...longestFrame {
      let next = position + distance
      guard next + 4 <= bytes.count else { return nil }
      guard bytes[bytes.startIndex + next] == 0xFF,
        let second = MPEGAudioHeader(bytes, at: next), second.continues(header)
      else { continue }
      let length = distance - (header.isPadded ? 1 : 0)
      let third = next + length + (second.isPadded ? 1 : 0)
      if third + 4 > bytes.count { return length }
      if let last = MPEGAudioHeader(bytes, at: third), last.continues(header) { return length }
    }
    return nil
  }
}
