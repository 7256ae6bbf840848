import MediaFacts
import MediaReading

/// A walk over every frame of an MP3, which counts frames by their headers.
///
/// The walk reads only headers, in one pass of sequential reads. It skips bytes that cannot be a frame: zeros
/// and tags silently, anything else with a defect.
struct MP3Walk {
  private let reader: MeteredReader
  /// Where the tags at the end begin, if the length is known.
  private let audioEnd: Int64?
  private var header: MPEGAudioHeader
  private var freeLength: Int?
  /// Where the walk is; after the last frame once the walk has ended.
  private(set) var position: Int64
  /// Where the last whole frame began.
  private var lastFrame: Int64 = 0
  /// Gaps between frames that hold bytes other than tags: the first gaps, and the number of all gaps.
  private(set) var gaps: [MP3Gap] = []
  private var gapCount = 0
  /// Runs of frames without gaps. Only a limited number is kept.
  private(set) var runs: [Range<Int64>] = []
  private var runStart: Int64
  private var runEnd: Int64?
  /// Where the walk began, and the bit rate of the first frame.
  private let start: Int64
  private let firstBitRate: Int
  /// The bit rates of all frames.
  private var bitRates: Set<Int> = []
  /// The numbers of channels of all frames.
  private var channelCounts: Set<Int> = []
  /// Places that hold no whole frame, tags and zeros included.
  private(set) var foreignPlaces = 0
  /// Whole frames.
  private(set) var frames: Int64 = 0
  /// Samples per channel of whole frames, by sample rate. Joined files may change the rate.
  private(set) var samples: [Int: Int64] = [:]

  /// Further gaps are reported in one defect.
  private static let reportedGaps = 8
  private static let mostRuns = 1000
  /// The file still counts as complete if at most this many other bytes follow the last frame.
  private static let toleratedTrail: Int64 = 64 << 10

  /// A walk that begins at `position`, in the stream of `first`.
  init(_ reader: MeteredReader, at position: Int64, first: FrameChain, audioEnd: Int64?) {
    self.reader = reader
    self.audioEnd = audioEnd
    self.position = position
    start = position
    firstBitRate = first.header.bitRate
    runStart = position
    header = first.header
    freeLength = first.freeLength
  }

  /// The duration of all whole frames in seconds.
  var duration: Rational? { Rational(samples: samples) }

  /// The maximum duration of the packets that libavformat creates from places without frames.
  var foreignSeconds: Double {
    let places = foreignPlaces + (audioEnd != reader.length ? 1 : 0)
    return Double(2 * places * header.samplesPerFrame) / Double(header.sampleRate) + 0.0001
  }

  /// The duration that a reader estimates from the first frame's bit rate; `nil` if all frames have that bit
  /// rate.
  var estimate: Rational? {
    guard bitRates.count > 1, firstBitRate > 0 else { return nil }
    let (bits, overflow) = ((audioEnd ?? position) - start).multipliedReportingOverflow(by: 8)
    return overflow ? nil : Rational(bits, over: Int64(firstBitRate))
  }

  /// Whether all frames have the same length, except for padding.
  var isConstant: Bool { bitRates.count == 1 && samples.count == 1 && !header.isFreeFormat }

  /// Walks to the end. The counts are kept even if the reader stops.
  mutating func run(_ defects: inout [Defect]) throws(ProbeStop) {
    while try step(&defects) { try reader.checkTime() }
    endRun(at: runEnd ?? runStart)
  }

  /// Reports frames that differ in a property that most decoders read only from the first frame.
  func reportChanges(_ defects: inout [Defect]) {
    guard samples.count > 1 || channelCounts.count > 1 else { return }
    let what = samples.count > 1 ? "sample rate" : "number of channels"
    defects.append(
      Defect(.irregular, "the \(what) changes between frames: Chromium and libsndfile stop there"))
  }

