import MediaFacts
import MediaReading

/// Every frame of an MP3 from its first to its last, counted by header.
///
/// Only headers are looked at, so that a file costs one pass of sequential reads. What cannot be a frame is
/// bridged: zeros and tags silently, anything else with a defect.
struct MP3Walk {
  private let reader: MeteredReader
  /// Where the tags at the end begin, if the length is known.
  private let audioEnd: Int64?
  private var header: MPEGAudioHeader
  private var freeLength: Int?
  private var position: Int64
  private var gaps = 0
  /// Places that hold no whole frame, tags and zeros included.
  private(set) var foreignPlaces = 0
  /// Whole frames.
  private(set) var frames: Int64 = 0
  /// Samples per channel of whole frames, by sample rate: joined files may change it.
  private(set) var samples: [Int: Int64] = [:]

  /// More places than this are summed up in one defect.
  private static let reportedGaps = 8
  /// Other bytes behind the last frame up to which the file still counts as complete.
  private static let toleratedTrail: Int64 = 64 << 10

  /// A walk that begins at `position`, in the stream of `first`.
  init(_ reader: MeteredReader, at position: Int64, first: FrameChain, audioEnd: Int64?) {
    self.reader = reader
    self.audioEnd = audioEnd
    self.position = position
    header = first.header
    freeLength = first.freeLength
  }

  /// The duration of all whole frames in seconds.
  var duration: Rational? {
    samples.sorted { $0.key < $1.key }.reduce(Rational(0)) { sum, entry in
      Rational(entry.value, over: Int64(entry.key)).flatMap { sum?.adding($0) }
    }
  }

  /// Walks to the end; what was counted stands even if the reader stops.
  mutating func run(_ defects: inout [Defect]) throws(ProbeStop) {
    while try step(&defects) { try reader.checkTime() }
    let unreported = gaps - Self.reportedGaps
    if unreported > 0 {
      defects.append(Defect(.corrupt, "\(unreported) more places between frames hold no audio"))
    }
  }

  private mutating func step(_ defects: inout [Defect]) throws(ProbeStop) -> Bool {
    let bytes = try reader.bytes(at: position, count: 4)
    if bytes.isEmpty { return false }
    guard let length = try frameLength(bytes) else { return try bridge(&defects) }
    let end = position + Int64(length)
    guard try reader.reaches(end), end <= audioEnd ?? end else {
      foreignPlaces += 1
      let stop = min(audioEnd ?? end, end)
      let missing = end - (reader.length.map { min($0, stop) } ?? stop)
      defects.append(
        Defect(
          .truncated, "the last MPEG frame is cut short", offset: position, bytes: missing > 0 ? missing : nil
        ))
      return false
    }
    guard frames < reader.budget.frames else {
      throw reader.exceeded("the file has more than \(reader.budget.frames) MPEG frames", at: position)
    }
    frames += 1
    samples[header.sampleRate, default: 0] += Int64(header.samplesPerFrame)
    position = end
    return true
  }

  /// The length of the frame that begins with `bytes`; `nil` if none of this stream, or proven of another,
  /// does.
  private mutating func frameLength(_ bytes: ArraySlice<UInt8>) throws(ProbeStop) -> Int? {
    if let audioEnd, position >= audioEnd { return nil }
    guard let next = MPEGAudioHeader(bytes), next.canJoin(header) else { return nil }
    if !next.continues(header) {
      let (ahead, isEnd) = try window(at: position)
      guard let chain = FrameChain(in: ahead, at: 0, isEnd: isEnd), chain.isProofAnywhere else { return nil }
      freeLength = chain.freeLength
    }
    header = next
    return next.frameLength(freeLength: freeLength)
  }

  /// Steps over what is no frame; returns whether there is anything beyond it.
  private mutating func bridge(_ defects: inout [Defect]) throws(ProbeStop) -> Bool {
    if let audioEnd, position >= audioEnd { return false }
    foreignPlaces += 1
    let head = try reader.bytes(at: position, count: 32)
    if let tag = TrailingTag(in: head) {
      return try step(over: tag, &defects)
    }
    if try isZeroToEnd() { return false }
    guard let next = try nextFrame() else {
      try reportTrail(&defects)
      return false
    }
    gaps += 1
    if gaps <= Self.reportedGaps {
      let length = next.offset - position
      defects.append(
        Defect(
          .corrupt, "\(length) bytes between frames are no audio", offset: position, bytes: length))
    }
    position = next.offset
    header = next.chain.header
    freeLength = next.chain.freeLength
    return true
  }

  private mutating func step(over tag: TrailingTag, _ defects: inout [Defect]) throws(ProbeStop) -> Bool {
    guard let length = tag.length, try reader.reaches(position + length) else {
      let missing = tag.length.flatMap { length in reader.length.map { position + length - $0 } }
      defects.append(
        Defect(.truncated, "the \(tag.name) tag is cut short", offset: position, bytes: missing))
      return false
    }
    position += length
    return true
  }

  private func isZeroToEnd() throws(ProbeStop) -> Bool {
    var place = position
    while true {
      let (bytes, isEnd) = try window(at: place)
      guard bytes.allSatisfy({ $0 == 0 }) else { return false }
      if isEnd { return true }
      place += Int64(bytes.count)
    }
  }

  private func nextFrame() throws(ProbeStop) -> FirstFrame? {
    var place = position + 1
    while true {
      let (bytes, isEnd) = try window(at: place)
      if let found = FrameChain.first(in: bytes, after: header, isDueAtStart: false, isEnd: isEnd) {
        return FirstFrame(offset: place + Int64(found.position), chain: found.chain)
      }
      if isEnd { return nil }
      place += Int64(bytes.count - FrameChain.margin)
    }
  }

  /// The bytes at `place`, at most up to the tags at the end, and whether the audio can go no further.
  private func window(at place: Int64) throws(ProbeStop) -> (bytes: ArraySlice<UInt8>, isEnd: Bool) {
    let size = 16 << 10
    let bytes = try reader.bytes(at: place, count: size)
    let room = audioEnd.map { Int(clamping: max(0, $0 - place)) } ?? size
    return (bytes.prefix(room), bytes.count < size || room <= size)
  }

  private func reportTrail(_ defects: inout [Defect]) throws(ProbeStop) {
    let known = audioEnd ?? reader.length
    let count = known.map { $0 - position }
    let head = try reader.bytes(at: position, count: 4)
    if head.count < 4, head.first == 0xFF {
      defects.append(Defect(.truncated, "the last MPEG frame is cut short", offset: position))
    } else if let count, count > Self.toleratedTrail {
      defects.append(
        Defect(.corrupt, "\(count) bytes after the last frame are no audio", offset: position, bytes: count))
    } else {
      defects.append(
        Defect(.trailingData, "what follows the last frame is no audio", offset: position, bytes: count))
    }
  }
}
