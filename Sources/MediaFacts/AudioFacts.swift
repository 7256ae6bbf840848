/// The durations that a server could reasonably use, in seconds; `nil` if the file does not state one, or it
/// was not counted.
public struct Durations: Sendable, Hashable, Codable {
  /// The duration that the container's header states (mvhd, the WAV data size, a Xing or VBRI frame count).
  public var container: Rational?
  /// The duration that the stream presents, with edit lists applied, and encoder delay and padding removed.
  public var stream: Rational?
  /// The counted duration: the samples of all packets.
  public var counted: Rational?
  /// Further durations that the file states, including 0, if they differ from those above. A reader could use
  /// one of them. So each may cast doubt on the asset, and none excuses a defect.
  public var others: [DurationReading]

  /// Durations, as far as they are known.
  public init(
    container: Rational? = nil, stream: Rational? = nil, counted: Rational? = nil,
    others: [DurationReading] = []
  ) {
    self.container = container
    self.stream = stream
    self.counted = counted
    self.others = others
  }

  /// Adds a stated duration as a further reading, unless it equals one that is known.
  package mutating func addReading(_ name: String, _ seconds: Rational?) {
    guard let seconds, !known.contains(where: { $0.seconds == seconds }),
      !others.contains(where: { $0.seconds == seconds })
    else { return }
    others.append(DurationReading(name: name, seconds: seconds))
  }

  /// The known durations by name, in a fixed order.
  public var known: [(name: String, seconds: Rational)] {
    [("container", container), ("stream", stream), ("counted", counted)].compactMap { name, value in
      value.map { (name, $0) }
    }
  }
}

/// A duration that a file states at one place.
public struct DurationReading: Sendable, Hashable, Codable {
  /// Where it is stated, for people and reports: `media header`, `fact chunk`, `segment index`.
  public var name: String
  /// The duration in seconds.
  public var seconds: Rational

  /// A reading.
  package init(name: String, seconds: Rational) {
    self.name = name
    self.seconds = seconds
  }
}

/// What was measured of an audio file.
public struct AudioFacts: Sendable, Hashable, Codable {
  /// FFmpeg's name of the codec (`mp3`, `pcm_s16le`, `adpcm_ms`); `nil` if there is no audio stream.
  public var codec: String?
  /// Samples per second and channel.
  public var sampleRate: Int?
  /// Channels.
  public var channels: Int?
  /// The durations, each exact.
  public var duration: Durations
  /// The files that are joined into this one, in order, if there are several. Most readers play only the
  /// first.
  public var joined: [JoinedAudio]

  /// Facts of a file in which no stream was found yet.
  public init() {
    duration = Durations()
    joined = []
  }
}

/// One of several whole files that are joined into one.
public struct JoinedAudio: Sendable, Hashable, Codable {
  /// Where it begins, in bytes from the start of the file.
  public var offset: Int64
  /// Its length in bytes.
  public var bytes: Int64
  /// The duration that it plays, in seconds; `nil` if its format does not state it.
  public var seconds: Rational?

  /// A part of a file.
  package init(offset: Int64, bytes: Int64, seconds: Rational?) {
    self.offset = offset
    self.bytes = bytes
    self.seconds = seconds
  }
}
