import MediaFacts
import MediaReading

extension MovieParser {
  /// Adds up the sample table of the track that ends with `box`, and notes where its samples end.
  mutating func finishTrack(_ box: Box) throws(ProbeStop) {
    movie.tracks[movie.tracks.count - 1].decideKind()
    guard let track = movie.tracks.last else { return }
    let declared = track.table.sampleCount
    guard declared > 0 else { return }
    let plain = try isPlainAudio(track)
    guard plain || declared <= UInt64(clamping: reader.budget.frames) else {
      throw reader.exceeded("track \(track.id) has more than \(reader.budget.frames) samples", at: box.offset)
    }
    let times = try SampleTimes(track.table, reader)
    let map = try SampleMap(track.table, reader)
    if times.runsBackwards, times.count == declared {
      irregular(
        "box 'stts' of track \(track.id) has durations below 0, which some readers take for very long ones",
        at: box.offset)
    }
    // QuickTime audio may count samples in one table and packets in the other.
    let timed = track.kind == .audio ? times.count >= declared : times.count == declared
    var totals = timed ? times.totals : SampleTotals()
    totals.count = Int(clamping: declared)
    totals.empty = map.empty
    if !timed {
      corrupt(
        "track \(track.id) has times for \(times.count) samples and sizes for \(declared)", at: box.offset)
    }
    if track.codec == nil { corrupt("track \(track.id) does not state its codec", at: box.offset) }
    if map.unplaced > 0 {
      corrupt("\(map.unplaced) of \(declared) samples of track \(track.id) are in no chunk", at: box.offset)
    }
    self.track {
      $0.samples = totals
      $0.isPlain = plain
    }
    movie.sampleEnd = max(movie.sampleEnd, map.end)
    if track.kind != .other, !track.usedReferences.isDisjoint(with: track.externalReferences) {
      corrupt("the media of track \(track.id) are in another file", at: box.offset)
    }
  }

  /// Whether a sample is one sample of uncompressed audio. Such a track has as many samples as the sampling
  /// rate gives, and demuxers read thousands at a time.
  private func isPlainAudio(_ track: Track) throws(ProbeStop) -> Bool {
    guard track.kind == .audio, case .constant = track.table.sizes, let durations = track.table.durations,
      durations.count == 1
    else { return false }
    var cursor = durations.cursor(reader)
    return try cursor.next()?.bigEndian(4, 4) == 1
  }

  /// Checks what only the whole file shows: missing bytes, and whether fragments have an index.
  mutating func finish() {
    movie.readTables = true
    if let start = indexes.compactMap(\.start).min(), let finish = indexes.compactMap(\.finish).max() {
      movie.indexed = finish.subtracting(start)
    }
    if !movie.truncated, movie.sampleEnd > movie.length {
      let missing = movie.sampleEnd - movie.length
      movie.defects.append(
        Defect(
          .truncated, "the sample tables name \(missing.bytesInWords) past the end of the file",
          offset: movie.length,
          bytes: missing))
    }
    // One index over several fragments states where the last one ends. An index before every fragment does
    // not show that fragments are missing.
    guard indexes.count == 1, let index = indexes.first, index.references > 1, let end = index.end,
      movie.firstMedia.map({ index.offset < $0 }) ?? true
    else { return }
    movie.fragmentsIndexed = true
    if let stray = movie.defects.first(where: { $0.kind == .trailingData })?.offset, stray < end {
      corrupt("the segment index names fragments where there are no boxes", at: stray)
    }
    guard !movie.truncated, end > movie.length else { return }
    let missing = end - movie.length
    movie.defects.append(
      Defect(
        .truncated, "the segment index names \(missing.bytesInWords) past the end of the file",
        offset: movie.length,
        bytes: missing))
  }
}
