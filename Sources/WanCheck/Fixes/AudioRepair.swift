import MediaFacts

extension AssetSubject {
  /// The command that does all of `repair` to audio, or extracts the audio of a video.
  func audioFix(_ repair: Repair, _ facts: MediaFacts, _ format: MediaFormat) -> Fix? {
    guard format.kind == .audio || format.kind == .video, format.id != "midi",
      isWhole(facts, for: repair), facts.video?.encrypted != true, facts.video?.hasAudio != false
    else { return nil }
    return AudioRepair(asset: self, repair: repair, facts: wasStopped ? nil : facts.audio, format: format).fix
  }
}

/// Builds the command that repairs audio.
struct AudioRepair {
  let asset: AssetSubject
  let repair: Repair
  /// The measured facts, if the format is one that is measured.
  let facts: AudioFacts?
  let format: MediaFormat

  var fix: Fix {
    if let joined = facts?.joined, (2...Self.mostParts).contains(joined.count) { return join(joined) }
    // Linear PCM in a WAV, since the delay and padding of an encoder could exceed a limit again.
    let filters = isShort ? least.map { ["-af", "apad=whole_dur=\(Seconds.text($0))"] } ?? [] : []
    let cut = isLong ? most.map { ["-t", Seconds.text($0)] } ?? [] : []
    return .command(
      asset.writer.ffmpeg(
        ["-map", "0:a:0"] + filters + cut + narrowing + ["-c:a", codec], to: MediaTarget.wav.suffix),
      applicability, notes: notes)
  }

  /// One file from several joined files, each of which is read separately.
  private func join(_ parts: [JoinedAudio]) -> Fix {
    let inputs: [[RepairCommand.Word]] = parts.map { part in
      [.text("-i"), .input(prefix: "subfile,,start,\(part.offset),end,\(part.offset + part.bytes),,:")]
    }
    let chain = parts.indices.map { "[\($0):a:0]" }.joined() + "concat=n=\(parts.count):v=0:a=1"
    let padding = least.map { ",apad=whole_dur=\(Seconds.text($0))" } ?? ""
    let total = parts.map { $0.seconds?.doubleValue ?? .infinity }.reduce(0, +)
    let cut = most.flatMap { total > $0.doubleValue ? $0 : nil }
    return .command(
      asset.writer.ffmpeg(
        ["-filter_complex", chain + padding] + (cut.map { ["-t", Seconds.text($0)] } ?? []) + narrowing
          + ["-c:a", "pcm_s16le"],
        to: MediaTarget.wav.suffix, inputs: inputs), cut == nil ? .lossy : .changesContent,
      notes: cut.map { ["keeps the first \(Seconds.text($0)) s"] } ?? [])
  }

  /// The most parts that are joined, since the length of a command line is limited.
  private static let mostParts = 64

  // MARK: Duration

  private var least: Rational? { asset.limit(.duration, .audio).minimum }
  private var most: Rational? {
    [asset.limit(.duration, .audio).maximum, repair.longest].compactMap(\.self).min()
  }
  private var durations: [Rational]? {
    facts.map { $0.duration.known.map(\.seconds) + $0.duration.others.map(\.seconds) }
  }
  /// Audio that was not measured may be too short or too long. Padding and a cut do not change audio that is neither.
  private var isShort: Bool { least.map { least in durations?.contains { $0 < least } ?? true } ?? false }
  private var isLong: Bool { most.map { most in durations?.contains { $0 > most } ?? true } ?? false }

  // MARK: Samples

  private var codec: String {
    guard let own = facts?.codec, own.hasPrefix("pcm_"),
      ["s16le", "s24le", "s32le", "f32le", "f64le", "u8"]
        .contains(own.dropFirst(4)), !isTooLarge(bytes: 8)
    else { return "pcm_s16le" }
    return own
  }

  /// Fewer channels and samples, if the result might have more bytes than are allowed.
  private var narrowing: [String] {
    if isTooLarge(bytes: 2) { return ["-ac", "2", "-ar", "48000"] }
    // Browsers refuse rates far from those of audio.
    guard let rate = facts?.sampleRate, !(3000...768_000).contains(rate) else { return [] }
    return ["-ar", rate < 3000 ? "8000" : "192000"]
  }

  /// Whether samples of this many bytes might be more than is allowed. Audio that was not measured might be.
  private func isTooLarge(bytes: Int64) -> Bool {
    guard let limit = asset.safeBytes(.audio) else { return false }
    guard let rate = facts?.sampleRate, let channels = facts?.channels, let durations,
      let longest = [durations.max() ?? most, isLong ? most : nil].compactMap(\.self).min()
    else { return true }
    return longest.doubleValue * Double(rate) * Double(channels) * Double(bytes) > Double(limit)
  }

  private var applicability: Fix.Applicability {
    if !notes.isEmpty { return .changesContent }
    return codec == facts?.codec && narrowing.isEmpty ? .lossless : .lossy
  }

  private var notes: [String] {
    // Audio that was not measured may be longer than the cut.
    let cut =
      isLong ? most.map { "keeps \(facts == nil ? "at most " : "")the first \(Seconds.text($0)) s" } : nil
    let padding = isShort && facts != nil ? "adds silence at the end" : nil
    return [cut, padding].compactMap(\.self)
  }
}
