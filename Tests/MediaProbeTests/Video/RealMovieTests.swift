import MediaFacts
import Testing

@testable import MediaReading
@testable import StreamProbing

@Suite("Real movies, all depths")
struct RealMovieTests {
  static let sound = [
    "h264-aac-faststart.mp4", "h264-aac-moov-last.mp4", "h264-b-frames-edit-list.mp4", "h264-baseline.mp4",
    "h264-co64.mp4", "h264-cover.mp4", "h264-fragmented-mfra.mp4", "h264-fragmented-sidx.mp4",
    "h264-mdat-to-end.mp4",
    "h264-mp3-sound.mp4", "h264-no-ftyp.mov", "h264-pcm-sound.mov", "h264-timecode.mov",
    "h264-variable-rate.mp4",
    "hevc-hev1.mp4", "hevc.mov",
  ]

  @Test("good files have no defect, and everything was examined", arguments: sound, Depth.allCases)
  func good(name: String, depth: Depth) throws {
    let facts = try measureVideo(fixture("accept/video/\(name)"), depth)
    let video = try #require(facts.video)
    #expect(facts.defects.isEmpty, "\(facts.defects)")
    #expect(facts.endDeclared == true)
    #expect(video.codec == (name.hasPrefix("hevc") ? "hevc" : "h264"))
    #expect(video.width == 426)
    #expect(video.height == 240)
    #expect(video.videoTracks == 1)
    var expected: Set<Evidence> = [.header, .sampleTables, .declaredEnd]
    if depth >= .full { expected.formUnion([.packets, .firstFrames]) }
    if depth >= .decode { expected.insert(.frames) }
    #expect(Set(facts.evidence) == expected)
    if depth >= .full { #expect(video.duration.counted != nil) }
  }

  @Test("an edit list presents less than is stored")
  func editList() throws {
    let facts = try measureVideo(fixture("reject/video-duration/edit-list-presents-9s-of-11s.mp4"), .full)
    let duration = try #require(facts.video?.duration)
    #expect(
      [duration.container, duration.stream, duration.counted] == [Rational(9), Rational(9), Rational(9)])
    #expect(duration.others == [DurationReading(name: "media header", seconds: Rational(11))])
    #expect(facts.video?.frames == 55)
  }

  @Test("pixels that are not square")
  func pixelAspect() throws {
    let video = try #require(try measureVideo(fixture("reject/video-pixel-aspect/4-3.mp4")).video)
    #expect(video.sampleAspectRatio == Rational(4, over: 3))
    #expect(video.displayWidth == 568)
    #expect(video.displayHeight == 240)
  }

  @Test("encrypted samples are read, not decoded")
  func encrypted() throws {
    let facts = try measureVideo(fixture("reject/video-encrypted/cenc.mp4"), .decode)
    #expect(facts.video?.encrypted == true)
    #expect(facts.video?.codec == "h264")
    #expect(facts.evidence.contains(.packets))
    #expect(!facts.evidence.contains(.firstFrames))
    #expect(facts.defects.isEmpty)
  }

  @Test("samples that are not frames pass the headers and fail to decode")
  func overwritten() throws {
    let bytes = try fixture("reject/video-corrupt/samples-overwritten.mp4")
    #expect(try measureVideo(bytes, .header).defects.isEmpty)
    #expect(try measureVideo(bytes, .full).defects.map(\.kind) == [.corrupt])
  }

  @Test("damage after the first frame is found by decoding every frame")
  func damagedLater() throws {
    var bytes = try fixture("accept/video/h264-baseline.mp4")
    let whole = try measureVideo(bytes, .decode)
    #expect(whole.defects.isEmpty)
    // The media are before moov; the last third of them are no longer frames.
    for position in 7000..<9000 { bytes[position] = 0xFF }
    #expect(try measureVideo(bytes, .full).defects.isEmpty)
    let facts = try measureVideo(bytes, .decode)
    #expect(facts.defects.map(\.kind) == [.corrupt])
    #expect(facts.evidence.contains(.firstFrames))
    #expect(!facts.evidence.contains(.frames))
  }

  @Test("samples without bytes are not frames", arguments: [0, 1], [Depth.full, .decode])
  func emptySamples(from first: Int, depth: Depth) throws {
    var bytes = try fixture("accept/video/h264-baseline.mp4")
    let sizes = try #require(sizeTable(in: bytes))
    for sample in first..<30 { bytes.replaceSubrange(sizes(sample), with: be(0, 4)) }
    let facts = try measureVideo(bytes, depth)
    #expect(facts.defects.contains { $0.kind == .corrupt })
    #expect(facts.video?.frames == first)
    #expect(facts.video?.duration.counted != Rational(3))
    let proofs: Set<Evidence> = [.sampleTables, .packets, .frames]
    #expect(proofs.isDisjoint(with: facts.evidence))
    #expect(facts.evidence.contains(.firstFrames) == (first > 0))
  }

