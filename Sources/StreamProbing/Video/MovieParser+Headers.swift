import MediaFacts
import MediaReading

extension MovieParser {
  mutating func movieHeader(_ box: Box) throws(ProbeStop) {
    let bytes = try reader.payload(box, 96)
    let wide = bytes.first == 1
    guard let clock = MediaClock(bytes, at: wide ? 20 : 12, wide: wide) else {
      corrupt("box 'mvhd' is too short", at: box.offset)
      return
    }
    if clock.timescale == 0 { corrupt("box 'mvhd' has a timescale of 0", at: box.offset) }
    if movie.timescale != nil {
      // libavformat uses the last one, others the first.
      irregular("there is a second box 'mvhd', and readers disagree about which one counts", at: box.offset)
      movie.state("first movie header", movie.seconds(movie.duration))
    }
    movie.timescale = clock.timescale
    movie.duration = clock.duration
    movie.matrix = DisplayMatrix(bytes, at: wide ? 48 : 36) ?? .identity
  }

  /// A movie header at a place where only some readers look for one.
  mutating func strayMovieHeader(_ box: Box) throws(ProbeStop) {
    let bytes = try reader.payload(box, 96)
    let wide = bytes.first == 1
    guard let clock = MediaClock(bytes, at: wide ? 20 : 12, wide: wide), let ticks = clock.duration else {
      return
    }
    movie.state("movie header in \(parent)", Rational(ticks, over: clock.timescale))
  }

  mutating func movieExtendsHeader(_ box: Box) throws(ProbeStop) {
    let bytes = try reader.payload(box, 12)
    guard let ticks = bytes.bigEndian(4, bytes.first == 1 ? 8 : 4) else {
      corrupt("box 'mehd' is too short", at: box.offset)
      return
    }
    movie.fragmentDuration = ticks == 0 ? nil : Int64(exactly: ticks)
  }

  /// Boxes below trak.
  mutating func parse(trackLeaf box: Box) throws(ProbeStop) {
    switch box.type {
    case "tkhd": try trackHeader(box)
    case "mdhd": try mediaHeader(box)
    case "hdlr": try handler(box)
    case "elst": try editList(box)
    case "dref": try dataReferences(box)
    case "stsd": try sampleDescriptions(box)
    case "stts", "ctts", "stsc", "stco", "co64", "stsz", "stz2": try sampleTable(box)
    default: break
    }
  }

  private mutating func trackHeader(_ box: Box) throws(ProbeStop) {
    let bytes = try reader.payload(box, 96)
    let wide = bytes.first == 1
    guard let id = bytes.bigEndian(wide ? 20 : 12, 4), let matrix = DisplayMatrix(bytes, at: wide ? 52 : 40)
    else {
      corrupt("box 'tkhd' is too short", at: box.offset)
      return
    }
    noteSecond("tkhd", { $0.id != 0 }, at: box.offset)
    let duration = Self.ticks(bytes, at: wide ? 28 : 20, wide: wide)
    track {
      $0.id = UInt32(truncatingIfNeeded: id)
      $0.matrix = matrix
      $0.duration = duration
    }
  }

  private mutating func mediaHeader(_ box: Box) throws(ProbeStop) {
    let bytes = try reader.payload(box, 36)
    let wide = bytes.first == 1
    guard let clock = MediaClock(bytes, at: wide ? 20 : 12, wide: wide) else {
      corrupt("box 'mdhd' is too short", at: box.offset)
      return
    }
    if clock.timescale == 0 { corrupt("box 'mdhd' has a timescale of 0", at: box.offset) }
    noteSecond("mdhd", { $0.timescale != nil }, at: box.offset)
    track {
      $0.timescale = clock.timescale
      $0.mediaDuration = clock.duration
    }
  }

  /// If a track has two headers, some readers use the first, and some the last.
  private mutating func noteSecond(_ type: String, _ isThere: (Track) -> Bool, at offset: Int64) {
    guard let track = movie.tracks.last, isThere(track) else { return }
    irregular(
      "there is a second box '\(type)' in track \(track.id), and readers disagree about which one counts",
      at: offset)
  }

