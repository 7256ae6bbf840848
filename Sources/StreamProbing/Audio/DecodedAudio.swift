import CFFmpeg
import MediaFacts
import MediaReading

/// What FFmpeg reports and plays for an audio file, in seconds.
struct PlayedAudio: Sendable {
  /// The format's duration, which is an estimate where no header states one; `nil` at depth `header`.
  var container: Rational?
  /// The stream's own duration, if libavformat accepts one from a header.
  var stream: Rational?
  /// The duration of all packets; `nil` at depth `header`.
  var packets: Rational?
  /// The duration of all decoded samples, at depth `decode`.
  var decoded: Rational?
  /// FFmpeg's name of the codec.
  var codec: String?

  /// The duration that is played: that of the packets, unless decoding showed that they hold something else.
  ///
  /// - Parameter readings: The durations that the file states. A decoder omits the delay and padding that the
  ///   file states.
  func played(beside readings: [Rational] = []) -> Rational? {
    guard let decoded, let packets, !([packets] + readings).contains(where: decoded.isNear) else {
      return packets
    }
    return decoded
  }
}

/// Checks an audio file with libavformat and libavcodec, after our own walkers have read its structure.
///
/// The structure alone does not prove that there is audio. Only a decoder shows that the packets hold any.
enum DecodedAudio {
  /// Reads every packet and decodes the first one, or at depth `decode` every one. Adds defects to `facts`.
  /// At depth `header` only headers are read.
  ///
  /// - Parameters:
  ///   - walk: Our own count of an MP3's frames. libavformat also returns the bytes between and after the
  ///     frames, as packets or as the beginning of one. So the number of packets, and errors for such places,
  ///     prove nothing about the frames. If the two differ only a little, the walk is right.
  ///   - foreignPackets: Packets beyond those of the walk that need not decode.
  /// - Returns: What is reported and played; `nil` if there is no audio.
  static func check(
    _ reader: MeteredReader, _ demuxer: LibAVDemuxer, _ depth: Depth, beside walk: MP3Walk? = nil,
    foreignPackets: Int = 0,
    _ facts: inout MediaFacts
  ) throws(ProbeStop) -> PlayedAudio? {
    let session: LibAVSession
    switch try LibAVSession.open(reader, demuxer: demuxer, findStreamInfo: depth > .header) {
    case .success(let opened):
      session = opened
    case .failure(let failure):
      facts.defects.append(Defect(.undecodable, "FFmpeg cannot open the file: \(failure)"))
      return nil
    }
    guard let stream = session.streams.first(where: { $0.kind == .audio }) else {
      facts.defects.append(Defect(.undecodable, "FFmpeg finds no audio in the file"))
      return nil
    }
    reportOtherStreams(session, &facts)
    var played = PlayedAudio(codec: stream.codec)
    played.stream = stream.duration.flatMap { stream.seconds($0) }
    played.container = session.reportedDuration
    // The format's duration is the stream's duration, rounded to whole microseconds.
    if let exact = played.stream, let rounded = played.container, exact.isWithin(2e-6, of: rounded) {
      played.container = exact
    }
    guard depth > .header else {
      // The two differ only by what reading packets finds.
      played.container = played.stream
      return played
    }

    // The first packet may be one of those that need not decode.
    let first: DecodeScope =
      foreignPackets + (walk?.foreignPlaces ?? 0) > 0 ? .firstFramesPastErrors : .firstFrames
    let scan = try session.readPackets(decoding: depth == .decode ? .everyFrame : first)
    if let failure = scan.failure {
      facts.defects.append(Defect(.corrupt, "reading packets failed: \(failure)"))
    } else {
      facts.examined(.packets)
    }
    let tally = scan.streams[stream.index]
    report(
      tally, depth, foreignPackets: walk.map { Self.foreignPackets(tally, $0) } ?? foreignPackets, &facts)
    played.packets = tally.duration.flatMap { stream.seconds($0) }
    if depth == .decode, !tally.decoding.samples.isEmpty {
      played.decoded = Rational(samples: tally.decoding.samples)
    }
    return played
  }

  private static func reportOtherStreams(_ session: LibAVSession, _ facts: inout MediaFacts) {
    let others = session.streams.filter { !$0.attachedPicture }.count - 1
    guard others > 0 else { return }
    facts.defects.append(
      Defect(
        .irregular,
        "FFmpeg finds \(others) more stream\(others == 1 ? "" : "s") in the file besides the audio"
      ))
  }

  /// The number of packets that may hold something other than a frame.
  private static func foreignPackets(_ tally: PacketTally, _ walk: MP3Walk) -> Int {
    guard walk.foreignPlaces > 0 else { return 0 }
    return walk.foreignPlaces + max(0, tally.packets - Int(clamping: walk.frames))
  }

  private static func report(
    _ tally: PacketTally, _ depth: Depth, foreignPackets: Int, _ facts: inout MediaFacts
  ) {
    let decoding = tally.decoding
    if decoding.unsupported {
      let codec = facts.audio?.codec ?? "this codec"
      facts.defects.append(Defect(.undecodable, "FFmpeg here has no decoder for \(codec)"))
    } else if let error = decoding.firstError, decoding.errors > foreignPackets || decoding.frames == 0 {
      facts.defects.append(
        Defect(
          .corrupt,
          "packet \(decoding.firstErrorPacket) of \(tally.packets) does not decode: \(error)"))
    } else if decoding.frames == 0, tally.packets > 0 {
      facts.defects.append(Defect(.corrupt, "none of \(tally.packets) packets decodes"))
    } else if decoding.frames > 0 {
      facts.examined(.firstFrames)
      if depth == .decode { facts.examined(.frames) }
    }
  }
}

extension LibAVSession {
  /// The format's duration in seconds, as every program that uses libavformat gets it.
  fileprivate var reportedDuration: Rational? {
    guard let duration = context?.pointee.duration, duration != wan_av_nopts, duration >= 0 else {
      return nil
    }
    return Rational(duration, over: 1_000_000)
  }
}

extension Rational {
  /// The duration of samples per channel by sample rate; `nil` if it does not fit.
  init?(samples: [Int: Int64]) {
    let sum = samples.sorted { $0.key < $1.key }.reduce(Rational(0)) { sum, entry in
      Rational(entry.value, over: Int64(entry.key)).flatMap { sum?.adding($0) }
    }
    guard let sum else { return nil }
    self = sum
  }

  /// Whether two durations differ by no more than `seconds`.
  func isWithin(_ seconds: Double, of other: Rational) -> Bool {
    abs(doubleValue - other.doubleValue) <= seconds
  }
}

extension MediaFacts {
  /// Whether the file is known to end before the end that it declares.
  var isTruncated: Bool { defects.contains { $0.kind == .truncated } }
}
