import MediaFacts

extension AssetSubject {
  /// The command that does all of `repair` to a video.
  func videoFix(_ repair: Repair, _ facts: MediaFacts, _ format: MediaFormat) -> Fix? {
    guard format.kind == .video, isWhole(facts, for: repair), facts.video?.encrypted != true else {
      return nil
    }
    // The length of a video that was not measured to its end is not known.
    let video = wasStopped ? nil : facts.video
    guard video.map({ $0.videoTracks > 0 }) ?? !repair.needs.isDisjoint(with: [.format, .bytes]) else {
      return nil
    }
    let isOddTrack = facts.defects.contains { $0.kind == .irregular }
    return VideoRepair(
      asset: self, repair: repair, video: video, format: format, isOddTrack: isOddTrack
    ).fix
  }

  /// Whether audio and video are not damaged. A file that was too large to be read to its end is fixed by a smaller copy.
  func isWhole(_ facts: MediaFacts, for repair: Repair) -> Bool {
    facts.defects.allSatisfy { $0.kind.isPassedOver || ($0.kind == .limit && repair.needs.contains(.bytes)) }
  }
}

/// Builds the command that repairs a video.
struct VideoRepair {
  let asset: AssetSubject
  let repair: Repair
  /// The measured facts, if the format is one that is measured.
  let video: VideoFacts?
  let format: MediaFormat
  /// Whether a track may be one that does not decode.
  let isOddTrack: Bool

  var fix: Fix? {
    // Cover art is not a video track, and of the audio tracks only those that decode are kept.
    let tracks = ["-map", picture, "-map", sound]
    if let own = MediaTarget(format), video != nil, repair.isOnly([.regular, .end]) {
      return .command(
        asset.writer.ffmpeg(tracks + ["-c", "copy"] + aspect + ["-movflags", "+faststart"], to: own.suffix),
        .lossless)
    }
    guard let (filters, notes) = frame else { return nil }
    let chain = filters + padding + evenPace
    return .command(
      asset.writer.ffmpeg(
        tracks + (chain.isEmpty ? [] : ["-vf", chain.joined(separator: ",")]) + length + Self.h264 + rate
          + Self.rest,
        to: MediaTarget.mp4.suffix),
      notes.isEmpty && lengthNotes.isEmpty ? .lossy : .changesContent, notes: notes + lengthNotes)
  }

  /// The track that was measured, by its number if ffmpeg might choose another one.
  private var picture: String {
    guard let video, !video.otherReadings.isEmpty, let id = video.trackID else { return "0:V:0" }
    return "0:i:\(id)"
  }

  /// Every audio track, or the one that decodes.
  private var sound: String {
    guard isOddTrack else { return "0:a?" }
    return video?.audioTrackID.map { "0:i:\($0)" } ?? "0:a:0?"
  }

  /// Square pixels. Without this, a ratio that overflows would be copied.
  private var aspect: [String] {
    guard let video, video.sampleAspectRatio == Rational(1), let width = video.width,
      let height = video.height
    else { return [] }
    return ["-aspect", "\(width):\(height)"]
  }

  // Settings that every server can decode.
  private static let h264 = ["-c:v", "libx264", "-pix_fmt", "yuv420p"]
  private static let rest = ["-c:a", "aac", "-b:a", "192k", "-movflags", "+faststart"]

  // MARK: Frame

  private var frame: (filters: [String], notes: [String])? {
    guard let size = video?.frameSize else { return video == nil ? (unmeasuredFrame, []) : nil }
    guard
      let repair = FrameRepair(
        size.displayed.width, size.displayed.height, side: asset.limit(.side, .video),
        ratio: asset.limit(.aspectRatio, .video), multiple: 2)
    else { return nil }
    // ffmpeg rotates a frame automatically, but does not make its pixels square.
    guard video?.sampleAspectRatio != Rational(1) else { return (repair.filters, repair.notes) }
    let squaring = "scale=\(size.displayed.width):\(size.displayed.height),setsar=1"
    let isResized = repair.crop == nil && repair.size != nil
    return ((isResized ? [] : [squaring]) + repair.filters, repair.notes)
  }

