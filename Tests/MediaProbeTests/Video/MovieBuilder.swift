/// Builds small ISO base media files box by box; what a test does not set is what an ordinary file has.
struct MovieBuilder {
  var brand: String? = "isom"
  var movieTimescale: UInt32 = 1000
  var movieDuration: UInt64 = 2000
  /// Whether mvhd, tkhd, mdhd and elst are of version 1, with 64-bit times.
  var wide = false
  var tracks = [TrackBuilder()]
  var moovFirst = true
  /// Further boxes at the end of moov.
  var moovExtra: [UInt8] = []
  /// Bytes after the last box.
  var tail: [UInt8] = []

  /// The file; samples of all tracks lie one after the other in one mdat box.
  func bytes() -> [UInt8] {
    let head = brand.map { box("ftyp", ascii($0), be(512, 4), ascii("isom")) } ?? []
    let media = box("mdat", [UInt8](repeating: 7, count: tracks.reduce(0) { $0 + $1.mediaBytes }))
    // Positions do not change the size of the moov box, so it is built twice.
    let size = moov(mediaAt: 0).count
    let start = head.count + (moovFirst ? size : 0) + 8
    let movie = moov(mediaAt: start)
    return head + (moovFirst ? movie + media : media + movie) + tail
  }

  private func moov(mediaAt start: Int) -> [UInt8] {
    var position = start
    var children = movieHeader
    for (index, track) in tracks.enumerated() {
      children += track.bytes(
        id: index + 1, mediaAt: position, wide: wide, duration: track.duration ?? movieDuration)
      position += track.mediaBytes
    }
    return box("moov", children, moovExtra)
  }

  private var movieHeader: [UInt8] {
    let times = times(movieTimescale, movieDuration, wide: wide)
    return box(
      "mvhd", be(wide ? 1 << 24 : 0, 4), times, be(0x10000, 4), be(0, 12), matrix([1, 0, 0, 1]), be(0, 28))
  }
}

/// One track of a `MovieBuilder`.
struct TrackBuilder {
  /// Its number, if it is not the next one.
  var id: Int?
  /// What tkhd states, in ticks of the movie, if it is not the movie's duration.
  var duration: UInt64?
  /// What mdhd states.
  var mediaDuration: UInt64 = 1200
  var handler = "vide"
  var entry = "avc1"
  var size: (width: Int, height: Int) = (320, 240)
  var timescale: UInt32 = 600
  /// Runs of stts: samples, ticks.
  var durations: [(UInt64, UInt64)] = [(4, 300)]
  /// Runs of ctts: samples, offset.
  var offsets: [(UInt64, UInt64)] = []
  var sizes: [UInt64] = [10, 20, 30, 40]
  /// Samples in each chunk.
  var perChunk = 2
  /// a, b, c, d of the matrix.
  var turn = [1, 0, 0, 1]
  /// Entries of the edit list: duration, media time, rate.
  var edits: [(duration: UInt64, mediaTime: Int64, rate: UInt64)] = []
  /// Boxes instead of the usual ones in stbl, by type.
  var replaced: [String: [UInt8]] = [:]
  /// The entry of dref.
  var dataReference: [UInt8] = box("url ", be(1, 4))
  /// Entries of the edit list that it does not count.
  var uncountedEdits: [(duration: UInt64, mediaTime: Int64, rate: UInt64)] = []
  /// Further sample entries: codec and sides.
  var furtherEntries: [(type: String, width: Int, height: Int)] = []
  /// Boxes at the end of the sample entry of a video.
  var entryExtra: [UInt8] = []
  /// Further boxes at the end of trak, and of minf.
  var extra: [UInt8] = []
  var mediaExtra: [UInt8] = []

  var mediaBytes: Int { Int(sizes.reduce(0, +)) }

