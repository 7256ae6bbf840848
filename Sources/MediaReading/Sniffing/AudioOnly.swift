import MediaFacts

/// Recognises movies without video, which people use as audio.
///
/// A movie whose tracks are not found within a few reads counts as video.
enum AudioOnly {
  /// `found`, changed to audio if it has audio tracks and no video tracks.
  static func look(at found: Identity, _ reader: MeteredReader) throws(ProbeStop) -> Identity {
    let isSound =
      switch found.format.id {
      case "mp4", "mov", "3gp", "3g2", "f4v", "isobmff":
        try MovieTracks.areAudioOnly(reader)
      case "webm", "mkv": try MatroskaTracks(reader).areAudioOnly()
      case "mpegts": TransportTracks(try reader.bytes(at: 0, count: 64 << 10)).areAudioOnly
      default: false
      }
    guard isSound else { return found }
    let format = MediaFormat(
      id: "\(found.format.id)-audio", name: "\(found.format.name) with audio only", kind: .audio)
    return Identity(format, found.detail)
  }
}

/// The handlers of the tracks of an ISO base media or QuickTime file.
private struct MovieTracks {
  fileprivate var boxes: BoxReader
  /// The maximum number of boxes read on one level.
  private static let mostBoxes = 1000
  /// Handlers of tracks that no reader treats as video.
  private static let withoutPictures: Set<String> = [
    "soun", "text", "sbtl", "subt", "subp", "clcp", "meta", "tmcd", "hint", "odsm", "sdsm", "data", "mdir",
    "nrtm",
  ]

  static func areAudioOnly(_ reader: MeteredReader) throws(ProbeStop) -> Bool {
    var tracks = MovieTracks(boxes: BoxReader(reader))
    return try tracks.areAudioOnly()
  }

  private mutating func areAudioOnly() throws(ProbeStop) -> Bool {
    guard let movie = try child("moov", 0..<(boxes.reader.length ?? .max / 4)) else { return false }
    var hasSound = false
    var offset = movie.lowerBound
    for _ in 0..<Self.mostBoxes {
      guard let box = try box(at: offset, movie.upperBound) else { break }
      offset = box.end
      guard box.type == "trak" else { continue }
      guard let handler = try handler(box.payload), Self.withoutPictures.contains(handler) else {
        return false
      }
      hasSound = hasSound || handler == "soun"
    }
    return hasSound
  }

  private mutating func handler(_ track: Range<Int64>) throws(ProbeStop) -> String? {
    guard let media = try child("mdia", track), let handler = try child("hdlr", media) else { return nil }
    return try boxes.reader.bytes(at: handler.lowerBound, count: 12).fourCC(8)
  }

  private mutating func child(_ type: String, _ parent: Range<Int64>) throws(ProbeStop) -> Range<Int64>? {
    var offset = parent.lowerBound
    for _ in 0..<Self.mostBoxes {
      guard let box = try box(at: offset, parent.upperBound) else { return nil }
      if box.type == type { return box.payload }
      offset = box.end
    }
    return nil
  }

  /// The box at `offset`; `nil` if there is none, or it ends after `end`.
  private mutating func box(at offset: Int64, _ end: Int64) throws(ProbeStop) -> Box? {
    guard case .box(let box) = try boxes.box(at: offset, end: end), box.end <= end else { return nil }
    return box
  }
}

/// The types of the tracks of a Matroska or WebM file.
private struct MatroskaTracks {
  let reader: MeteredReader
  private static let mostElements = 64
  private static let longestTracks: Int64 = 256 << 10

  private enum ID {
    static let segment: UInt64 = 0x1853_8067
    static let cluster: UInt64 = 0x1F43_B675
    static let tracks: UInt64 = 0x1654_AE6B
    static let entry: UInt64 = 0xAE
    static let type: UInt64 = 0x83
  }

  init(_ reader: MeteredReader) { self.reader = reader }

  func areAudioOnly() throws(ProbeStop) -> Bool {
    var offset: Int64 = 0
    for _ in 0..<Self.mostElements {
      guard let element = EBMLElement(try reader.bytes(at: offset, count: 12)), element.id != ID.cluster
      else {
        return false
      }
      offset += Int64(element.header)
      // The segment contains the following elements.
      if element.id == ID.segment { continue }
      guard let size = element.size, size <= Int64.max / 4 - offset else { return false }
      if element.id == ID.tracks {
        guard size <= Self.longestTracks else { return false }
        return Self.areAudioOnly(try reader.bytes(at: offset, count: Int(size)))
      }
      offset += size
    }
    return false
  }

  private static func areAudioOnly(_ tracks: ArraySlice<UInt8>) -> Bool {
    let types = elements(tracks).filter { $0.id == ID.entry }.map { entry in
      elements(entry.payload).first { $0.id == ID.type }?.payload.last
    }
    // 2 is audio; 1 and 3 include video.
    return types.contains(2) && !types.contains(1) && !types.contains(3) && !types.contains(nil)
  }

