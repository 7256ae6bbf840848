import MediaFacts
import MediaReading

/// The state of the track fragment that is being walked.
struct TrackFragment: Sendable {
  /// Where the moof box starts.
  let movieFragment: Int64
  var track: UInt32?
  var defaults = FragmentDefaults()
  /// The base of the positions of runs.
  var base: Int64
  /// Where the data of the last run ended. The next run without its own position follows it.
  var next: Int64

  init(movieFragment: Int64) {
    self.movieFragment = movieFragment
    base = movieFragment
    next = movieFragment
  }

  mutating func startTrack() {
    track = nil
    defaults = FragmentDefaults()
  }
}

/// The content of one sidx box.
struct SegmentIndex: Sendable {
  /// When the first listed fragment is shown, and when the last one ends, in seconds; `nil` if it does not fit.
  var start: Rational?
  var finish: Rational?
  /// Where the box starts.
  var offset: Int64
  /// Fragments, or further indexes, that it lists.
  var references: UInt64
  /// Where the last of them ends; `nil` if it does not fit.
  var end: Int64?
}

extension MovieParser {
  mutating func trackExtends(_ box: Box) throws(ProbeStop) {
    let bytes = try reader.payload(box, 24)
    guard let id = bytes.bigEndian(4, 4), let duration = bytes.bigEndian(12, 4),
      let size = bytes.bigEndian(16, 4)
    else {
      corrupt("box 'trex' is too short", at: box.offset)
      return
    }
    movie.fragmentDefaults[UInt32(truncatingIfNeeded: id)] = FragmentDefaults(duration: duration, size: size)
  }

  mutating func fragmentHeader(_ box: Box) throws(ProbeStop) {
    guard var current = fragment else { return }
    var fields = FieldReader(try reader.payload(box, 32))
    guard let flags = fields.next(4), let id = fields.next(4) else {
      corrupt("box 'tfhd' is too short", at: box.offset)
      return
    }
    let track = UInt32(truncatingIfNeeded: id)
    current.track = track
    current.defaults = movie.fragmentDefaults[track] ?? FragmentDefaults()
    // A track fragment without its own base counts from the moof box if it has the flag for that, or is the
    // first one. Otherwise it counts from the end of the data before it.
    current.base = flags & 0x20000 != 0 ? current.movieFragment : current.next
    if flags & 0x1 != 0 { current.base = Int64(clamping: fields.next(8) ?? 0) }
    if flags & 0x2 != 0 { _ = fields.next(4) }
    if flags & 0x8 != 0, let value = fields.next(4) { current.defaults.duration = value }
    if flags & 0x10 != 0, let value = fields.next(4) { current.defaults.size = value }
    current.next = current.base
    fragment = current
  }

  /// When the first sample of a track fragment is decoded.
  mutating func fragmentDecodeTime(_ box: Box) throws(ProbeStop) {
    let bytes = try reader.payload(box, 12)
    guard let id = fragment?.track, let index = movie.tracks.firstIndex(where: { $0.id == id }) else {
      return
    }
    guard let time = bytes.bigEndian(4, bytes.first == 1 ? 8 : 4), let time = Int64(exactly: time) else {
      irregular("box 'tfdt' of track \(id) has an impossible time", at: box.offset)
      return
    }
    movie.tracks[index].samples.clock = time
  }

  mutating func fragmentRun(_ box: Box) throws(ProbeStop) {
    guard var current = fragment, let id = current.track else { return }
    guard let index = movie.tracks.firstIndex(where: { $0.id == id }) else {
      // Without a moov box there are no tracks. That defect is reported elsewhere.
      if movie.moov != nil {
        corrupt("a fragment belongs to track \(id), which the movie does not have", at: box.offset)
      }
      return
    }
    var fields = FieldReader(try reader.payload(box, 16))
    guard let flags = fields.next(4), let count = fields.next(4) else {
      corrupt("box 'trun' is too short", at: box.offset)
      return
    }
    if flags & 0x1 != 0, let field = fields.next(4) {
      let (start, overflow) = current.base.addingReportingOverflow(Int64(Int32(truncatingIfNeeded: field)))
      current.next = overflow ? .max : start
    }
    if flags & 0x4 != 0 { _ = fields.next(4) }
    let layout = RunLayout(flags: flags)
    guard let table = layout.table(box, skip: Int64(fields.position), count: count) else {
      corrupt("box 'trun' is too short for its \(count) samples", at: box.offset)
      return
    }
    let total = UInt64(movie.tracks[index].samples.count) + count
    guard total <= UInt64(clamping: reader.budget.frames) else {
      throw reader.exceeded("track \(id) has more than \(reader.budget.frames) samples", at: box.offset)
    }
    var bytes: UInt64 = 0
    if let table {
      var cursor = table.cursor(reader)
      while let record = try cursor.next() {
        add(layout.sample(record, current.defaults), to: index, &bytes)
      }
    } else {
      for _ in 0..<count { add((current.defaults.duration, current.defaults.size, 0), to: index, &bytes) }
    }
    let (end, overflow) = current.next.addingReportingOverflow(Int64(clamping: bytes))
    current.next = overflow ? .max : end
    fragment = current
    movie.sampleEnd = max(movie.sampleEnd, current.next)
  }

