import FixtureKit
import Foundation
import MediaFacts
import MediaProbe
import Testing

@Suite struct PreviewTests {
  private final class Bytes: ByteSource {
    private let data: Data

    init(_ data: Data) { self.data = data }

    var length: Int64? { Int64(data.count) }

    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
      guard offset < Int64(data.count) else { return 0 }
      let piece = data.dropFirst(Int(offset)).prefix(buffer.count)
      buffer.copyBytes(from: piece)
      return piece.count
    }

    func cancel() {}
  }

  private func facts(_ fixture: Fixture, preview: Bool) async throws -> MediaFacts {
    let source = Bytes(try Data(contentsOf: fixture.url))
    return try await InProcessProber.inProcess.probe(source, ProbeRequest(preview: preview))
  }

  @Test(arguments: [
    "accept/image/jpeg-420.jpg", "accept/image/jpeg-gray.jpg", "accept/image/jpeg-progressive.jpg",
    "accept/image/png-palette-4.png", "accept/image/png-gray-1.png", "accept/image/png-rgb-16.png",
    "accept/image/bmp-565.bmp", "accept/image/bmp-rle8.bmp", "accept/image/edge-8000x1000.webp",
    "jobs/media/clip.mp4",
  ])
  func pictureOfWhatIsWhole(_ path: String) async throws {
    var facts = try await facts(Fixture(path), preview: true)
    let preview = try #require(facts.preview)
    #expect(preview.jpeg.starts(with: [0xFF, 0xD8, 0xFF]))
    #expect(max(preview.width, preview.height) == Preview.longestSide)
    // The picture itself is an image that this prober finds whole.
    let source = Bytes(Data(preview.jpeg))
    let picture = try await InProcessProber.inProcess.probe(source, ProbeRequest())
    #expect(picture.defects.isEmpty)
    #expect(picture.image?.width == preview.width)
    #expect(picture.image?.height == preview.height)
    facts.preview = nil
    #expect(try await self.facts(Fixture(path), preview: false) == facts)
  }

  @Test func noPictureOfWhatIsBroken() async throws {
    let broken = Fixture.all(in: "reject/image-corrupt") + Fixture.all(in: "reject/image-truncated")
    #expect(!broken.isEmpty)
    for fixture in broken { #expect(try await facts(fixture, preview: true).preview == nil, "\(fixture)") }
  }
}
