import MediaFacts
import MediaReading

/// Measures MP4 and MOV files.
///
/// Boxes are walked here first, so that libavformat only ever opens a file whose tables are within the budget.
enum VideoProbe {
  static func measure(
    _ reader: MeteredReader, _ depth: Depth, preview: Bool = false, _ facts: inout MediaFacts
  ) throws(ProbeStop) {
    let movie = try walk(reader, &facts)
    guard facts.canBeOpened(movie) else { return }
    try measureStreams(of: movie, reader, depth, preview: preview, &facts)
  }

  /// What the boxes say, before libavformat sees any of them.
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
    let video = movie.tracks(.video).first
    // The codec's own headers lie among the samples, so at depth header only a file whose boxes state no size is
    // read that far.
    let sizeless = movie.tracks(.video).contains { $0.size.width == 0 || $0.size.height == 0 }
    let session: LibAVSession
    switch try LibAVSession.open(reader, demuxer: .mov, findStreamInfo: depth > .header || sizeless) {
    case .success(let opened):
      session = opened
    case .failure(let failure):
      // A file that is cut off may well be refused for that.
      guard !movie.truncated else { return }
      facts.defects.append(Defect(.corrupt, "FFmpeg cannot open the file: \(failure.message)"))
      return
    }
    facts.examined(.header)
    let stream = video.flatMap { track in session.streams.first { $0.id == track.id && $0.kind == .video } }
    if let stream { facts.video?.take(stream) }
    facts.video?.takeOtherReadings(of: movie, session.streams)
    guard depth > .header else { return }
    // Only packets that were read are counted from here on.
    facts.video?.duration.counted = nil
    let packets = VideoPackets(
      movie: movie, video: video, stream: stream, depth: depth, wantsPreview: preview)
    try packets.read(session, &facts)
  }
}

extension MediaFacts {
  /// Takes over what the boxes say.
  fileprivate mutating func take(_ movie: Movie) {
    var video = VideoFacts()
    video.brand = movie.brand
    video.fragmented = movie.fragmented
    video.moovFirst = movie.moov.map { moov in movie.firstMedia.map { moov < $0 } ?? true }
    video.videoTracks = movie.tracks(.video).count
    video.hasAudio = !movie.tracks(.audio).isEmpty
    video.encrypted = (movie.tracks(.video) + movie.tracks(.audio)).contains { $0.encrypted }
    video.duration.container = movie.declaredDuration
    if let track = movie.tracks(.video).first { video.take(track, of: movie) }
    video.takeOtherReadings(of: movie, [])
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

  /// Whether libavformat can be shown the file; says why not.
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
    guard movie.defects.isEmpty else { return }
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
  /// Takes over what the boxes say of the first video track.
  fileprivate mutating func take(_ track: Track, of movie: Movie) {
    rotation = track.matrix.then(movie.matrix).clockwiseDegrees
    duration.stream = track.presentedSeconds(movieTimescale: movie.timescale)
    // Fragments list their samples one by one, and all were walked.
    if movie.fragmented { duration.counted = track.mediaSeconds }
    frames = track.samples.count
    frameRate = track.framesPerSecond
    if track.size.width > 0, track.size.height > 0 { take(track.size) }
  }

  /// Takes over what libavformat says of the first video stream.
  fileprivate mutating func take(_ stream: LibAVStream) {
    codec = stream.codec
    if let ratio = stream.sampleAspectRatio { sampleAspectRatio = ratio }
    if frameRate == nil { frameRate = stream.frameRate }
    if stream.width > 0, stream.height > 0 {
      take(FrameSize(width: stream.width, height: stream.height))
    }
  }

  /// Takes `size` as the stored one, and computes from it what is displayed.
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
