import CFFmpeg
import MediaFacts

/// The durations that libavformat reports for the movie and for the stream that counts as the video.
struct ReportedDurations: Sendable {
  var movie: Rational?
  var stream: Rational?

  /// - Parameter movie: Holds exact durations, which libavformat reports in whole microseconds.
  init(_ session: LibAVSession, _ stream: LibAVStream?, _ movie: Movie) {
    self.stream = stream?.reportedSeconds
    let exact = [movie.seconds(movie.duration)] + session.streams.map(\.reportedSeconds)
    // A value below 0 means a header that does not fit.
    self.movie = session.duration.flatMap { microseconds in
      guard microseconds >= 0 else { return nil }
      return exact.compactMap(\.self).first { abs($0.doubleValue * 1e6 - Double(microseconds)) < 1 }
        ?? Rational(microseconds, over: wan_av_time_base)
    }
  }
}

extension VideoFacts {
  /// Records every duration that a reader may use for the video.
  ///
  /// The durations that libavformat reports and plays decide. The durations in headers can only cast doubt on
  /// them.
  /// - Parameters:
  ///   - reported: The durations from libavformat; `nil` if it did not open the file. Then those in the boxes
  ///     are used.
  ///   - played: When the packets of the video are shown; `nil` if they were not read.
  mutating func takeDurations(
    of movie: Movie, _ reported: ReportedDurations?, _ played: (start: Rational, end: Rational)? = nil
  ) {
    let track = movie.tracks(.video).first
    let presented = track?.presentedSeconds(movieTimescale: movie.timescale)
    let header = movie.stated(movie.seconds(movie.duration))
    duration = Durations()
    duration.container = reported == nil ? movie.seconds(movie.fragmentDuration) ?? header : reported?.movie
    duration.stream = reported == nil ? presented : reported?.stream ?? presented
    // Until packets are read, the samples in the tables are used instead.
    duration.counted = played == nil ? presented : played.flatMap { $0.end.subtracting($0.start) }
    duration.addReading("presented", presented)
    duration.addReading("movie header", header)
    duration.addReading("fragments header", movie.seconds(movie.fragmentDuration))
    duration.addReading("segment index", movie.indexed)
    if let track {
      duration.addReading("track header", movie.stated(movie.seconds(track.duration)))
      duration.addReading("media header", movie.stated(track.mediaDuration.flatMap(track.seconds)))
      duration.addReading("samples", track.mediaSeconds)
      if !track.edits.isEmpty {
        duration.addReading("without edits", track.samples.presentedSpan.flatMap(track.seconds))
      }
      duration.addReading("edit list", movie.stated(track.editedSeconds(movie.timescale)))
      duration.addReading(
        "whole edit list", movie.stated(track.editedSeconds(movie.timescale, uncounted: true)))
    }
    for reading in movie.statedElsewhere { duration.addReading(reading.name, reading.seconds) }
    if let played, played.start > Rational(0) { duration.addReading("last frame shown until", played.end) }
  }

  /// Adds the duration of every track except the first video track. Readers that differ use the longest
  /// track's duration for the movie, so a shorter one is not a reading.
  mutating func addReadings(of movie: Movie, _ streams: [LibAVStream], _ scan: PacketScan? = nil) {
    let first = movie.tracks(.video).first
    guard let own = duration.counted ?? duration.stream ?? duration.container else { return }
    let pictures = otherReadings.map(\.duration)
    for track in movie.tracks where track.id != first?.id || track.samples.count == 0 {
      let stream = streams.first { $0.id == track.id }
      let played = stream.flatMap { stream in scan?.streams[stream.index].played.seconds(of: stream, track) }
      let lengths = [
        (
          "track \(track.id)",
          stream?.reportedSeconds ?? track.presentedSeconds(movieTimescale: movie.timescale)
        ),
        ("track \(track.id), played", played.flatMap { $0.end.subtracting($0.start) }),
        ("track header \(track.id)", movie.stated(movie.seconds(track.duration))),
        ("media header \(track.id)", track.mediaSecondsBeyondPadding),
      ]
      for (name, seconds) in lengths where (seconds ?? own) > own && !pictures.contains(seconds) {
        duration.addReading(name, seconds)
      }
    }
  }
}

extension Track {
  /// The media header's duration, if the edit list and an audio encoder's delay and padding do not explain
  /// the difference.
  fileprivate var mediaSecondsBeyondPadding: Rational? {
    guard let stated = mediaDuration.flatMap(seconds) else { return nil }
    guard let media = mediaSeconds, kind == .audio else { return stated }
    return stated.doubleValue - media.doubleValue > Self.longestPadding ? stated : nil
  }

  private static let longestPadding = 0.25
}

extension PlayedTime {
  /// When the packets are shown, in seconds.
  ///
  /// - Parameter track: The track whose sample table states the duration of the last packet.
  func seconds(of stream: LibAVStream, _ track: Track?) -> (start: Rational, end: Rational)? {
    let last = track.flatMap { track in
      track.samples.lastDuration > 0 && packets == track.samples.filled ? track.samples.lastDuration : nil
    }
    guard let start = start.flatMap(stream.seconds), let end = end(lastDuration: last).flatMap(stream.seconds)
    else {
      return nil
    }
    return (start, end)
  }
}

extension LibAVStream {
  /// The duration that libavformat reports of the stream.
  var reportedSeconds: Rational? { duration.flatMap(seconds) }
}
