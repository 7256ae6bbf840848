import MediaFacts

extension VideoFacts {
  /// Records what a reader may show instead of the first video track at its codec's size: further tracks,
  /// with or without samples, further sample entries, and sizes that the codec's own headers state later.
  ///
  /// - Parameters:
  ///   - streams: libavformat's streams of the tracks, if they were opened.
  ///   - scan: The result of reading and decoding them, if they were read.
  mutating func takeOtherReadings(of movie: Movie, _ streams: [LibAVStream], _ scan: PacketScan? = nil) {
    otherReadings = []
    let first = movie.tracks(.video).first
    for track in movie.tracks where track.kind == .video {
      let stream = streams.first { $0.id == track.id && $0.kind == .video }
      let tally = stream.flatMap { scan?.streams[$0.index] }
      let isFirst = track.id == first?.id && track.samples.count > 0
      let ratio = stream?.sampleAspectRatio ?? tally?.decoding.sampleAspectRatio ?? Rational(1)
      let turn = isFirst ? rotation : track.matrix.then(movie.matrix).clockwiseDegrees
      let sizes = [
        tally?.decoding.size, stream.map { FrameSize(width: $0.width, height: $0.height) }, track.size,
      ]
      guard let size = sizes.compactMap(\.self).first(where: \.isKnown) else { continue }
      let duration =
        isFirst || track.samples.count < 2
        ? nil : stream?.reportedSeconds ?? track.presentedSeconds(movieTimescale: movie.timescale)
      let name = "track \(track.id)"
      if !isFirst {
        otherReadings.append(PictureReading(name, size, ratio, turn, duration))
      }
      let suffix = isFirst ? "" : " of \(name)"
      var known: Set = [size]
      for (index, entry) in track.entries.enumerated()
      where entry.size.isKnown && known.insert(entry.size).inserted {
        let number = track.entries.count > 1 ? " \(index + 1)" : ""
        otherReadings.append(PictureReading("sample entry\(number)\(suffix)", entry.size, ratio, turn, nil))
      }
      let stated = (tally?.statedSizes ?? []).union(tally?.decoding.otherSizes ?? [])
      for size in stated.sorted(by: FrameSize.isSmaller) where known.insert(size).inserted {
        otherReadings.append(PictureReading("later frames\(suffix)", size, ratio, turn, nil))
      }
    }
  }
}

extension PictureReading {
  fileprivate init(
    _ name: String, _ size: FrameSize, _ ratio: Rational, _ degrees: Int, _ duration: Rational?
  ) {
    self.init(name: name, width: size.width, height: size.height, duration: duration)
    let displayed = size.displayed(ratio, degrees)
    (displayWidth, displayHeight) = (displayed.width, displayed.height)
  }
}

extension FrameSize {
  fileprivate var isKnown: Bool { width > 0 && height > 0 }

  fileprivate static func isSmaller(_ one: FrameSize, _ other: FrameSize) -> Bool {
    (one.width, one.height) < (other.width, other.height)
  }

  /// The displayed size of frames with this stored size. Samples are first stretched horizontally to squares,
  /// and then the frame is rotated.
  func displayed(_ sampleAspectRatio: Rational, _ rotation: Int) -> FrameSize {
    let stretched = sampleAspectRatio.scaled(width)
    let onItsSide = rotation % 180 == 90
    return FrameSize(width: onItsSide ? height : stretched, height: onItsSide ? stretched : height)
  }
}

extension Rational {
  /// `length` times the fraction, rounded to the nearest whole number in the range of a side.
  fileprivate func scaled(_ length: Int) -> Int {
    let value = (Double(length) * doubleValue).rounded()
    return Int(min(max(value, 0), Double(Int32.max)))
  }
}