  private static func elements(_ bytes: ArraySlice<UInt8>) -> [(id: UInt64, payload: ArraySlice<UInt8>)] {
    var rest = bytes
    var elements: [(id: UInt64, payload: ArraySlice<UInt8>)] = []
    while let element = EBMLElement(rest), let size = element.size, size <= rest.count - element.header {
      elements.append((element.id, rest.dropFirst(element.header).prefix(Int(size))))
      rest = rest.dropFirst(element.header + Int(size))
    }
    return elements
  }
}

/// The head of an EBML element.
private struct EBMLElement {
  let id: UInt64
  /// Bytes of the head itself.
  let header: Int
  /// Bytes of the payload; `nil` if it is not known.
  let size: Int64?

  init?(_ bytes: ArraySlice<UInt8>) {
    guard let first = bytes.first, first != 0 else { return nil }
    let idLength = first.leadingZeroBitCount + 1
    guard idLength <= 4, let id = bytes.bigEndian(0, idLength), let second = bytes.dropFirst(idLength).first,
      second != 0,
      let coded = bytes.bigEndian(idLength, second.leadingZeroBitCount + 1)
    else { return nil }
    let sizeLength = second.leadingZeroBitCount + 1
    let most = UInt64(1) << UInt64(7 * sizeLength) - 1
    self.id = id
    header = idLength + sizeLength
    // If all bits are set, the size is not known.
    size = coded & most == most ? nil : Int64(coded & most)
  }
}

/// The types of the streams of an MPEG transport stream.
private struct TransportTracks {
  private var types: [UInt64] = []

  /// Stream types of video: MPEG-1, -2 and -4, H.264 and its extensions, HEVC, VVC, JPEG 2000, AVS, VC-1, Dirac.
  private static let video: Set<UInt64> = [
    0x01, 0x02, 0x10, 0x1B, 0x1E, 0x1F, 0x20, 0x21, 0x24, 0x25, 0x27, 0x28, 0x29, 0x2A, 0x33, 0x34, 0x42,
    0xD1, 0xD2, 0xEA,
  ]
  /// Stream types of audio, and of private data, which is audio, subtitles or metadata.
  private static let audio: Set<UInt64> = [
    0x06, 0x03, 0x04, 0x0F, 0x11, 0x1C, 0x2D, 0x2E, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x8A,
  ]

  var areAudioOnly: Bool {
    types.contains(where: Self.audio.contains) && !types.contains(where: Self.video.contains)
  }

  init(_ head: ArraySlice<UInt8>) {
    let layouts = [(start: 0, step: 188), (start: 4, step: 192), (start: 0, step: 204)]
    guard
      let layout = layouts.first(where: { layout in
        (0..<4).allSatisfy { head.bigEndian(layout.start + $0 * layout.step, 1) == 0x47 }
      })
    else { return }
    var programs: Set<UInt64> = []
    for start in stride(from: layout.start, to: head.count - 187, by: layout.step) {
      let packet = head.dropFirst(start).prefix(188)
      guard packet.first == 0x47, let word = packet.bigEndian(1, 2), let control = packet.bigEndian(3, 1),
        word & 0x4000 != 0, control & 0x10 != 0
      else { continue }
      // After an adaptation field, a pointer states where the section begins.
      let field = control & 0x20 != 0 ? Int(packet.bigEndian(4, 1) ?? 0) + 1 : 0
      guard let pointer = packet.bigEndian(4 + field, 1) else { continue }
      let section = packet.dropFirst(5 + field + Int(pointer))
      let id = word & 0x1FFF
      if id == 0 {
        programs.formUnion(Self.programs(section))
      } else if programs.contains(id) {
        types += Self.types(section)
      }
    }
  }

  private static func programs(_ section: ArraySlice<UInt8>) -> [UInt64] {
    guard section.first == 0, let length = section.bigEndian(1, 2) else { return [] }
    return stride(from: 8, to: min(section.count, Int(length & 0xFFF) + 3 - 4), by: 4).compactMap {
      position in
      section.bigEndian(position, 2) == 0 ? nil : section.bigEndian(position + 2, 2).map { $0 & 0x1FFF }
    }
  }

  private static func types(_ section: ArraySlice<UInt8>) -> [UInt64] {
    guard section.first == 2, let length = section.bigEndian(1, 2), let descriptors = section.bigEndian(10, 2)
    else {
      return []
    }
    var types: [UInt64] = []
    var position = 12 + Int(descriptors & 0xFFF)
    let end = min(section.count, Int(length & 0xFFF) + 3 - 4)
    while position < end, let type = section.bigEndian(position, 1),
      let skip = section.bigEndian(position + 3, 2)
    {
      types.append(type)
      position += 5 + Int(skip & 0xFFF)
    }
    return types
  }
}