  /// A duration; `nil` if all bits are set, which means unknown.
  private static func ticks(_ bytes: ArraySlice<UInt8>, at position: Int, wide: Bool) -> Int64? {
    bytes.bigEndian(position, wide ? 8 : 4).flatMap {
      $0 == (wide ? .max : UInt64(UInt32.max)) ? nil : Int64(exactly: $0)
    }
  }

  private mutating func handler(_ box: Box) throws(ProbeStop) {
    let bytes = try reader.payload(box, 12)
    // QuickTime has a second hdlr box in minf, which states where the data is.
    guard parent != "minf" || !bytes.spells("dhlr", at: 4) else { return }
    if parent == "minf" {
      // Some readers use it as the track's handler, whatever it contains.
      irregular("a second box 'hdlr' in 'minf' says '\(bytes.fourCC(8) ?? "")' of a track", at: box.offset)
      return
    }
    let kind: Track.Kind =
      switch bytes.fourCC(8) {
      case "vide": .video
      case "soun": .audio
      default: .other
      }
    noteSecond("hdlr", { $0.hasHandler }, at: box.offset)
    let isAuxiliary = ["auxv", "pict"].contains(bytes.fourCC(8))
    track {
      $0.handler = kind
      $0.isAuxiliary = isAuxiliary
      $0.hasHandler = true
    }
  }

  private mutating func editList(_ box: Box) throws(ProbeStop) {
    let head = try reader.payload(box, 8)
    let wide = head.first == 1
    let stride = wide ? 20 : 12
    guard let count = head.bigEndian(4, 4), let table = BoxTable(box, skip: 8, count: count, stride: stride)
    else {
      corrupt("box 'elst' is too short for its entries", at: box.offset)
      return
    }
    noteSecond("elst", { !$0.edits.isEmpty }, at: box.offset)
    let edits = try edits(table, wide, box.offset)
    track { $0.edits = edits }
    let room = UInt64(max(0, box.payload.count - 8)) / UInt64(stride)
    guard room > count, let whole = BoxTable(box, skip: 8, count: room, stride: stride) else { return }
    irregular("box 'elst' counts \(count) of the \(room) entries that it has room for", at: box.offset)
    let all = try self.edits(whole, wide, box.offset)
    track { $0.uncountedEdits = Array(all.dropFirst(edits.count)) }
  }

  mutating func chapterReference(_ box: Box) throws(ProbeStop) {
    let count = min(box.payload.count / 4, reader.budget.streams)
    let bytes = try reader.payload(box, count * 4)
    for index in 0..<count {
      guard let id = bytes.bigEndian(index * 4, 4) else { return }
      movie.chapterTracks.insert(UInt32(truncatingIfNeeded: id))
    }
  }

  private func edits(_ table: BoxTable, _ wide: Bool, _ offset: Int64) throws(ProbeStop) -> [Edit] {
    guard table.count <= reader.budget.chunks else {
      throw reader.exceeded("an edit list has more than \(reader.budget.chunks) entries", at: offset)
    }
    let width = wide ? 8 : 4
    var edits: [Edit] = []
    var cursor = table.cursor(reader)
    while let entry = try cursor.next(), let duration = entry.bigEndian(0, width),
      let time = entry.bigEndian(width, width), let rate = entry.bigEndian(2 * width, 4)
    {
      let mediaTime = wide ? Int64(bitPattern: time) : Int64(Int32(truncatingIfNeeded: time))
      edits.append(
        Edit(
          duration: Int64(clamping: duration), mediaTime: mediaTime < 0 ? nil : mediaTime,
          rate: Int32(truncatingIfNeeded: rate)))
    }
    return edits
  }
}

/// A timescale and a duration, as mvhd and mdhd hold them.
private struct MediaClock {
  let timescale: Int64
  /// `nil` if all bits are set, which means that the duration is unknown.
  let duration: Int64?

  init?(_ bytes: ArraySlice<UInt8>, at position: Int, wide: Bool) {
    let width = wide ? 8 : 4
    guard let timescale = bytes.bigEndian(position, 4), let ticks = bytes.bigEndian(position + 4, width)
    else {
      return nil
    }
    self.timescale = Int64(timescale)
    duration = ticks == (wide ? .max : UInt64(UInt32.max)) ? nil : Int64(exactly: ticks)
  }
}
