import AssetSource
import FixtureKit
import Foundation
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
}
