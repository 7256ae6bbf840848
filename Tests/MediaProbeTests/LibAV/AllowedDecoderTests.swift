import AssetSource
import FixtureKit
import Foundation
import Locations
import MediaFacts
import MediaProbe
import SystemPackage
import Testing

/// Few of FFmpeg's decoders see bytes of strangers.
struct AllowedDecoderTests {
  private func facts(of codec: String) async throws -> MediaFacts {
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "\(codec).mov")
    let made = try #require(Program(named: "ffmpeg")).run([
      "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=s=640x360:d=3:r=5", "-c:v", codec, file.path,
    ])
    try #require(made.status == 0, "\(made.errors)")
    let source = try FileByteSource(FilePath(file.path))
    return try await InProcessProber.inProcess.probe(source, ProbeRequest(depth: .full))
  }

  @Test(arguments: ["mpeg4", "mjpeg", "png", "qtrle", "prores"])
  func whatPeopleHaveIsDecoded(_ codec: String) async throws {
    let facts = try await facts(of: codec)
    #expect(facts.defects == [])
    #expect(facts.evidence.contains(.firstFrames))
  }

  @Test(arguments: ["rpza", "smc"])
  func whatNobodyHasIsNot(_ codec: String) async throws {
    let facts = try await facts(of: codec)
    #expect(facts.defects.map(\.kind) == [.undecodable], "\(facts.defects)")
    #expect(!facts.evidence.contains(.firstFrames))
    // Its headers are still read.
    #expect(facts.video?.codec == codec)
  }
}
