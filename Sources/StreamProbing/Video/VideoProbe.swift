import MediaFacts
import MediaReading

/// Measures MP4 and MOV files.
///
/// Our own code walks the boxes first, so libavformat opens a file only if its tables are within the budget.
enum VideoProbe {
  static func measure(
    _ reader: MeteredReader, _ depth: Depth, preview: Bool = false, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    let movie = try walk(reader, &facts)
    guard facts.canBeOpened(movie) else { return }
    try measureStreams(of: movie, reader, depth, preview: preview, &facts)
  }

  /// The facts from the boxes, before libavformat reads the file.
  static func walk(_ reader: MeteredReader, _ facts: inout MediaFacts) throws(ProbeStop) -> Movie {
    facts.video = VideoFacts()
    facts.endDeclared = false
    var parser = try MovieParser(reader)
    do throws(ProbeStop) {
      try parser.parse()
    } catch {
      facts.take(parser.movie)
      throw error
    }
    facts.take(parser.movie)
    return parser.movie
  }

  private static func measureStreams(
    of movie: Movie, _ reader: MeteredReader, _ depth: Depth, preview: Bool, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    try movie.boundEdits(reader)
    let video = movie.tracks(.video).first
    // The codec's own headers are in the samples. So at depth header, samples are read only if no box states
    // a size.
    let sizeless = movie.tracks(.video).contains { $0.size.width == 0 || $0.size.height == 0 }
    let readsPackets = depth > .header || sizeless
    guard
      let session = try open(
        reader, movie, findStreamInfo: readsPackets, everySample: false, &facts)
    else { return }
    facts.examined(.header)
    let stream = video.flatMap { track in session.streams.first { $0.id == track.id && $0.kind == .video } }
    if let stream { facts.video?.take(stream, withSize: readsPackets) }
    let reported = ReportedDurations(session, stream, movie)
    facts.video?.takeDurations(of: movie, reported)
    facts.video?.takeOtherReadings(of: movie, readsPackets ? session.streams : [])
    facts.video?.addReadings(of: movie, session.streams)
    facts.defects += movie.differences(from: session.streams)
    guard depth > .header else { return }
    // Only packets that were read are counted from here on.
    facts.video?.duration.counted = nil
    var packets = VideoPackets(
      movie: movie, video: video, stream: stream, depth: depth, wantsPreview: preview)
    let shown = try packets.scan(session, facts)
    var stored = shown
    if !movie.readsEverySample(session.streams, shown) {
      // Samples that an edit list hides are also read and checked, because some readers show them.
      guard
        let whole = try open(reader, movie, findStreamInfo: true, everySample: true, &facts)
      else { return }
      packets.stream = video.flatMap { track in whole.streams.first { $0.id == track.id && $0.kind == .video }
      }
      stored = try packets.scan(whole, facts)
      packets.judge(stored, whole, &facts)
    } else {
      packets.judge(shown, session, &facts)
    }
    if let stream, video?.samples.filled ?? 0 > 0, shown.streams[stream.index].played.start == nil {
      facts.defects.append(Defect(.irregular, "the edit list shows no frame, and FFmpeg plays none"))
    }
    let played = stream.flatMap { shown.streams[$0.index].played.seconds(of: $0, video) }
    facts.video?.takeDurations(of: movie, reported, played ?? (Rational(0), Rational(0)))
    if let stream = packets.stream,
      let every = stored.streams[stream.index].played.seconds(of: stream, video)
    {
      facts.video?.duration.addReading("played without edits", every.end.subtracting(every.start))
    }
    facts.video?.addReadings(of: movie, session.streams, shown)
  }

  /// Opens the file in libavformat; `nil` if that fails, which is recorded in `facts`.
  private static func open(
    _ reader: MeteredReader, _ movie: Movie, findStreamInfo: Bool, everySample: Bool,
    _ facts: inout MediaFacts
  ) throws(ProbeStop) -> LibAVSession? {
    switch try LibAVSession.open(
      reader, demuxer: .mov, findStreamInfo: findStreamInfo, everySample: everySample)
    {
    case .success(let session):
      return session
    case .failure(let failure):
      // libavformat may refuse a file because it is truncated.
      guard !movie.truncated else { return nil }
      facts.defects.append(
        Defect(
          failure.isUnsupported ? .undecodable : .corrupt, "FFmpeg cannot open the file: \(failure.message)"))
      return nil
    }
  }
}

