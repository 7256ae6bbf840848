import AssetOpening
import AssetSource
import FixtureKit
import Foundation
import Locations
import MediaProbe
import SystemPackage
import Testing
import WanCheck

/// A local copy stands for what will be served: it is judged, and never sent on that ground.
@Suite struct MappedAssetTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(try Data(contentsOf: Fixture("accept/image/png-rgb-8.png").url), to: "public/a.png")
    try folder.write("", to: "public/empty.png")
  }

  private func check(_ url: String, prefix: String, allowPrivateHosts: Bool = false) async throws
    -> JobOutcome
  {
    let opener = MappingAssetOpener(
      URLMappings([try URLMapping(prefix: prefix, folder: "public")]),
      workingFolder: FilePath(folder.url.path), next: LocalAssetOpener())
    let preflight = Preflight(
      prober: .inProcess, configuration: .init(allowPrivateHosts: allowPrivateHosts, submitting: true),
      opener: opener, memo: ExaminationMemo())
    var reader = JobDocumentReader(Array(#"{"start_image_url": "\#(url)"}"#.utf8), format: .json)
    let record = reader.next()
    return try await preflight.check(Job(try #require(record)))
  }

  @Test func aValidCopyMakesAValidJobThatMayNotBeSent() async throws {
    let outcome = try await check(
      "https://cdn.example.net/media/a.png?v=1", prefix: "https://cdn.example.net/media")
    guard case .notSubmittable(let result) = outcome else {
      Issue.record("a copy is not what the URL serves")
      return
    }
    #expect(result.verdict == .valid)
    #expect(result.notSubmittableBecause == [.localAsset])
    #expect(result.assets.first?.facts != nil)
    #expect(result.assets.first?.delivery == nil)
    #expect(result.findings.isEmpty)
  }

  @Test func aPrivateHostIsNamedAndItsCopyChecked() async throws {
    let url = "http://192.168.1.20/media/a.png"
    let result = try await check(url, prefix: "http://192.168.1.20").result
    #expect(result.findings.map(\.rule).contains("file-missing"), "there is no public/media/a.png")
    let found = try await check(url, prefix: "http://192.168.1.20/media").result
    #expect(Set(found.findings.map(\.rule)) == ["url-not-public", "url-insecure"])
    #expect(found.verdict == .invalid)
    #expect(found.assets.first?.facts != nil)
    #expect(found.notSubmittableBecause.contains(.localAsset))
    let allowed = try await check(url, prefix: "http://192.168.1.20/media", allowPrivateHosts: true).result
    #expect(allowed.verdict == .valid)
    #expect(allowed.notSubmittableBecause == [.localAsset])
  }

  @Test func aMissingCopyIsNamedByItsPath() async throws {
    let result = try await check("https://cdn.example.net/b.png?secret", prefix: "https://cdn.example.net")
      .result
    let finding = try #require(result.findings.first)
    #expect(finding.rule == "file-missing")
    #expect(finding.message.contains("public/b.png"))
    #expect(!finding.message.contains("secret"))
    #expect(result.verdict == .invalid)
  }

  @Test func whatIsRefusedIsInconclusive() async throws {
    let url = "https://cdn.example.net/%2e%2e/public/a.png"
    let result = try await check(url, prefix: "https://cdn.example.net").result
    #expect(result.findings.map(\.rule) == ["file-unreadable"])
    #expect(result.verdict == .inconclusive)
    #expect(!result.submittable)
  }

  @Test func anEmptyCopyIsEmpty() async throws {
    let result = try await check("https://cdn.example.net/empty.png", prefix: "https://cdn.example.net")
      .result
    #expect(result.findings.map(\.rule) == ["file-empty"])
    #expect(result.notSubmittableBecause.contains(.localAsset))
  }
}