  /// Reports the gaps between frames. A gap is damage unless it is proved that no frame was lost there.
  ///
  /// - Parameter stated: What the encoder stated about all frames.
  func reportGaps(_ stated: XingHeader?, _ defects: inout [Defect]) throws(ProbeStop) {
    guard gapCount > 0 else { return }
    let isWhole = try isProvedWhole(stated)
    var harmless = 0
    for gap in gaps {
      var isHarmless = isWhole
      if !isHarmless, isConstant { isHarmless = try gap.isFilling(reader) }
      guard !isHarmless else {
        harmless += 1
        continue
      }
      defects.append(
        Defect(
          .corrupt, "\(gap.length.bytesInWords) between frames: not audio", offset: gap.offset,
          bytes: gap.length))
    }
    let unreported = gapCount - gaps.count
    if unreported > 0, !isWhole {
      defects.append(Defect(.corrupt, "\(unreported) more places between frames contain no audio"))
    }
    if harmless > 0, let first = gaps.first {
      defects.append(
        Defect(
          .irregular, "\(first.length.bytesInWords) between frames: not audio, and no frame is missing",
          offset: first.offset,
          bytes: first.length))
    }
  }

  /// Whether the checksum that the encoder stated matches all frames. Then every frame is whole, whatever is
  /// between them.
  private func isProvedWhole(_ stated: XingHeader?) throws(ProbeStop) -> Bool {
    guard let checksum = stated?.musicChecksum, frames > 0, runs.count < Self.mostRuns else { return false }
    var sum = LAMEChecksum()
    for run in runs {
      var place = run.lowerBound
      while place < run.upperBound {
        let bytes = try reader.bytes(at: place, count: Int(min(run.upperBound - place, 16 << 10)))
        guard !bytes.isEmpty else { return false }
        sum.add(bytes)
        place += Int64(bytes.count)
      }
    }
    return sum.value == checksum
  }

  private mutating func endRun(at end: Int64) {
    if end > runStart, runs.count < Self.mostRuns { runs.append(runStart..<end) }
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
          .cutEnd, "the last MPEG frame is cut short", offset: position, bytes: missing > 0 ? missing : nil))
      return false
    }
    guard frames < reader.budget.frames else {
      throw reader.exceeded("the file has more than \(reader.budget.frames) MPEG frames", at: position)
    }
    frames += 1
    samples[header.sampleRate, default: 0] += Int64(header.samplesPerFrame)
    bitRates.insert(header.bitRate)
    channelCounts.insert(header.channels)
    lastFrame = position
    position = end
    runEnd = end
    return true
  }

  /// The length of the frame that begins with `bytes`; `nil` if no frame of this stream begins there, or the
  /// bytes are proved to be from another stream.
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

  /// Skips bytes that are not a frame; returns whether any bytes follow.
  private mutating func bridge(_ defects: inout [Defect]) throws(ProbeStop) -> Bool {
    if let audioEnd, position >= audioEnd { return false }
    foreignPlaces += 1
    endRun(at: position)
    defer { runStart = position }
    let head = try reader.bytes(at: position, count: 32)
    if let tag = TrailingTag(in: head) {
      return try step(over: tag, &defects)
    }
    if try isZeroToEnd() { return false }
    guard let next = try nextFrame() else {
      try reportTrail(&defects)
      return false
    }
    gapCount += 1
    if gaps.count < Self.reportedGaps {
      gaps.append(
        MP3Gap(
          offset: position, length: next.offset - position, frame: lastFrame,
          frameLength: frames > 0 ? position - lastFrame : 0, next: next.chain.header))
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

  /// The bytes at `place`, at most up to the tags at the end, and whether the audio cannot continue after
  /// them.
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
      defects.append(Defect(.cutEnd, "the last MPEG frame is cut short", offset: position))
    } else if let count, count > Self.toleratedTrail {
      defects.append(
        Defect(
          .corrupt, "\(count.bytesInWords) after the last frame: not audio", offset: position, bytes: count))
    } else {
      defects.append(
        Defect(.irregular, "the bytes after the last frame are not audio", offset: position, bytes: count))
    }
  }
}