extension MediaFacts {
  /// Copies the facts from the boxes.
  fileprivate mutating func take(_ movie: Movie) {
    var video = VideoFacts()
    video.brand = movie.brand
    video.fragmented = movie.fragmented
    video.moovFirst = movie.moov.map { moov in movie.firstMedia.map { moov < $0 } ?? true }
    video.videoTracks = movie.tracks(.video).count
    video.hasAudio = !movie.tracks(.audio).isEmpty
    video.encrypted = (movie.tracks(.video) + movie.tracks(.audio)).contains { $0.encrypted }
    if let track = movie.tracks(.video).first { video.take(track, of: movie) }
    video.takeDurations(of: movie, nil)
    video.takeOtherReadings(of: movie, [])
    video.addReadings(of: movie, [])
    self.video = video
    let emptySamples = movie.emptySamples
    defects += movie.defects + emptySamples
    guard movie.readTables else { return }
    endDeclared = movie.moov != nil && (!movie.fragmented || movie.fragmentsIndexed)
    guard movie.moov != nil, !movie.truncated, !movie.corrupt,
      !emptySamples.contains(where: { $0.kind == .corrupt })
    else { return }
    examined(.sampleTables)
    if endDeclared == true { examined(.declaredEnd) }
  }

  /// Whether libavformat may open the file; if not, the reason is recorded.
  fileprivate mutating func canBeOpened(_ movie: Movie) -> Bool {
    guard movie.moov != nil else {
      reportMissingMovie(movie)
      return false
    }
    if movie.compressed {
      defects.append(Defect(.undecodable, "the moov box is compressed", offset: movie.moov))
    }
    return !movie.compressed && !movie.corrupt && movie.timescale != nil
      && !movie.tracks.isEmpty
  }

  private mutating func reportMissingMovie(_ movie: Movie) {
    guard !movie.corrupt, !movie.truncated else { return }
    if movie.fragmented {
      defects.append(
        Defect(.corrupt, "moov is missing: this is a segment without its initialization segment"))
    } else if movie.firstMedia != nil {
      defects.append(
        Defect(.truncated, "moov is missing: the recording was never finished, or the file was cut"))
    } else {
      defects.append(Defect(.truncated, "moov is missing: nothing describes any media"))
    }
  }
}

extension VideoFacts {
  /// Copies the facts of the first video track from its boxes.
  fileprivate mutating func take(_ track: Track, of movie: Movie) {
    trackID = track.id
    rotation = track.matrix.then(movie.matrix).clockwiseDegrees
    frames = track.samples.count
    frameRate = track.framesPerSecond
    if track.size.width > 0, track.size.height > 0 { take(track.size) }
  }

  /// Copies the facts of the first video stream from libavformat.
  ///
  /// - Parameter withSize: Whether libavformat's size is based on more than the last sample entry.
  fileprivate mutating func take(_ stream: LibAVStream, withSize: Bool) {
    codec = stream.codec
    if let ratio = stream.sampleAspectRatio { sampleAspectRatio = ratio }
    if frameRate == nil { frameRate = stream.frameRate }
    if let width, let height, !withSize {
      take(FrameSize(width: width, height: height))
    } else if stream.width > 0, stream.height > 0 {
      take(FrameSize(width: stream.width, height: stream.height))
    }
  }

  /// Uses `size` as the stored size, and computes the displayed size from it.
  mutating func take(_ size: FrameSize) {
    let displayed = size.displayed(sampleAspectRatio, rotation)
    (width, height) = (size.width, size.height)
    (displayWidth, displayHeight) = (displayed.width, displayed.height)
  }
}

extension Track {
  /// Frames a second on average; `nil` if the samples have no duration.
  fileprivate var framesPerSecond: Rational? {
    guard let timescale, timescale > 0, samples.duration > 0 else { return nil }
    let (ticks, overflow) = Int64(samples.count).multipliedReportingOverflow(by: timescale)
    return overflow ? nil : Rational(ticks, over: samples.duration)
  }
}
