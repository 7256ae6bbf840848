/// Where the frames of an MPEG audio file begin.
package struct FirstFrame: Sendable {
  package let offset: Int64
  package let chain: FrameChain

  /// A frame that begins at `offset`, with the frames after it.
  package init(offset: Int64, chain: FrameChain) {
    self.offset = offset
    self.chain = chain
  }

  /// Garbage before the first frame that decoders skip. It occurs in real files.
  package static let toleratedGarbage = 64 << 10

  /// The first frame at or after `start`, where a frame is expected; `nil` if none begins within 64 KiB.
  ///
  /// Zeros after a tag are its padding, whatever their number and whatever size the tag states.
  package static func find(_ reader: MeteredReader, from start: Int64) throws(ProbeStop) -> FirstFrame? {
    let start = start > 0 ? try endOfZeros(reader, from: start) : 0
    // The frame is nearly always where it is expected, and already in the reader's window.
    let near = try reader.bytes(at: start, count: 8 << 10)
    if let chain = FrameChain(in: near, at: 0, isEnd: near.count < 8 << 10), chain.isProofWhereDue {
      return FirstFrame(offset: start, chain: chain)
    }
    let wanted = toleratedGarbage + FrameChain.margin
    let bytes = try reader.bytes(at: start, count: wanted)
    let found = FrameChain.first(in: bytes, isDueAtStart: true, isEnd: bytes.count < wanted)
    return found.map { FirstFrame(offset: start + Int64($0.position), chain: $0.chain) }
  }

  /// Where the zeros that begin at `start` end; `start` itself if there are none.
  package static func endOfZeros(_ reader: MeteredReader, from start: Int64) throws(ProbeStop) -> Int64 {
    var place = start
    while true {
      try reader.checkTime()
      let bytes = try reader.bytes(at: place, count: 8 << 10)
      if let other = bytes.firstIndex(where: { $0 != 0 }) { return place + Int64(other - bytes.startIndex) }
      if bytes.count < 8 << 10 { return place + Int64(bytes.count) }
      place += Int64(bytes.count)
    }
  }
}
