import MediaFacts
import MediaReading

/// MPEG frames inside tags, which readers are not meant to play.
enum HiddenFrames {
  /// Fewer consecutive frames than this are chance, or an audio effect.
  private static let least = 20

  /// The duration of the long runs of frames before `end`; `nil` if there are none.
  static func duration(_ reader: MeteredReader, upTo end: Int64) throws(ProbeStop) -> Rational? {
    let size = 16 << 10
    var samples: [Int: Int64] = [:]
    var place: Int64 = 0
    while place < end {
      try reader.checkTime()
      let bytes = try reader.bytes(at: place, count: Int(min(Int64(size), end - place)))
      let isEnd = bytes.count < size
      guard let found = FrameChain.first(in: bytes, isDueAtStart: false, isEnd: isEnd) else {
        if isEnd { break }
        place += Int64(size - FrameChain.margin)
        continue
      }
      let start = place + Int64(found.position)
      let row = try row(reader, from: start, found.chain, upTo: end)
      if row.frames >= least {
        samples[found.chain.header.sampleRate, default: 0] +=
          Int64(row.frames) * Int64(found.chain.header.samplesPerFrame)
      }
      place = max(row.end, start + 1)
    }
    return samples.isEmpty ? nil : Rational(samples: samples)
  }

  private static func row(
    _ reader: MeteredReader, from start: Int64, _ chain: FrameChain, upTo end: Int64
  ) throws(ProbeStop) -> (frames: Int, end: Int64) {
    var place = start
    var frames = 0
    while place < end, frames < reader.budget.frames,
      let header = MPEGAudioHeader(try reader.bytes(at: place, count: 4)), header.continues(chain.header),
      let length = header.frameLength(freeLength: chain.freeLength), length > 0
    {
      try reader.checkTime()
      frames += 1
      place += Int64(length)
    }
    return (frames, place)
  }
}
