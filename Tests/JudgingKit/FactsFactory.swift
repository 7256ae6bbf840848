public import MediaFacts

/// Facts of clean media, as a probe at depth `decode` would measure them.
extension MediaFacts {
  /// A clean image.
  public static func image(
    _ width: Int = 640, _ height: Int = 360, format: MediaFormat = .png, orientation: Int = 1
  ) -> MediaFacts {
    var image = ImageFacts(width: width, height: height, color: .rgb, bitDepth: 8, coding: .baseline)
    image.orientation = orientation
    image.transparentPixels = false
    var facts = MediaFacts(format: format)
    facts.image = image
    return facts.proved([.header, .declaredEnd, .rows, .checksums])
  }

  /// Clean audio of a length in seconds under every reading.
  public static func audio(_ seconds: Rational = Rational(5), format: MediaFormat = .mp3) -> MediaFacts {
    var audio = AudioFacts()
    audio.codec = format == .wav ? "pcm_s16le" : "mp3"
    audio.sampleRate = 44100
    audio.channels = 2
    audio.duration = Durations(container: seconds, stream: seconds, counted: seconds)
    var facts = MediaFacts(format: format)
    facts.audio = audio
    return facts.proved([.header, .declaredEnd, .packets, .firstFrames, .frames])
  }

  /// A clean video of a length in seconds under every reading.
  public static func video(
    _ seconds: Rational = Rational(4), _ width: Int = 1280, _ height: Int = 720, format: MediaFormat = .mp4
  ) -> MediaFacts {
    var video = VideoFacts()
    video.brand = "isom"
    video.codec = "h264"
    video.videoTracks = 1
    (video.width, video.height) = (width, height)
    (video.displayWidth, video.displayHeight) = (width, height)
    video.frameRate = Rational(25)
    video.frames = 100
    video.moovFirst = true
    video.duration = Durations(container: seconds, stream: seconds, counted: seconds)
    var facts = MediaFacts(format: format)
    facts.video = video
    return facts.proved([.header, .declaredEnd, .sampleTables, .packets, .firstFrames, .frames])
  }

  /// Clean media of a kind.
  public static func clean(_ kind: MediaKind) -> MediaFacts {
    switch kind {
    case .image: image()
    case .audio: audio()
    case .video: video()
    }
  }

  /// Content that was named and not measured.
  public static func unmeasured(_ id: String, _ name: String, kind: MediaKind?) -> MediaFacts {
    MediaFacts(format: MediaFormat(id: id, name: name, kind: kind))
  }

  /// The facts with something changed.
  public func with(_ change: (inout MediaFacts) -> Void) -> MediaFacts {
    var facts = self
    change(&facts)
    return facts
  }

  /// The facts of an image with something changed.
  public func image(_ change: (inout ImageFacts) -> Void) -> MediaFacts {
    with { facts in
      guard var image = facts.image else { return }
      change(&image)
      facts.image = image
    }
  }

  /// The facts of audio with something changed.
  public func audio(_ change: (inout AudioFacts) -> Void) -> MediaFacts {
    with { facts in
      guard var audio = facts.audio else { return }
      change(&audio)
      facts.audio = audio
    }
  }

  /// The facts of a video with something changed.
  public func video(_ change: (inout VideoFacts) -> Void) -> MediaFacts {
    with { facts in
      guard var video = facts.video else { return }
      change(&video)
      facts.video = video
    }
  }

  /// The facts with a defect.
  public func defect(_ kind: Defect.Kind, _ message: String = "something is wrong at byte 7") -> MediaFacts {
    with { $0.defects.append(Defect(kind, message, offset: 7)) }
  }

  private func proved(_ evidence: [Evidence]) -> MediaFacts {
    with { facts in
      facts.endDeclared = true
      facts.evidence = evidence
    }
  }
}

extension Rational {
  /// The millionth part, the least step that tests take beyond an end.
  public static let millionth = Rational(1, over: 1_000_000) ?? Rational(0)

  /// The value a millionth further on.
  public func nudged(_ steps: Int64) -> Rational {
    Rational(steps, over: 1_000_000).flatMap(adding) ?? self
  }
}
