/// The durations that a server could reasonably use, in seconds; `nil` where the file does not say or nobody counted.
public struct Durations: Sendable, Hashable, Codable {
  /// What the container's header says (mvhd, the WAV data size, a Xing or VBRI frame count).
  public var container: Rational?
  /// What the stream presents: edit lists applied, encoder delay and padding taken away.
  public var stream: Rational?
  /// What was counted: the samples of all packets.
  public var counted: Rational?

  /// Durations, as far as they are known.
  public init(container: Rational? = nil, stream: Rational? = nil, counted: Rational? = nil) {
    self.container = container
    self.stream = stream
    self.counted = counted
  }

  /// The known durations by name, in a fixed order.
  public var known: [(name: String, seconds: Rational)] {
    [("container", container), ("stream", stream), ("counted", counted)].compactMap { name, value in
      value.map { (name, $0) }
    }
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

  /// Facts of a file in which no stream was found yet.
  public init() {
    duration = Durations()
  }
}
