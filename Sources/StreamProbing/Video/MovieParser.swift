import MediaFacts
import MediaReading

/// Walks the boxes of an ISO base media or QuickTime file: headers and small payloads only, never media data.
///
/// `movie` holds what was found when a bound of the budget stops the walk.
struct MovieParser {
  let reader: MeteredReader
  var movie: Movie
  private var boxes: BoxReader
  /// Whether boxes belong to the last track.
  private var inTrack = false
  /// The track fragment that boxes belong to.
  var fragment: TrackFragment?
  var indexes: [SegmentIndex] = []

  /// Boxes that may stand at the top of a file. What is none of them, after the movie, is no box at all.
  private static let topLevel: Set<String> = [
    "ftyp", "styp", "moov", "moof", "mdat", "mfra", "sidx", "ssix", "free", "skip", "wide", "pnot", "pdin",
    "udta",
    "uuid", "meta", "emsg", "prft", "imda", "PICT", "junk", "jP  ",
  ]
  private static let containers: Set<String> = [
    "moov", "trak", "mdia", "minf", "stbl", "edts", "dinf", "mvex", "moof", "traf", "tref",
  ]

  init(_ reader: MeteredReader) throws(ProbeStop) {
    self.reader = reader
    boxes = BoxReader(reader)
    movie = Movie(length: try reader.measuredLength())
  }

  /// Walks the whole file.
  mutating func parse() throws(ProbeStop) {
    try walk()
    finish()
    requireDistinctTracks()
  }

  /// What is known of a track is found by its number.
  private mutating func requireDistinctTracks() {
    let tracks = movie.tracks(.video) + movie.tracks(.audio)
    if Set(tracks.map(\.id)).count < tracks.count { corrupt("two tracks have the same number") }
  }

  private mutating func walk() throws(ProbeStop) {
    var offset: Int64 = 0
    while offset < movie.length {
      switch try boxes.box(at: offset, end: movie.length) {
      case .box(let box):
        guard try parse(topLevel: box) else { return }
        offset = box.end
      case .impossible(let type, let size):
        notABox(type, at: offset, "box '\(type)' has the impossible size \(size)")
        return
      case .tooShort:
        notABox("", at: offset, "")
        return
      }
    }
  }

  /// The box at `offset` of a box that ends at `end`.
  mutating func nextBox(at offset: Int64, end: Int64) throws(ProbeStop) -> BoxReader.Reading {
    try boxes.box(at: offset, end: end)
  }

  /// Records that bytes break the format.
  ///
  /// After a few defects more of them say nothing new, and a hostile file could name one for every box.
  mutating func corrupt(_ message: String, at offset: Int64? = nil) {
    guard movie.defects.count < 16 else { return }
    movie.defects.append(Defect(.corrupt, message, offset: offset))
  }

  /// Changes the track that boxes belong to, if there is one.
  mutating func track(_ change: (inout Track) -> Void) {
    guard inTrack, let last = movie.tracks.indices.last else { return }
    change(&movie.tracks[last])
  }

  /// Whether to go on behind `box`.
  private mutating func parse(topLevel box: Box) throws(ProbeStop) -> Bool {
    guard box.end <= movie.length else {
      let missing = box.end - movie.length
      guard Self.topLevel.contains(box.type) else {
        notABox(
          box.type, at: box.offset, "box '\(box.type)' runs \(missing.bytesInWords) past the end of the file")
        return false
      }
      noteStart(of: box)
      movie.defects.append(
        Defect(
          .truncated, "box '\(box.type)' runs \(missing.bytesInWords) past the end of the file",
          offset: box.offset,
          bytes: missing))
      return false
    }
    if movie.moov != nil, !Self.topLevel.contains(box.type), box.type.contains("?") {
      notABox(box.type, at: box.offset, "")
      return false
    }
    if box.type == "moov", movie.moov != nil {
      corrupt("there is a second moov box, and readers disagree about which one counts", at: box.offset)
      return true
    }
    noteStart(of: box)
    try parse(box, nesting: 1)
    return true
  }