  @Test("audio of which no sample has bytes is not decoded, and a gap in it is reported")
  func emptySound() throws {
    var bytes = try fixture("accept/video/h264-aac-faststart.mp4")
    let sizes = try #require(sizeTable(in: bytes, number: 1))
    bytes.replaceSubrange(sizes(7), with: be(0, 4))
    let gap = try measureVideo(bytes, .full)
    #expect(gap.defects.first?.kind == .emptySamples)
    for sample in 0..<48 { bytes.replaceSubrange(sizes(sample), with: be(0, 4)) }
    let silent = try measureVideo(bytes, .full)
    #expect(silent.defects.contains { $0.kind == .corrupt })
    #expect(!silent.evidence.contains(.packets))
    #expect(!silent.evidence.contains(.firstFrames))
  }

  @Test("samples that contain something else than a frame are not frames", arguments: [29, 2])
  func filler(samples: Int) throws {
    var bytes = try fixture("accept/video/h264-baseline.mp4")
    let sizes = try #require(sizeTable(in: bytes))
    // The one chunk begins at byte 48. NAL units of type 12 are filler.
    var position = 48
    for sample in 0..<30 {
      let size = bytes[sizes(sample)].reduce(0) { $0 << 8 | Int($1) }
      if sample >= 30 - samples {
        let filler = be(UInt64(size - 4), 4) + [12] + [UInt8](repeating: 0xFF, count: size - 6) + [0x80]
        bytes.replaceSubrange(position..<position + size, with: filler)
      }
      position += size
    }
    let facts = try measureVideo(bytes, .decode)
    #expect(facts.defects.map(\.kind) == [.corrupt])
    #expect(facts.evidence.contains(.firstFrames))
    #expect(!facts.evidence.contains(.frames))
  }

  @Test("frames that refer to others before the first are not damage, and were not seen")
  func leadingPictures() throws {
    let bytes = try fixture("corrupt/mp4-leading-pictures.mp4")
    #expect(try measureVideo(bytes, .full).defects.isEmpty)
    let facts = try measureVideo(bytes, .decode)
    #expect(facts.defects.map(\.kind) == [.undecodable])
    #expect(facts.evidence.contains(.firstFrames))
    #expect(!facts.evidence.contains(.frames))
  }

  @Test("a sample entry that contradicts the codec's headers is another reading")
  func sampleEntry() throws {
    var bytes = try fixture("accept/video/h264-baseline.mp4")
    let entry = try #require(bytes.indices.first { bytes[$0...].starts(with: ascii("avc1") + be(0, 6)) })
    bytes.replaceSubrange(entry + 28..<entry + 30, with: be(8000, 2))
    let video = try #require(try measureVideo(bytes, .full).video)
    #expect((video.width, video.height) == (426, 240))
    #expect(video.otherReadings == [PictureReading(name: "sample entry", width: 8000, height: 240)])
  }

  /// Where a sample's size is in the stsz box with a number, from 0.
  private func sizeTable(in bytes: [UInt8], number: Int = 0) -> ((Int) -> Range<Int>)? {
    let boxes = bytes.indices.filter { bytes[$0...].starts(with: ascii("stsz")) }
    guard boxes.indices.contains(number) else { return nil }
    return { sample in (boxes[number] + 16 + 4 * sample)..<(boxes[number] + 20 + 4 * sample) }
  }

  @Test("a source that fails in the media fails the probe, at every offset")
  func failingSource() throws {
    let bytes = try fixture("accept/video/h264-aac-faststart.mp4")
    for offset in stride(from: Int64(0), to: Int64(bytes.count), by: 1499) {
      let reader = MeteredReader(MovieBytes(bytes, failingFrom: offset), budget: Budget())
      var facts = MediaFacts(format: .mp4)
      #expect(throws: ProbeStop.self) { try VideoProbe.measure(reader, .full, &facts) }
    }
  }

  @Test("frames larger than the budget are not decoded")
  func pixelBudget() throws {
    var budget = Budget()
    budget.pixels = 100_000
    let facts = try measureVideo(fixture("accept/video/h264-baseline.mp4"), .full, budget: budget)
    #expect(facts.defects.map(\.kind) == [.limit])
    #expect(facts.video?.width == 426)
  }
}
