import MediaFacts

extension AssetResult {
  /// A gauge for each limit of `limits` that applies to the asset's facts, in the order of the documentation.
  ///
  /// The readings are those that the rules use. An asset of another kind than its role requires has only the gauge of the
  /// formats, and an asset without facts has none.
  package func gauges(_ limits: Limits) -> [LimitGauge] {
    guard let kind = role?.kind ?? facts?.format?.kind else { return [] }
    var gauges = [facts?.format.flatMap { LimitGauge.format($0, limits.limit(.formats, of: kind, in: role)) }]
    if let facts, facts.format?.kind == kind {
      switch kind {
      case .image: gauges += facts.image.map { LimitGauge.image($0, limits, role) } ?? []
      case .audio:
        gauges += [facts.audio.flatMap { LimitGauge.length($0.duration, limits[.audio, .duration]) }]
      case .video: gauges += facts.video.map { LimitGauge.video($0, limits) } ?? []
      }
    }
    gauges.append(size.flatMap { LimitGauge.size($0, limits.limit(.size, of: kind, in: role)) })
    return gauges.compactMap(\.self)
  }
}

extension LimitGauge {
  fileprivate static func format(_ format: MediaFormat, _ limit: Limit) -> LimitGauge? {
    let mark = Mark(names: [], text: format.name, values: [], inside: limit.allowed.contains(format.id))
    return LimitGauge(limit, "format", marks: [mark])
  }

  fileprivate static func image(_ image: ImageFacts, _ limits: Limits, _ role: Role?) -> [LimitGauge?] {
    let frame = FrameSize(
      stored: (image.width, image.height), displayed: (image.displayWidth, image.displayHeight))
    return [
      sides(frame, limits.limit(.side, of: .image, in: role)),
      ratio(frame, limits.limit(.aspectRatio, of: .image, in: role)),
    ]
  }

  fileprivate static func video(_ video: VideoFacts, _ limits: Limits) -> [LimitGauge?] {
    let frame = video.everyFrameSize
    return [
      frame.flatMap { sides($0, limits[.video, .side]) },
      frame.flatMap { ratio($0, limits[.video, .aspectRatio]) },
      video.videoTracks > 0
        ? length(video.duration, limits[.video, .duration], others: video.otherDurations) : nil,
    ]
  }

  private static func sides(_ frame: FrameSize, _ limit: Limit) -> LimitGauge? {
    LimitGauge(
      limit, "width and height",
      marks: frame.readings(limit).compactMap { reading in
        guard let (width, height) = reading.size else { return nil }
        return Mark(
          names: [reading.name], text: "\(width)x\(height) px", values: [Rational(width), Rational(height)],
          inside: reading.inside)
      })
  }

  private static func ratio(_ frame: FrameSize, _ limit: Limit) -> LimitGauge? {
    LimitGauge(
      limit, "width to height",
      marks: frame.ratioReadings(limit).compactMap { reading in
        guard let (width, height) = reading.size, let ratio = Rational(width, over: height) else {
          return nil
        }
        let size = (Int(clamping: width), Int(clamping: height))
        return Mark(
          names: [reading.name], text: FrameSize(stored: size, displayed: size).ratioText(near: limit),
          values: [ratio], inside: reading.inside)
      })
  }

  fileprivate static func length(
    _ durations: Durations, _ limit: Limit, others: [(name: String, seconds: Rational)] = []
  ) -> LimitGauge? {
    LimitGauge(
      limit, "length",
      marks: (durations.known + durations.others.map { ($0.name, $0.seconds) } + others).map {
        name, seconds in
        Mark(
          names: [name], text: "\(Seconds.text(seconds, near: limit.minimum, limit.maximum)) s",
          values: [seconds],
          inside: limit.contains(seconds))
      })
  }

  fileprivate static func size(_ size: ByteSize, _ limit: Limit) -> LimitGauge? {
    guard let most = limit.maximum else { return nil }
    let prefix = if case .atLeast = size { "at least " } else { "" }
    return LimitGauge(
      limit, "size",
      marks: Megabyte.allCases.map { megabyte in
        let value = Rational(size.known, over: megabyte.bytes(Rational(1)))
        return Mark(
          names: [megabyte.name], text: "\(prefix)\(size.known) bytes", values: value.map { [$0] } ?? [],
          inside: size.known <= megabyte.bytes(most))
      })
  }
}

extension Reading {
  /// Width and height, if those were measured.
  fileprivate var size: (width: Int64, height: Int64)? {
    guard case .integer(let width)? = actual["width"], case .integer(let height)? = actual["height"] else {
      return nil
    }
    return (width, height)
  }
}
