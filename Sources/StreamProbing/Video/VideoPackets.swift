import MediaFacts
import MediaReading

/// Judges a movie by reading every packet, and decoding some or all of them.
struct VideoPackets {
  let movie: Movie
  /// The first video track, and libavformat's stream for it.
  let video: Track?
  var stream: LibAVStream?
  let depth: Depth
  let wantsPreview: Bool

  private var encrypted: Set<UInt32> { Set(movie.tracks.filter(\.encrypted).map(\.id)) }

  /// Reads every packet, and decodes as much as the depth requires.
  func scan(_ session: LibAVSession, _ facts: MediaFacts) throws(ProbeStop) -> PacketScan {
    let encrypted = encrypted
    let quarterTurns = (facts.video?.rotation ?? 0) / 90
    let poster = wantsPreview ? stream.map { Poster(stream: $0.index, quarterTurns: quarterTurns) } : nil
    return try session.readPackets(decoding: depth == .decode ? .everyFrame : .firstFrames, poster: poster) {
      encrypted.contains($0.id)
    }
  }

  /// Judges the result of reading.
  func judge(_ scan: PacketScan, _ session: LibAVSession, _ facts: inout MediaFacts) {
    let media = session.streams.filter { $0.kind != .other && !$0.attachedPicture }
    judgePackets(scan, media, &facts)
    let decoded = media.filter { !$0.encrypted && !encrypted.contains($0.id) }
    judgeFrames(scan, decoded, all: decoded.count == media.count, &facts)
    if let stream {
      takeFrames(scan.streams[stream.index], &facts)
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
      // Demuxers read many audio samples at a time, so only video packets can be compared with the tables.
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
      facts.report(.undecodable, "FFmpeg finds no frames or audio in track \(track.id)")
    }
    if complete { facts.examined(.packets) }
  }

  private func judgeFrames(
    _ scan: PacketScan, _ decoded: [LibAVStream], all: Bool, _ facts: inout MediaFacts
  ) {
    var (first, every) = (all, all && depth == .decode)
    // If one audio track decodes, no reader needs another.
    let understood = decoded.first { stream in
      let tally = scan.streams[stream.index].decoding
      return stream.kind == .audio && tally.frames > 0 && !tally.unsupported
    }
    facts.video?.audioTrackID = understood?.id
    for stream in decoded {
      let packets = scan.streams[stream.index].packets
      let samples = max(packets, movie.sampleCount(of: stream))
      let tally = scan.streams[stream.index].decoding
      if stream.kind == .audio, tally.unsupported, understood != nil {
        facts.report(
          .irregular,
          "the audio of track \(stream.id) (\(codec(of: stream))) cannot be decoded here; few readers understand it"
        )
        continue
      }
      if tally.frames == 0, samples > 0 { first = false }
      if stream.kind == .video, tally.frames < samples { every = false }
      // A missing decoder was already reported with the packets.
      guard packets > 0 else { continue }
      if tally.unsupported {
        first = false
        let kind = stream.kind == .video ? "video" : "audio"
        facts.report(
          .undecodable, "the \(kind) of track \(stream.id) (\(codec(of: stream))) cannot be decoded here")
      } else if let error = tally.firstError {
        let others = tally.errors > 1 ? ", nor do \(tally.errors - 1) more" : ""
        facts.report(
          .corrupt,
          "packet \(tally.firstErrorPacket) of \(stream.name) does not decode (\(error.message))\(others)")
      } else if tally.frames == 0 {
        facts.report(.corrupt, "\(stream.name) does not decode to a single frame")
      } else if depth == .decode, stream.kind == .video, tally.frames < packets {
        // Two samples with one field each make one frame. Frames that refer to frames before the first one
        // give no output. Neither is damage, but those frames were not seen.
        facts.report(
          tally.frames < packets / 2 ? .corrupt : .undecodable,
          "only \(tally.frames) of \(packets) samples of \(stream.name) decode to a frame")
      }
    }
    if first { facts.examined(.firstFrames) }
    if first, every { facts.examined(.frames) }
  }

  /// Takes over the number of frames, and the size that the codec's own headers state.
  private func takeFrames(_ tally: PacketTally, _ facts: inout MediaFacts) {
    facts.video?.frames = tally.packets
    guard let size = tally.decoding.size else { return }
    if let ratio = tally.decoding.sampleAspectRatio, stream?.sampleAspectRatio == nil {
      facts.video?.sampleAspectRatio = ratio
    }
    facts.video?.take(size)
  }

  /// FFmpeg's name of the codec, or the four characters that the file uses for it.
  private func codec(of stream: LibAVStream) -> String {
    stream.codec ?? movie.track(of: stream)?.codec ?? "unknown codec"
  }
}

extension LibAVStream {
  /// The stream's name for people: `video stream 0 (h264)`.
  fileprivate var name: String {
    let kind = kind == .video ? "video" : "audio"
    return "\(kind) stream \(index) (\(codec ?? "unknown codec"))"
  }
}

extension MediaFacts {
  /// Adds a defect, unless the file is known to be truncated, since the truncation explains further defects.
  fileprivate mutating func report(_ kind: Defect.Kind, _ message: String) {
    guard !defects.contains(where: { $0.kind == .truncated }) else { return }
    defects.append(Defect(kind, message))
  }
}