  private mutating func noteStart(of box: Box) {
    switch box.type {
    case "moov":
      movie.moov = movie.moov ?? box.offset
    case "mdat", "moof":
      movie.firstMedia = movie.firstMedia ?? box.offset
      if box.type == "moof" { movie.fragmented = true }
    default:
      break
    }
  }

  /// Bytes that are no box: behind a movie they are trailing data, or a fragment that was cut; else the file is
  /// corrupt.
  private mutating func notABox(_ type: String, at offset: Int64, _ message: String) {
    let count = movie.length - offset
    if movie.moov != nil, !Self.topLevel.contains(type) {
      if movie.fragmented, type.isEmpty {
        endsInsideHeader(at: offset)
      } else {
        movie.defects.append(
          Defect(.trailingData, "\(count.bytesInWords) after the last box", offset: offset, bytes: count))
      }
    } else if type.isEmpty {
      endsInsideHeader(at: offset)
    } else {
      corrupt(message, at: offset)
    }
  }

  private mutating func endsInsideHeader(at offset: Int64) {
    let count = movie.length - offset
    // The long header is the one with a 64-bit size.
    let missing = (count < 8 ? 8 : 16) - count
    movie.defects.append(
      Defect(.truncated, "the file ends inside the header of a box", offset: offset, bytes: missing))
  }

  private mutating func parse(_ box: Box, nesting: Int) throws(ProbeStop) {
    guard Self.containers.contains(box.type) else {
      try parse(leaf: box)
      return
    }
    guard nesting <= reader.budget.nesting else {
      throw reader.exceeded("boxes are nested more than \(reader.budget.nesting) deep", at: box.offset)
    }
    let wasInTrack = inTrack
    try enter(box)
    try parse(children: box, nesting: nesting + 1)
    try leave(box)
    inTrack = wasInTrack
  }

  private mutating func enter(_ box: Box) throws(ProbeStop) {
    switch box.type {
    case "trak":
      guard movie.tracks.count < reader.budget.streams else {
        throw reader.exceeded("the file has more than \(reader.budget.streams) tracks", at: box.offset)
      }
      movie.tracks.append(Track())
      inTrack = true
    case "mvex":
      movie.fragmented = true
    case "moof":
      movie.fragmented = true
      fragment = TrackFragment(movieFragment: box.offset)
    case "traf":
      fragment?.startTrack()
    default:
      break
    }
  }

  private mutating func leave(_ box: Box) throws(ProbeStop) {
    switch box.type {
    case "trak": try finishTrack(box)
    case "moof": fragment = nil
    default: break
    }
  }

  private mutating func parse(children box: Box, nesting: Int) throws(ProbeStop) {
    var offset = box.payload.lowerBound
    // QuickTime may end a container with a 32-bit zero, which is too short for a box.
    while box.end - offset >= 8 {
      switch try boxes.box(at: offset, end: box.end) {
      case .box(let child) where child.end <= box.end:
        try parse(child, nesting: nesting)
        offset = child.end
      case .box(let child):
        corrupt(
          "box '\(child.type)' runs \((child.end - box.end).bytesInWords) past the end of '\(box.type)'",
          at: offset)
        return
      case .impossible(let type, let size):
        corrupt("box '\(type)' in '\(box.type)' has the impossible size \(size)", at: offset)
        return
      case .tooShort:
        return
      }
    }
  }

  private mutating func parse(leaf box: Box) throws(ProbeStop) {
    switch box.type {
    case "ftyp": if movie.brand == nil { movie.brand = try reader.payload(box, 4).fourCC(0) }
    case "mvhd": try movieHeader(box)
    case "cmov": movie.compressed = true
    case "mehd": try movieExtendsHeader(box)
    case "trex": try trackExtends(box)
    case "tfhd": try fragmentHeader(box)
    case "trun": try fragmentRun(box)
    case "sidx": try segmentIndex(box)
    case "mfra": movie.fragmentsIndexed = true
    case "chap": try chapterReference(box)
    default: if inTrack { try parse(trackLeaf: box) }
    }
  }
}
