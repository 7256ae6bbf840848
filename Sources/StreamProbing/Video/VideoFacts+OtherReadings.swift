import MediaFacts

extension VideoFacts {
  /// Takes over what else than the first video track, as its codec has it, a reader may take for the picture.
  ///
  /// - Parameters:
  ///   - streams: libavformat's streams of the tracks, as far as they were opened.
  ///   - scan: What decoding showed of them, if they were decoded.
  mutating func takeOtherReadings(of movie: Movie, _ streams: [LibAVStream], _ scan: PacketScan? = nil) {
    otherReadings = []
    for (number, track) in movie.tracks(.video).enumerated() {
      let stream = streams.first { $0.id == track.id && $0.kind == .video }
      let decoded = stream.flatMap { scan?.streams[$0.index].decoding }
      let isFirst = number == 0
      let ratio = stream?.sampleAspectRatio ?? decoded?.sampleAspectRatio ?? Rational(1)
      let turn = isFirst ? rotation : track.matrix.then(movie.matrix).clockwiseDegrees
      let sizes = [decoded?.size, stream.map { FrameSize(width: $0.width, height: $0.height) }, track.size]
      guard let size = sizes.compactMap(\.self).first(where: \.isKnown) else { continue }
      let duration =
        isFirst || track.samples.count < 2 ? nil : track.presentedSeconds(movieTimescale: movie.timescale)
      let name = "track \(track.id)"
      if !isFirst {
        otherReadings.append(PictureReading(name, size, ratio, turn, duration))
      }
      if track.size.isKnown, track.size != size {
        let name = isFirst ? "sample entry" : "sample entry of \(name)"
        otherReadings.append(PictureReading(name, track.size, ratio, turn, nil))
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

  /// What is displayed of frames that are stored so: samples are stretched sideways to squares, and then the picture
  /// is turned.
  func displayed(_ sampleAspectRatio: Rational, _ rotation: Int) -> FrameSize {
    let stretched = sampleAspectRatio.scaled(width)
    let onItsSide = rotation % 180 == 90
    return FrameSize(width: onItsSide ? height : stretched, height: onItsSide ? stretched : height)
  }
}

extension Rational {
  /// `length` times the fraction, rounded to the nearest whole number.
  fileprivate func scaled(_ length: Int) -> Int {
    let value = (Double(length) * doubleValue).rounded()
    return Int(exactly: value) ?? length
  }
}