  /// A frame of unknown size, brought inside the limits.
  private var unmeasuredFrame: [String] {
    guard let least = asset.limit(.side, .video).minimum, let most = asset.limit(.side, .video).maximum,
      let wide = asset.limit(.aspectRatio, .video).maximum,
      let narrow = asset.limit(.aspectRatio, .video).minimum,
      narrow.numerator > 0, let tall = Rational(narrow.denominator, over: narrow.numerator)
    else { return ["scale=trunc(iw*sar/2)*2:trunc(ih/2)*2,setsar=1"] }
    let factor =
      "max(1\\,\(Seconds.text(least))/min(iw\\,ih))*min(1\\,\(Seconds.text(most))/max(iw\\,ih))"
    return [
      "scale=max(2\\,trunc(iw*sar/2)*2):max(2\\,trunc(ih/2)*2)", "setsar=1",
      "crop=min(iw\\,\(Seconds.text(wide))*ih):min(ih\\,\(Seconds.text(tall))*iw)",
      "scale=trunc(iw*\(factor)/2+.5)*2:trunc(ih*\(factor)/2+.5)*2",
    ]
  }

  // MARK: Duration

  private var least: Rational? { asset.limit(.duration, .video).minimum }
  private var most: Rational? { asset.limit(.duration, .video).maximum }
  /// Every reading of the duration.
  private var known: [Rational] { video?.duration.known.map(\.seconds) ?? [] }
  private var stated: [Rational] {
    known + (video?.duration.others.map(\.seconds) ?? []) + (video?.otherDurations.map(\.seconds) ?? [])
  }
  private var isShort: Bool {
    guard let least else { return false }
    return video == nil || known.contains { $0 < least }
  }
  /// Whether every reading is too short, so that the result is as long as the least duration.
  private var isSurelyShort: Bool {
    guard let least else { return false }
    return !known.isEmpty && known.allSatisfy { $0 < least } && !isLong
  }
  private var isLong: Bool {
    guard let most else { return false }
    return video == nil || stated.contains { $0 > most }
  }

  /// If there is a long gap between frames, the cut keeps the frames before the gap, and the last one is repeated.
  private var evenPace: [String] {
    guard isLong, let least, let most, let video, let counted = video.duration.counted, counted > most,
      let stated = [video.duration.container, video.duration.stream].compactMap(\.self).min(),
      stated >= least, stated <= most
    else { return [] }
    return ["fps=25"]
  }

  /// The last frame is held until the least duration.
  private var padding: [String] {
    guard let least, isShort else { return [] }
    let length = Seconds.text(least)
    if isSurelyShort { return ["tpad=stop_mode=clone:stop_duration=\(length)"] }
    // The video is shown over its first frame, which is held as long as is needed.
    return [
      "split[a][b];[b]trim=end_frame=1,tpad=stop_mode=clone:stop_duration=\(length)[c];[c][a]overlay=eof_action=repeat"
    ]
  }

  private var length: [String] {
    guard let least, let most else { return [] }
    if isSurelyShort { return ["-af", "apad", "-t", Seconds.text(least)] }
    return (isShort ? ["-af", "apad=whole_dur=\(Seconds.text(least))"] : [])
      + (isLong ? ["-t", Seconds.text(Self.below(most))] : [])
  }

  /// A cut ends with the last frame that begins before it, so the result is up to a frame longer than requested.
  private static func below(_ most: Rational) -> Rational {
    Rational(-1, over: 10).flatMap(most.adding) ?? most
  }

  private var lengthNotes: [String] {
    if isSurelyShort { return ["holds the last frame"] }
    guard isLong, let most else { return [] }
    return ["keeps \(video == nil ? "at most " : "")the first \(Seconds.text(Self.below(most))) s"]
  }

  // MARK: Bit rate

  /// The quality, and a bound on the bit rate if the result might have too many bytes.
  private var rate: [String] {
    let quality = ["-crf", repair.needs.contains(.bytes) ? "23" : "18"]
    guard let bytes = asset.safeBytes(.video) else { return quality }
    let pixels = (video?.width ?? .max).multipliedReportingOverflow(by: video?.height ?? 1)
    let isLarge = pixels.overflow || pixels.partialValue > 1920 * 1088
    guard isLarge || repair.needs.contains(.bytes) || (asset.examination.size?.known ?? bytes) > bytes / 4
    else {
      return quality
    }
    let longest = isLong ? most : (known.max() ?? most)
    // Half of the limit, since the encoder's buffer, audio and tables add to it.
    let rate = min(40_000_000, Double(bytes) * 4 / max(1, longest?.doubleValue ?? 1))
    return quality + ["-maxrate", "\(Int(rate) / 1000)k", "-bufsize", "\(Int(rate) / 1000)k"]
  }
}
