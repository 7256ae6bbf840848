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
    movie.timescale = clock.timescale
    movie.duration = clock.duration
    movie.matrix = DisplayMatrix(bytes, at: wide ? 48 : 36) ?? .identity
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
    track {
      $0.id = UInt32(truncatingIfNeeded: id)
      $0.matrix = matrix
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
    track { $0.timescale = clock.timescale }
  }

  private mutating func handler(_ box: Box) throws(ProbeStop) {
    let bytes = try reader.payload(box, 12)
    // QuickTime has a second hdlr box in minf, which is about where the data lies.
    guard !bytes.spells("dhlr", at: 4) else { return }
    let kind: Track.Kind =
      switch bytes.fourCC(8) {
      case "vide": .video
      case "soun": .audio
      default: .other
      }
    track { $0.kind = kind }
  }

  private mutating func editList(_ box: Box) throws(ProbeStop) {
    let head = try reader.payload(box, 8)
    let wide = head.first == 1
    let width = wide ? 8 : 4
    guard let count = head.bigEndian(4, 4),
      let table = BoxTable(box, skip: 8, count: count, stride: 2 * width + 4)
    else {
      corrupt("box 'elst' is too short for its entries", at: box.offset)
      return
    }
    guard table.count <= reader.budget.chunks else {
      throw reader.exceeded("an edit list has more than \(reader.budget.chunks) entries", at: box.offset)
    }
    var cursor = table.cursor(reader)
    while let entry = try cursor.next() {
      guard let duration = entry.bigEndian(0, width), let time = entry.bigEndian(width, width),
        let rate = entry.bigEndian(2 * width, 4)
      else { return }
      let mediaTime = wide ? Int64(bitPattern: time) : Int64(Int32(truncatingIfNeeded: time))
      let edit = Edit(
        duration: Int64(clamping: duration), mediaTime: mediaTime < 0 ? nil : mediaTime,
        rate: Int32(truncatingIfNeeded: rate))
      track { $0.edits.append(edit) }
    }
  }

  mutating func chapterReference(_ box: Box) throws(ProbeStop) {
    let count = min(box.payload.count / 4, reader.budget.streams)
    let bytes = try reader.payload(box, count * 4)
    for index in 0..<count {
      guard let id = bytes.bigEndian(index * 4, 4) else { return }
      movie.chapterTracks.insert(UInt32(truncatingIfNeeded: id))
    }
  }
}

/// A timescale and a duration, as mvhd and mdhd hold them.
private struct MediaClock {
  let timescale: Int64
  /// `nil` if all bits are set, which says that the duration is unknown.
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
