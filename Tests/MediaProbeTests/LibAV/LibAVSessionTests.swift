import MediaFacts
import Testing

@testable import MediaReading
@testable import StreamProbing

@Suite("libavformat over a metered reader")
struct LibAVSessionTests {
  @Test("streams of a WAV file are described, and every packet is counted")
  func wav() throws {
    let session = try open(wave(seconds: 2))
    let stream = try #require(session.streams.first)
    #expect(session.streams.count == 1)
    #expect(stream.kind == .audio)
    #expect(stream.codec == "pcm_s16le")
    #expect(stream.sampleRate == 8000)
    #expect(stream.channels == 1)
    #expect(stream.duration.flatMap(stream.seconds) == Rational(2))

    let scan = try session.readPackets(decoding: .everyFrame)
    let tally = try #require(scan.streams.first)
    #expect(scan.failure == nil)
    #expect(tally.bytes == 32_000)
    #expect(tally.duration.flatMap(stream.seconds) == Rational(2))
    #expect(tally.corrupt == 0)
    #expect(tally.decoding.errors == 0)
    #expect(tally.decoding.frames == tally.packets)
  }

  @Test("only the first frame is decoded where no more is requested")
  func firstFrame() throws {
    let scan = try open(wave(seconds: 2)).readPackets(decoding: .firstFrames)
    #expect(scan.streams.first?.decoding.frames == 1)
    #expect(scan.streams.first.map { $0.packets > 1 } == true)
  }

  @Test("a source that fails is never taken for the end of the file")
  func failingSource() throws {
    let source = MovieBytes(wave(seconds: 20), failingFrom: 200_000)
    let reader = MeteredReader(source, budget: Budget())
    let session = try LibAVSession.open(reader, demuxer: .wav, findStreamInfo: false).get()
    let stop = #expect(throws: ProbeStop.self) { try session.readPackets(decoding: .nothing) }
    guard case .source(let error) = stop else {
      Issue.record("\(String(describing: stop))")
      return
    }
    #expect(error.code == .unreadable)
  }

  @Test("a cancelled source stops the probe")
  func cancelledSource() throws {
    let source = MovieBytes(wave(seconds: 20))
    let session = try LibAVSession.open(
      MeteredReader(source, budget: Budget()), demuxer: .wav, findStreamInfo: false
    ).get()
    source.cancel()
    let stop = #expect(throws: ProbeStop.self) { try session.readPackets(decoding: .nothing) }
    guard case .source(let error) = stop else {
      Issue.record("\(String(describing: stop))")
      return
    }
    #expect(error.code == .cancelled)
  }

  @Test("bytes of another format are refused with FFmpeg's own words", arguments: [LibAVDemuxer.mov, .wav])
  func wrongDemuxer(demuxer: LibAVDemuxer) throws {
    let bytes = [UInt8]("<!DOCTYPE html><title>Sign in</title>".utf8)
    let reader = MeteredReader(MovieBytes(bytes), budget: Budget())
    let opening = try LibAVSession.open(reader, demuxer: demuxer, findStreamInfo: true)
    let failure = #expect(throws: LibAVFailure.self) { try opening.get() }
    #expect(failure?.message == "Invalid data found when processing input")
  }

  struct Bound: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var budget: Budget
  }

  static let bounds: [Bound] = {
    var bytes = Budget()
    bytes.bytesRead = 1 << 16
    var reads = Budget()
    reads.reads = 2
    var frames = Budget()
    frames.frames = 3
    var time = Budget()
    time.time = .zero
    return [
      Bound(testDescription: "bytes", budget: bytes), Bound(testDescription: "reads", budget: reads),
      Bound(testDescription: "packets", budget: frames), Bound(testDescription: "time", budget: time),
    ]
  }()

  @Test("every bound stops the probe with a limit", arguments: bounds)
  func bound(_ bound: Bound) throws {
    let stop = #expect(throws: ProbeStop.self) {
      let reader = MeteredReader(MovieBytes(wave(seconds: 20)), budget: bound.budget)
      let session = try LibAVSession.open(reader, demuxer: .wav, findStreamInfo: true).get()
      _ = try session.readPackets(decoding: .nothing)
    }
    guard case .limit(let defect) = stop else {
      Issue.record("\(String(describing: stop))")
      return
    }
    #expect(defect.kind == .limit)
  }

  private func open(_ bytes: [UInt8]) throws -> LibAVSession {
    try LibAVSession.open(
      MeteredReader(MovieBytes(bytes), budget: Budget()), demuxer: .wav, findStreamInfo: true
    ).get()
  }

  /// Mono 16-bit PCM at 8 kHz, a quiet ramp.
  private func wave(seconds: Int) -> [UInt8] {
    func little(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let samples = (0..<seconds * 8000).flatMap { little($0 % 64, 2) }
    let format =
      little(1, 2) + little(1, 2) + little(8000, 4) + little(16_000, 4) + little(2, 2) + little(16, 2)
    let chunks =
      [UInt8]("WAVEfmt ".utf8) + little(16, 4) + format + [UInt8]("data".utf8) + little(samples.count, 4)
    return [UInt8]("RIFF".utf8) + little(chunks.count + samples.count, 4) + chunks + samples
  }
}