  func bytes(id: Int, mediaAt start: Int, wide: Bool, duration: UInt64) -> [UInt8] {
    let version = be(wide ? 1 << 24 : 0, 4)
    let long = wide ? 8 : 4
    let header = box(
      "tkhd", version, be(0, 2 * long), be(UInt64(self.id ?? id), 4), be(0, 4), be(duration, long), be(0, 16),
      matrix(turn),
      be(UInt64(size.width) << 16, 4), be(UInt64(size.height) << 16, 4))
    let editList = box(
      "elst", version, be(UInt64(edits.count), 4),
      (edits + uncountedEdits).flatMap {
        be($0.duration, long) + be(UInt64(bitPattern: $0.mediaTime), long) + be($0.rate, 4)
      })
    let media = box(
      "mdia", box("mdhd", version, times(timescale, mediaDuration, wide: wide), be(0, 4)),
      box("hdlr", be(0, 8), ascii(handler), be(0, 13)),
      box(
        "minf", box("dinf", box("dref", be(0, 4), be(1, 4), dataReference)), table(mediaAt: start), mediaExtra
      ))
    return box("trak", header, edits.isEmpty ? [] : box("edts", editList), media, extra)
  }

  private func table(mediaAt start: Int) -> [UInt8] {
    var positions: [UInt64] = []
    var position = UInt64(start)
    for (index, size) in sizes.enumerated() {
      if index % perChunk == 0 { positions.append(position) }
      position += size
    }
    let boxes: [(String, [UInt8])] = [
      (
        "stsd",
        box(
          "stsd", be(0, 4), be(UInt64(1 + furtherEntries.count), 4),
          sampleEntry(entry, size.width, size.height),
          furtherEntries.flatMap { sampleEntry($0.type, $0.width, $0.height) })
      ),
      ("stts", runs("stts", durations)),
      ("ctts", offsets.isEmpty ? [] : runs("ctts", offsets)),
      ("stsc", box("stsc", be(0, 4), be(1, 4), be(1, 4), be(UInt64(perChunk), 4), be(1, 4))),
      ("stsz", box("stsz", be(0, 8), be(UInt64(sizes.count), 4), sizes.flatMap { be($0, 4) })),
      ("stco", box("stco", be(0, 4), be(UInt64(positions.count), 4), positions.flatMap { be($0, 4) })),
    ]
    return box("stbl", boxes.flatMap { replaced[$0.0] ?? $0.1 })
  }

  private func sampleEntry(_ entry: String, _ width: Int, _ height: Int) -> [UInt8] {
    let common = be(0, 6) + be(1, 2)
    guard handler != "soun" else { return box(entry, common, be(0, 8), be(1, 2), be(16, 2), be(0, 8)) }
    return box(
      entry, common, be(0, 16), be(UInt64(width), 2), be(UInt64(height), 2), be(0x48_0000, 4),
      be(0x48_0000, 4), be(0, 4), be(1, 2), be(0, 32), be(24, 2), be(0xFFFF, 2), entryExtra)
  }

  private func runs(_ type: String, _ runs: [(UInt64, UInt64)]) -> [UInt8] {
    box(type, be(0, 4), be(UInt64(runs.count), 4), runs.flatMap { be($0.0, 4) + be($0.1, 4) })
  }
}

/// A box of `type` with `parts` as its payload.
func box(_ type: String, _ parts: [UInt8]...) -> [UInt8] {
  let payload = parts.flatMap { $0 }
  return be(UInt64(payload.count + 8), 4) + ascii(type) + payload
}

/// The low `count` bytes of `value`, big-endian; more than eight are padded with zeros in front.
func be(_ value: UInt64, _ count: Int) -> [UInt8] {
  (0..<count).reversed().map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) : 0 }
}

func ascii(_ text: String) -> [UInt8] { [UInt8](text.utf8) }

/// Creation and modification time, timescale and duration, as mvhd and mdhd have them.
private func times(_ timescale: UInt32, _ duration: UInt64, wide: Bool) -> [UInt8] {
  be(0, wide ? 16 : 8) + be(UInt64(timescale), 4) + be(duration, wide ? 8 : 4)
}

private func matrix(_ turn: [Int]) -> [UInt8] {
  func fixed(_ value: Int) -> [UInt8] { be(UInt64(bitPattern: Int64(value * 65536)), 4) }
  return fixed(turn[0]) + fixed(turn[1]) + be(0, 4) + fixed(turn[2]) + fixed(turn[3]) + be(0, 12)
    + be(1 << 30, 4)
}
