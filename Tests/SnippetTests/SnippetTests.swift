import AssetOpening
import AssetSource
import FixtureKit
import Foundation
import Locations
import MediaFacts
import MediaProbe
import SystemPackage
import Testing
import WanCheck

/// The snippets do what the text around them says.
@Suite struct SnippetTests {
  @Test func anAssetIsChecked() async throws {
    let good = Fixture("accept/image/jpeg-420.jpg").url.path
    #expect(try await LibrarySnippets.check(good) == .valid)
    #expect(
      try await LibrarySnippets.check(Fixture("reject/image-dimensions/200x150.png").url.path) == .invalid)
  }

  @Test func checksInWorkersThatAreNamed() async throws {
    let folder = FilePath(Program.wanCheck.executable.deletingLastPathComponent().path)
    let good = Fixture("accept/image/jpeg-420.jpg").url.path
    #expect(try await LibrarySnippets.checkConfined(good, workersIn: folder) == .valid)
  }

  @Test func offlineFetchesNothing() async throws {
    let result = try await LibrarySnippets.offline().check(AssetReference("https://cdn.example.net/a.png"))
    #expect(result.verdict == .inconclusive)
  }

  @Test func headersAreEnoughForTheSize() async throws {
    let (preflight, opener) = LibrarySnippets.patient()
    let result = try await preflight.check(AssetReference(Fixture("accept/image/jpeg-420.jpg").url.path))
    await opener.shutdown()
    #expect(result.verdict == .valid)
  }

  @Test func aJobThatIsNotWholeIsNotSubmittable() async throws {
    #expect(try await LibrarySnippets.strictly(#"{"prompt": "slow pan"}"#) == false)
  }

  @Test func reportsAreDocuments() async throws {
    let result = try await LibrarySnippets.offline().check(
      AssetReference(Fixture("accept/image/jpeg-420.jpg").url.path))
    let text = LibrarySnippets.report([result])
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect((report["results"] as? [Any])?.count == 1)
  }

  @Test func probingNeedsNoJob() async throws {
    let (facts, conclusion) = try await ProbeSnippets.probe(Fixture("accept/image/jpeg-420.jpg").url.path)
    #expect(facts.format == .jpeg && facts.defects.isEmpty && conclusion.sha256?.count == 64)
  }

  /// A source of one's own hands out the same facts as a file, and names what it was not asked to measure.
  @Test(arguments: ["accept/image/jpeg-420.jpg", "accept/video/h264-aac-faststart.mp4"])
  func bytesMayComeFromAnywhere(fixture: String) async throws {
    let bytes = [UInt8](try Data(contentsOf: Fixture(fixture).url))
    let facts = try await ProbeSnippets.bounded(MemorySource(bytes), .inProcess)
    #expect(facts.format?.kind == (fixture.hasSuffix(".jpg") ? .image : .video))
    #expect((facts.image != nil) == fixture.hasSuffix(".jpg") && facts.video == nil)
    let cancelled = MemorySource(bytes)
    cancelled.cancel()
    await #expect(throws: ProbeError.self) { try await ProbeSnippets.bounded(cancelled, .inProcess) }
  }

  @Test func noKeyNoClient() throws {
    #expect(try SubmitSnippets.client(" ", ledger: "/nonexistent/ledger.sqlite3") == nil)
  }
}
