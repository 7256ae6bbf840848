import MediaFacts

/// What is true of the facts of any bytes.
struct FactPromises {
  let facts: MediaFacts
  let depth: Depth

  /// Whether nothing was found wrong with, or missing from, media that were measured.
  var isClean: Bool {
    let counts: Set<Defect.Kind> = [.truncated, .corrupt, .limit, .undecodable]
    return facts.evidence.contains(.header) && !facts.defects.contains { counts.contains($0.kind) }
  }

  /// Whether the file has no defects, and ends where it declares its end.
  var endsWhereDeclared: Bool {
    let passedOver: Set<Defect.Kind> = [.trailingData, .irregular, .cutEnd]
    return isClean && facts.endDeclared == true && !facts.defects.contains { passedOver.contains($0.kind) }
  }

  /// Whether the probe came to its end without a bound in its way.
  var isComplete: Bool { !facts.defects.contains { $0.kind == .limit } }

  func check() throws(BrokenPromise) {
    let measured = [facts.image != nil, facts.audio != nil, facts.video != nil].count { $0 }
    try demand(measured <= 1, "measured as more than one kind of media")
    try demand(measured == 0 || facts.format != nil, "measured without a format")
    try demand(measured == 0 || facts.endDeclared != nil || !isClean, "measured, and no fact about its end")
    try demand(Set(facts.evidence).count == facts.evidence.count, "evidence twice")
    if depth == .header {
      let deeper: Set<Evidence> = [.rows, .checksums, .packets, .firstFrames, .frames]
      try demand(deeper.isDisjoint(with: facts.evidence), "deeper evidence than was requested")
    }
    if facts.evidence.contains(.declaredEnd) {
      try demand(facts.endDeclared == true, "the declared end was seen, and none is declared")
    }
    try demand(facts.pageTitle?.unicodeScalars.count ?? 0 <= 256, "a page title beyond its bound")
    for defect in facts.defects { try check(defect) }
    if let image = facts.image { try check(image) }
    if let audio = facts.audio { try check(audio) }
    if let video = facts.video { try check(video) }
  }

  private func check(_ defect: Defect) throws(BrokenPromise) {
    try demand(!defect.message.isEmpty && defect.message.isFitToShow, "a defect without words: \(defect)")
    try demand(defect.offset ?? 0 >= 0 && defect.bytes ?? 0 >= 0, "a defect at a negative place: \(defect)")
  }

  private func check(_ image: ImageFacts) throws(BrokenPromise) {
    try demand(image.width > 0 && image.height > 0, "an image of \(image.width)x\(image.height)")
    try demand((1...8).contains(image.orientation), "orientation \(image.orientation)")
    try demand(image.frames > 0, "\(image.frames) frames")
    try demand((1...32).contains(image.bitDepth), "\(image.bitDepth) bits a channel")
  }

  private func check(_ audio: AudioFacts) throws(BrokenPromise) {
    try demand(audio.sampleRate ?? 1 > 0, "a sample rate of \(audio.sampleRate ?? 0)")
    try demand(audio.channels ?? 1 > 0, "\(audio.channels ?? 0) channels")
    try check(audio.duration)
  }

  private func check(_ video: VideoFacts) throws(BrokenPromise) {
    let sides = [video.width, video.height, video.displayWidth, video.displayHeight]
    try demand(sides.allSatisfy { $0 ?? 1 > 0 }, "a video of \(sides)")
    try demand((video.width == nil) == (video.displayWidth == nil), "a size that is stored or shown alone")
    let others = video.otherReadings
    try demand(others.allSatisfy { $0.width > 0 && $0.height > 0 }, "another picture without a size")
    try demand(
      others.allSatisfy { $0.duration ?? Rational(0) >= Rational(0) }, "another picture's negative time")
    try demand((0..<360).contains(video.rotation), "a rotation of \(video.rotation)")
    try demand(video.frames ?? 0 >= 0 && video.videoTracks >= 0, "negative counts")
    try demand(video.frameRate.map { $0 > Rational(0) } ?? true, "a frame rate that is not above zero")
    try demand(video.sampleAspectRatio > Rational(0), "a pixel aspect that is not above zero")
    try check(video.duration)
  }

  private func check(_ duration: Durations) throws(BrokenPromise) {
    for (name, seconds) in duration.known {
      try demand(seconds >= Rational(0), "a \(name) duration of \(seconds)")
    }
  }
}
