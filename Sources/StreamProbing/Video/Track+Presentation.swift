import MediaFacts

extension Track {
  /// The length of the media in seconds, edit list aside; `nil` if the samples have no durations.
  var mediaSeconds: Rational? { samples.duration > 0 ? seconds(samples.duration) : nil }

  /// `ticks` of the media in seconds.
  func seconds(_ ticks: Int64) -> Rational? {
    timescale.flatMap { Rational(ticks, over: $0) }
  }

  /// What the track presents, in seconds: its edits together, empty ones left out, each limited to the media that
  /// is there; without an edit list the whole media.
  ///
  /// - Parameter movieTimescale: Ticks a second of the edits' durations.
  func presentedSeconds(movieTimescale: Int64?) -> Rational? {
    guard !edits.isEmpty, samples.duration > 0 else { return mediaSeconds }
    var total = Rational(0)
    for edit in edits {
      guard let mediaTime = edit.mediaTime else { continue }
      guard let seconds = seconds(of: edit, from: mediaTime, movieTimescale), let sum = total.adding(seconds)
      else {
        return nil
      }
      total = sum
    }
    return total
  }

  private func seconds(of edit: Edit, from mediaTime: Int64, _ movieTimescale: Int64?) -> Rational? {
    let stated = movieTimescale.flatMap { Rational(edit.duration, over: $0) }
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
