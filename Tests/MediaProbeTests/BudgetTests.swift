import AssetSource
import FixtureKit
import Foundation
import Locations
import MediaFacts
import MediaProbe
import SystemPackage
import Testing

/// Every bound of a budget stops a probe that would go beyond it, and says so.
struct BudgetTests {
  struct Bound: Sendable, CustomTestStringConvertible {
    let name: String
    let fixture: String
    let words: String
    let depth: Depth
    let set: @Sendable (inout Budget) -> Void

    init(
      _ name: String, _ fixture: String, _ words: String, _ depth: Depth = .full,
      set: @escaping @Sendable (inout Budget) -> Void
    ) {
      self.name = name
      self.fixture = fixture
      self.words = words
      self.depth = depth
      self.set = set
    }

    var testDescription: String { "\(name) of \(fixture)" }
  }

  static let bounds = [
    Bound("time", "image/jpeg-420.jpg", "probing took longer than 0.0 seconds") { $0.time = .zero },
    Bound("bytesRead", "image/png-rgb-8.png", "more than 1000 bytes had to be read") { $0.bytesRead = 1000 },
    Bound("reads", "video/h264-faststart.mov", "more than 2 reads were needed") { $0.reads = 2 },
    Bound("seeks", "video/h264-aac-moov-last.mp4", "more than 1 seeks were needed") { $0.seeks = 1 },
    Bound("pixels", "image/webp-lossy.webp", "that may be decoded") { $0.pixels = 100 },
    Bound("pixels", "video/h264-faststart.mov", "more than may be decoded") { $0.pixels = 100 },
    Bound("wholeImageMemory", "image/jpeg-progressive.jpg", "memory") { $0.wholeImageMemory = 1000 },
    Bound("scans", "image/jpeg-progressive.jpg", "scans") { $0.scans = 1 },
    Bound("metadataBytes", "image/jpeg-exif-1-big-endian.jpg", "EXIF", .header) { $0.metadataBytes = 14 },
    Bound("chunks", "image/png-many-idat.png", "more than 2 chunks") { $0.chunks = 2 },
    Bound("chunks", "audio/wav-list-before-data.wav", "more than 1 chunks") { $0.chunks = 1 },
    Bound("boxes", "video/h264-faststart.mov", "more than 5 boxes") { $0.boxes = 5 },
    Bound("nesting", "video/h264-faststart.mov", "nested more than 1 deep") { $0.nesting = 1 },
    Bound("streams", "video/h264-aac-faststart.mp4", "more than 1 tracks") { $0.streams = 1 },
    Bound("frames", "video/h264-faststart.mov", "more than 3") { $0.frames = 3 },
    Bound("frames", "audio/mp3-cbr.mp3", "more than 3") { $0.frames = 3 },
    Bound("frames", "audio/mp3-cbr.mp3", "more than 3", .decode) { $0.frames = 3 },
  ]

  @Test(arguments: bounds)
  func aBoundStopsAProbe(_ bound: Bound) async throws {
    let source = try FileByteSource(FilePath(Fixture("accept/\(bound.fixture)").url.path))
    var request = ProbeRequest(depth: bound.depth)
    #expect(try await InProcessProber.inProcess.probe(source, request).defects == [])
    bound.set(&request.budget)
    let facts = try await InProcessProber.inProcess.probe(source, request)
    let limits = facts.defects.filter { $0.kind == .limit }
    #expect(limits.count == 1)
    #expect(limits.first?.message.contains(bound.words) != false, "\(limits)")
  }

  /// The tests of workers have the two bounds that only a process can have.
  @Test func everyBoundHasACase() {
    let names = Set(Mirror(reflecting: Budget()).children.compactMap(\.label))
    #expect(names.subtracting(Self.bounds.map(\.name)) == ["processorTime", "workerMemory"])
  }
}
