import MediaFacts
import MediaReading

/// Walks the boxes of an ISO base media or QuickTime file: headers and small payloads only, never media data.
///
/// If a bound of the budget stops the walk, `movie` holds what was found until then.
struct MovieParser {
  let reader: MeteredReader
  var movie: Movie
  private var boxes: BoxReader
  /// The type of the box that is being walked; empty at the top of the file.
  private(set) var parent = ""
  /// Whether boxes belong to the last track in `movie`.
  private var inTrack = false
  /// The track fragment that the current boxes belong to.
  var fragment: TrackFragment?
  var indexes: [SegmentIndex] = []

  /// Boxes that may be at the top of a file. After the movie, any other type is not a box.
  private static let topLevel: Set<String> = [
    "ftyp", "styp", "moov", "moof", "mdat", "mfra", "sidx", "ssix", "free", "skip", "wide", "pnot", "pdin",
    "udta",
    "uuid", "meta", "emsg", "prft", "imda", "PICT", "junk", "jP  ",
  ]
  private static let containers: Set<String> = [
    "moov", "trak", "mdia", "minf", "stbl", "edts", "dinf", "mvex", "moof", "traf", "tref",
  ]
  /// The allowed parents of each box that structures a movie; "" is the top of the file. Some readers use
  /// such a box anywhere, others only inside these parents.
  private static let parents: [String: Set<String>] = [
    "moov": [""], "moof": [""], "mvhd": ["moov"], "trak": ["moov"], "mvex": ["moov"], "tkhd": ["trak"],
    "edts": ["trak"], "elst": ["edts"], "mdia": ["trak"], "mdhd": ["mdia"], "hdlr": ["mdia", "minf", "meta"],
    "minf": ["mdia"], "stbl": ["minf"], "stsd": ["stbl"], "stts": ["stbl"], "ctts": ["stbl"],
    "stsc": ["stbl"],
    "stsz": ["stbl"], "stz2": ["stbl"], "stco": ["stbl"], "co64": ["stbl"], "mehd": ["mvex"],
    "trex": ["mvex"],
    "traf": ["moof"], "tfhd": ["traf"], "tfdt": ["traf"], "trun": ["traf"], "hoov": [],
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
    compareTracks()
  }

  /// Tracks are found by number, so numbers must be unique and consistent.
  private mutating func compareTracks() {
    for track in movie.tracks {
      for defect in [track.kindDefect, track.entriesDefect].compactMap(\.self) { irregular(defect) }
    }
    let tracks = movie.tracks(.video) + movie.tracks(.audio)
    if !movie.tracks(.video).isEmpty,
      let empty = movie.tracks.first(where: { $0.kind == .video && $0.samples.count == 0 })
    {
      irregular("video track \(empty.id) has no samples: FFmpeg fails where it chooses that track")
    }
    if let video = movie.tracks(.video).first, movie.chapterTracks.contains(video.id) {
      irregular(
        "track \(video.id) is named as the chapters of another track, so that FFmpeg finds no video in the file"
      )
    }
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
  /// Further defects after the first few give no new information, and a hostile file could cause one for
  /// every box.
  mutating func corrupt(_ message: String, at offset: Int64? = nil) {
    guard movie.defects.count < 16 else { return }
    movie.defects.append(Defect(.corrupt, message, offset: offset))
  }

  /// Records bytes that readers interpret differently. The same bound as in `corrupt` applies.
  mutating func irregular(_ message: String, at offset: Int64? = nil) {
    guard movie.defects.count < 16 else { return }
    movie.defects.append(Defect(.irregular, message, offset: offset))
  }

  /// Changes the track that boxes belong to, if there is one.
  mutating func track(_ change: (inout Track) -> Void) {
    guard inTrack, let last = movie.tracks.indices.last else { return }
    change(&movie.tracks[last])
  }

  /// Whether the walk can continue after `box`.
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

  /// Bytes that are not a box. After a movie, they are trailing data or a truncated fragment; elsewhere the
  /// file is corrupt.
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
    noteMisplaced(box)
    guard Self.containers.contains(box.type) else {
      try parse(leaf: box)
      return
    }
    guard nesting <= reader.budget.nesting else {
      throw reader.exceeded("boxes are nested more than \(reader.budget.nesting) deep", at: box.offset)
    }
    let (wasInTrack, outer) = (inTrack, parent)
    try enter(box)
    parent = box.type
    try parse(children: box, nesting: nesting + 1)
    parent = outer
    try leave(box)
    inTrack = wasInTrack
  }

  private mutating func noteMisplaced(_ box: Box) {
    guard let parents = Self.parents[box.type], !parents.contains(parent) else { return }
    irregular(
      "box '\(box.type)' is \(parent.isEmpty ? "at the top of the file" : "in '\(parent)'"), "
        + "where some readers take it for the movie's and others do not", at: box.offset)
  }

  /// Searches user data and metadata for boxes of a movie's structure, and reads nothing else there. Bytes
  /// that are not a box are not damage there: QuickTime's lists end with 32 zero bits, and applications store
  /// arbitrary data.
  private mutating func search(_ box: Box, nesting: Int) throws(ProbeStop) {
    guard nesting <= reader.budget.nesting else { return }
    let outer = parent
    parent = box.type
    defer { parent = outer }
    var offset = box.payload.lowerBound
    // In MP4, meta has a version before its boxes; in QuickTime it has none.
    if box.type == "meta", try reader.payload(box, 8).fourCC(4) != "hdlr" { offset += 4 }
    while box.end - offset >= 8, case .box(let child) = try boxes.box(at: offset, end: box.end),
      child.end <= box.end
    {
      noteMisplaced(child)
      if Self.containers.contains(child.type) || Self.searched.contains(child.type) {
        try search(child, nesting: nesting + 1)
      } else if child.type == "mvhd" {
        try strayMovieHeader(child)
      }
      offset = child.end
    }
  }

  private static let searched: Set<String> = ["udta", "meta"]

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
    case "tfdt": try fragmentDecodeTime(box)
    case "sidx": try segmentIndex(box)
    case "mfra": movie.fragmentsIndexed = true
    case "udta", "meta": try search(box, nesting: 1)
    case "chap": try chapterReference(box)
    default: if inTrack { try parse(trackLeaf: box) }
    }
  }
}
