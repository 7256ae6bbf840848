import MediaFacts
import MediaReading

/// Compares our own walk of the boxes with libavformat's reading of them.
extension Movie {
  /// The defects of video and audio streams that libavformat finds, and the boxes do not have or have as another
  /// kind.
  ///
  /// Tracks that libavformat does not find are reported where packets are judged.
  func differences(from streams: [LibAVStream]) -> [Defect] {
    var defects: [Defect] = []
    for stream in streams where stream.kind != .other && !stream.attachedPicture {
      guard let track = track(of: stream) else {
        defects.append(
          Defect(
            .irregular,
            "FFmpeg finds a track \(stream.id) (\(stream.codec ?? "unknown codec")) that other readers do not"
          ))
        continue
      }
      if let codec = stream.codec, let entry = track.codec, !track.hasKnownEntry, !track.encrypted {
        defects.append(
          Defect(
            .irregular,
            "the sample entry '\(entry)' of track \(track.id) is \(codec) for FFmpeg, and unknown to other readers"
          ))
      }
      if let codec = stream.codec, let entry = track.entryCodec, entry != codec {
        defects.append(
          Defect(
            .irregular,
            "the sample entry '\(track.codec ?? "")' of track \(track.id) means \(entry), and FFmpeg finds \(codec)"
          ))
      }
      if track.kind != stream.streamKind {
        defects.append(
          Defect(
            .irregular,
            "track \(track.id) is \(stream.streamKind.name) for FFmpeg, and \(track.kind.name) for other readers"
          ))
      }
    }
    return defects
  }

  /// Whether the packets of `scan` are all samples of video, so no edit list hides or repeats any.
  func readsEverySample(_ streams: [LibAVStream], _ scan: PacketScan) -> Bool {
    guard tracks.contains(where: { !$0.edits.isEmpty }) else { return true }
    return streams.allSatisfy { stream in
      guard stream.kind != .other, !stream.attachedPicture, let track = track(of: stream) else { return true }
      let packets = scan.streams[stream.index].packets
      // Demuxers read many samples of uncompressed audio at a time, and read all of them or those in the
      // edits.
      if track.kind == .audio, track.isPlain { return track.edits.count <= 1 && packets > 0 }
      return packets == track.samples.filled
    }
  }

  /// Stops if libavformat would copy more samples for the edits than a probe may count. libavformat lists the
  /// samples of every edit again.
  func boundEdits(_ reader: MeteredReader) throws(ProbeStop) {
    for track in tracks where track.edits.count > 1 {
      let (listed, overflow) = track.samples.count.multipliedReportingOverflow(by: track.edits.count)
      if overflow || listed > Self.mostListed {
        throw reader.exceeded(
          "\(track.edits.count) edits of \(track.samples.count) samples are more than may be followed")
      }
    }
  }

  private static let mostListed = 4_000_000
}

extension LibAVStream {
  /// The stream's kind as a kind of the walk.
  fileprivate var streamKind: Track.Kind {
    switch kind {
    case .video: .video
    case .audio: .audio
    case .other: .other
    }
  }
}
