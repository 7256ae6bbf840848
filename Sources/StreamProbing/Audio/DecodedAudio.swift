import MediaFacts
import MediaReading

/// What libavformat and libavcodec make of an audio file whose structure our own walkers have seen.
///
/// Structure alone proves no sound: only a decoder shows that the packets hold any.
enum DecodedAudio {
  /// Reads every packet and decodes the first, or at depth `decode` every one; adds what is wrong to `facts`.
  ///
  /// - Parameters:
  ///   - walk: Our own count of an MP3's frames. libavformat also hands out what stands between and behind the
  ///     frames, as packets or as the beginning of one, so that neither the number of packets nor an error
  ///     for each such place tells anything about the frames. Where they differ, the walk is right.
  ///   - foreignPackets: Packets beyond those of the walk that need not decode.
  /// - Returns: The duration of all packets in seconds, if it is known.
  @discardableResult
  static func check(
    _ reader: MeteredReader, _ demuxer: LibAVDemuxer, _ depth: Depth, beside walk: MP3Walk? = nil,
    foreignPackets: Int = 0,
    _ facts: inout MediaFacts
  ) throws(ProbeStop) -> Rational? {
    let session: LibAVSession
    switch try LibAVSession.open(reader, demuxer: demuxer, findStreamInfo: true) {
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
    return tally.duration.flatMap { stream.seconds($0) }
  }

  /// How many packets may hold something else than a frame.
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
