import MediaFacts

extension Track {
  /// The duration of the media in seconds, without the edit list; `nil` if the samples have no durations.
  var mediaSeconds: Rational? { samples.duration > 0 ? seconds(samples.duration) : nil }

  /// `ticks` of the media in seconds.
  func seconds(_ ticks: Int64) -> Rational? {
    timescale.flatMap { Rational(ticks, over: $0) }
  }

  /// The duration that the edit list states, optionally with the entries beyond its count; `nil` without an
  /// edit list.
  func editedSeconds(_ movieTimescale: Int64?, uncounted: Bool = false) -> Rational? {
    let listed = uncounted ? edits + uncountedEdits : edits
    guard !listed.isEmpty, let movieTimescale else { return nil }
    // A valid edit list never overflows. An overflow must still appear in the readings.
    let ticks = listed.reduce(Int64(0)) { sum, edit in
      let (next, overflow) = sum.addingReportingOverflow(edit.duration)
      return overflow ? .max : next
    }
    return Rational(ticks, over: movieTimescale)
  }

  /// The duration that the track presents, in seconds. This is the sum of its edits, each limited to the
  /// available media. Without an edit list, it is the time from the first sample shown to the end of the
  /// last.
  ///
  /// An empty edit presents nothing for its duration; players wait or repeat a frame.
  ///
  /// - Parameter movieTimescale: Ticks a second of the edits' durations.
  func presentedSeconds(movieTimescale: Int64?) -> Rational? {
    guard !edits.isEmpty, samples.duration > 0 else { return samples.presentedSpan.flatMap(seconds) }
    var total = Rational(0)
    for edit in edits {
      guard let seconds = seconds(of: edit, movieTimescale) else { return nil }
      // A valid edit list never overflows. An overflow must still appear in the readings.
      guard let sum = total.adding(seconds) else { return Rational(.max) }
      total = sum
    }
    return total
  }

  private func seconds(of edit: Edit, _ movieTimescale: Int64?) -> Rational? {
    let stated = movieTimescale.flatMap { Rational(edit.duration, over: $0) }
    guard let mediaTime = edit.mediaTime else { return stated }
    // A dwell shows one frame for its whole duration.
    if edit.rate == 0 { return stated }
    // If frames are reordered, the last frame shown ends after the duration of the media. Media times count
    // from the same clock.
    let (left, overflow) = max(samples.presentedEnd, samples.duration).subtractingReportingOverflow(mediaTime)
    guard !overflow, let available = seconds(max(0, left)) else { return nil }
    guard edit.duration > 0 else { return available }
    guard let stated else { return nil }
    // Other speeds are very rare, so the duration in the edit itself is used.
    return edit.rate == 1 << 16 ? min(stated, available) : stated
  }
}
