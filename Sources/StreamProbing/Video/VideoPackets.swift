import MediaFacts
import MediaReading

/// What reading every packet of a movie, and decoding some or all of them, says about it.
struct VideoPackets {
  let movie: Movie
  /// The first video track, and libavformat's stream of it.
  let video: Track?
  let stream: LibAVStream?
  let depth: Depth
  let wantsPreview: Bool

  func read(_ session: LibAVSession, _ facts: inout MediaFacts) throws(ProbeStop) {
    let encrypted = Set(movie.tracks.filter(\.encrypted).map(\.id))
    let quarterTurns = (facts.video?.rotation ?? 0) / 90
    let poster = wantsPreview ? stream.map { Poster(stream: $0.index, quarterTurns: quarterTurns) } : nil
    let scan = try session.readPackets(
      decoding: depth == .decode ? .everyFrame : .firstFrames, poster: poster
    ) {
      encrypted.contains($0.id)
    }
    let media = session.streams.filter { $0.kind != .other && !$0.attachedPicture }
    judgePackets(scan, media, &facts)
    let decoded = media.filter { !$0.encrypted && !encrypted.contains($0.id) }
    judgeFrames(scan, decoded, all: decoded.count == media.count, &facts)
    if let stream {
      count(scan.streams[stream.index], &facts)
      facts.preview = scan.streams[stream.index].decoding.preview
    }
    facts.video?.takeOtherReadings(of: movie, session.streams, scan)
  }

  private func judgePackets(_ scan: PacketScan, _ media: [LibAVStream], _ facts: inout MediaFacts) {
    var complete = scan.failure == nil
    if let failure = scan.failure {
      facts.report(.corrupt, "packets cannot be read to the end: \(failure.message)")
    }
    for stream in media {
      let tally = scan.streams[stream.index]
      if tally.corrupt > 0 {
        facts.report(.corrupt, "\(tally.corrupt) packets of \(stream.name) are incomplete or damaged")
      }
      guard let samples = movie.track(of: stream)?.samples else { continue }
      // Sound is read many samples at a time, so only pictures compare with the tables.
      let expected = stream.kind == .video ? samples.filled : min(samples.filled, 1)
      if tally.packets < expected {
        facts.report(
          .corrupt, "only \(tally.packets) of \(samples.count) samples of \(stream.name) can be read")
      }
      let needed = stream.kind == .video ? samples.count : min(samples.count, 1)
      if tally.packets < needed { complete = false }
    }
    for track in movie.tracks(.video) + movie.tracks(.audio)
    where !media.contains(where: { $0.id == track.id }) {
      complete = false
      facts.report(.undecodable, "FFmpeg finds no pictures or sound in track \(track.id)")
    }
    if complete { facts.examined(.packets) }
  }

  private func judgeFrames(
    _ scan: PacketScan, _ decoded: [LibAVStream], all: Bool, _ facts: inout MediaFacts
  ) {
    var (first, every) = (all, all && depth == .decode)
    for stream in decoded {
      let packets = scan.streams[stream.index].packets
      let samples = max(packets, movie.sampleCount(of: stream))
      let tally = scan.streams[stream.index].decoding
      if tally.frames == 0, samples > 0 { first = false }
      if stream.kind == .video, tally.frames < samples { every = false }
      // That there is none to decode was reported with the packets.
      guard packets > 0 else { continue }
      if tally.unsupported {
        first = false
        facts.report(.undecodable, "\(stream.name) is in a coding that FFmpeg cannot decode here")
      } else if let error = tally.firstError {
        let others = tally.errors > 1 ? ", nor do \(tally.errors - 1) more" : ""
        facts.report(
          .corrupt,
          "packet \(tally.firstErrorPacket) of \(stream.name) does not decode (\(error.message))\(others)")
      } else if tally.frames == 0 {
        facts.report(.corrupt, "\(stream.name) does not decode to a single frame")
      } else if let size = tally.size, let other = tally.changedSize {
        facts.report(
          .corrupt,
          "the frames of \(stream.name) change from \(size.width)x\(size.height) to \(other.width)x\(other.height)"
        )
      } else if depth == .decode, stream.kind == .video, tally.frames < packets {
        // Of two samples with a field each comes one frame, and pictures that refer to some before the first come to
        // nothing: that is no damage, yet they were not seen.
        facts.report(
          tally.frames < packets / 2 ? .corrupt : .undecodable,
          "only \(tally.frames) of \(packets) samples of \(stream.name) decode to a frame")
      }
    }
    if first { facts.examined(.firstFrames) }
    if first, every { facts.examined(.frames) }
  }

  /// Counts frames and time of the video track.
  ///
  /// The time is the sum that the tables give to the samples, each of which was read as a packet: exact, and the same as
  /// `ffprobe -count_packets` times the frame duration where that is constant. libavformat's own packet durations are
  /// guesses where frames are reordered. If not every sample was read, it is the span from the first packet shown to
  /// the end of the last one.
  private func count(_ tally: PacketTally, _ facts: inout MediaFacts) {
    facts.video?.frames = tally.packets
    if let size = tally.decoding.size {
      if let ratio = tally.decoding.sampleAspectRatio, stream?.sampleAspectRatio == nil {
        facts.video?.sampleAspectRatio = ratio
      }
      facts.video?.take(size)
    }
    if let video, tally.packets >= video.samples.count {
      facts.video?.duration.counted = video.mediaSeconds
    } else if let start = tally.start, let end = tally.end {
      let (span, overflow) = end.subtractingReportingOverflow(start)
      facts.video?.duration.counted = overflow ? nil : stream?.seconds(span)
    } else {
      facts.video?.duration.counted = Rational(0)
    }
  }
}

extension LibAVStream {
  /// The stream for people: `video stream 0 (h264)`.
  fileprivate var name: String {
    let kind = kind == .video ? "video" : "audio"
    return "\(kind) stream \(index) (\(codec ?? "unknown codec"))"
  }
}

extension MediaFacts {
  /// Adds a defect, unless the file is known to be cut off: then the rest follows from that.
  fileprivate mutating func report(_ kind: Defect.Kind, _ message: String) {
    guard !defects.contains(where: { $0.kind == .truncated }) else { return }
    defects.append(Defect(kind, message))
  }
}
