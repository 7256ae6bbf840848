import MediaFacts

extension Track {
  /// The length of the media in seconds, edit list aside; `nil` if the samples have no durations.
  var mediaSeconds: Rational? { samples.duration > 0 ? seconds(samples.duration) : nil }

  /// `ticks` of the media in seconds.
  func seconds(_ ticks: Int64) -> Rational? {
    timescale.flatMap { Rational(ticks, over: $0) }
  }

  /// What the edit list states, those entries included that it does not count; `nil` without one.
  func editedSeconds(_ movieTimescale: Int64?, uncounted: Bool = false) -> Rational? {
    let listed = uncounted ? edits + uncountedEdits : edits
    guard !listed.isEmpty, let movieTimescale else { return nil }
    // No honest edit list adds up to more than fits, and what does not fit must not be missing from the readings.
    let ticks = listed.reduce(Int64(0)) { sum, edit in
      let (next, overflow) = sum.addingReportingOverflow(edit.duration)
      return overflow ? .max : next
    }
    return Rational(ticks, over: movieTimescale)
  }

  /// What the track presents, in seconds: its edits together, each limited to the media that is there; without an
  /// edit list everything from the first sample shown to the end of the last. An empty edit presents nothing for as long as it says, and players wait or repeat a
  /// frame that long.
  ///
  /// - Parameter movieTimescale: Ticks a second of the edits' durations.
  func presentedSeconds(movieTimescale: Int64?) -> Rational? {
    guard !edits.isEmpty, samples.duration > 0 else { return samples.presentedSpan.flatMap(seconds) }
    var total = Rational(0)
    for edit in edits {
      guard let seconds = seconds(of: edit, movieTimescale) else { return nil }
      // No honest edit list adds up to more than fits, and what does not fit must not be missing from the readings.
      guard let sum = total.adding(seconds) else { return Rational(.max) }
      total = sum
    }
    return total
  }

  private func seconds(of edit: Edit, _ movieTimescale: Int64?) -> Rational? {
    let stated = movieTimescale.flatMap { Rational(edit.duration, over: $0) }
    guard let mediaTime = edit.mediaTime else { return stated }
    // A dwell shows one frame for as long as it says.
    if edit.rate == 0 { return stated }
    // What is shown last ends later than the media is long where frames are reordered, and media times count from
    // the same clock.
    let (left, overflow) = max(samples.presentedEnd, samples.duration).subtractingReportingOverflow(mediaTime)
    guard !overflow, let available = seconds(max(0, left)) else { return nil }
    guard edit.duration > 0 else { return available }
    guard let stated else { return nil }
    // Other speeds are so rare that no more is made of them than what the edit itself states.
    return edit.rate == 1 << 16 ? min(stated, available) : stated
  }
}