  private mutating func add(
    _ sample: (duration: UInt64, size: UInt64, offset: Int64), to index: Int, _ bytes: inout UInt64
  ) {
    movie.tracks[index].samples.add(
      duration: Int64(sample.duration), offset: sample.offset, empty: sample.size == 0)
    // At most `Budget.frames` sizes of 32 bits.
    bytes += sample.size
  }

  mutating func segmentIndex(_ box: Box) throws(ProbeStop) {
    let head = try reader.payload(box, 32)
    let wide = head.first == 1
    let width = wide ? 8 : 4
    guard let first = head.bigEndian(12 + width, width), let count = head.bigEndian(14 + 2 * width, 2),
      let table = BoxTable(box, skip: Int64(16 + 2 * width), count: count, stride: 12)
    else {
      corrupt("box 'sidx' is too short for its entries", at: box.offset)
      return
    }
    // 65535 sizes of 31 bits, and as many durations of 32.
    var (size, ticks): (Int64, Int64) = (0, 0)
    var cursor = table.cursor(reader)
    while let entry = try cursor.next(), let reference = entry.bigEndian(0, 4),
      let duration = entry.bigEndian(4, 4)
    {
      size += Int64(reference & 0x7FFF_FFFF)
      ticks += Int64(duration)
    }
    let (end, overflow) = (box.end + size).addingReportingOverflow(Int64(clamping: first))
    var index = SegmentIndex(offset: box.offset, references: count, end: overflow ? nil : end)
    if let timescale = head.bigEndian(8, 4),
      let start = head.bigEndian(12, width).flatMap({ Int64(exactly: $0) })
    {
      index.start = Rational(start, over: Int64(timescale))
      index.finish = index.start.flatMap { start in
        Rational(ticks, over: Int64(timescale)).flatMap(start.adding)
      }
    }
    indexes.append(index)
  }
}

/// Which fields each sample of a trun box has.
private struct RunLayout {
  let hasDuration, hasSize, hasFlags, hasOffset: Bool

  init(flags: UInt64) {
    hasDuration = flags & 0x100 != 0
    hasSize = flags & 0x200 != 0
    hasFlags = flags & 0x400 != 0
    hasOffset = flags & 0x800 != 0
  }

  /// `nil` if the box is too small; `.some(nil)` if samples have no fields of their own.
  func table(_ box: Box, skip: Int64, count: UInt64) -> BoxTable?? {
    let stride = [hasDuration, hasSize, hasFlags, hasOffset].reduce(0) { $0 + ($1 ? 4 : 0) }
    guard stride > 0 else { return .some(nil) }
    return BoxTable(box, skip: skip, count: count, stride: stride).map { .some($0) }
  }

  func sample(
    _ record: ArraySlice<UInt8>, _ defaults: FragmentDefaults
  ) -> (duration: UInt64, size: UInt64, offset: Int64) {
    var fields = FieldReader(record)
    let duration = hasDuration ? fields.next(4) : nil
    let size = hasSize ? fields.next(4) : nil
    if hasFlags { _ = fields.next(4) }
    let offset = hasOffset ? fields.next(4) : nil
    return (
      duration ?? defaults.duration, size ?? defaults.size, Int64(Int32(truncatingIfNeeded: offset ?? 0))
    )
  }
}

/// Reads big-endian fields one after the other.
private struct FieldReader {
  private let bytes: ArraySlice<UInt8>
  private(set) var position = 0

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
  }

  mutating func next(_ count: Int) -> UInt64? {
    guard let value = bytes.bigEndian(position, count) else { return nil }
    position += count
    return value
  }
}
