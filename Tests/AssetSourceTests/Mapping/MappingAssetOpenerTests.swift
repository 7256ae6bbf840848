import AssetOpening
import AssetSource
import Locations
import MediaFacts
import SystemPackage
import Testing

@Suite struct MappingAssetOpenerTests {
  private let folder: TemporaryFolder
  private let opener: MappingAssetOpener

  /// `public/` is what will be served; `secret` is next to it.
  init() throws {
    folder = try TemporaryFolder()
    for name in ["public", "public/sub", "other"] { try folder.makeFolder(name) }
    try folder.write("public/a b.png", 0..<10)
    try folder.write("secret", 0..<3)
    try folder.link("public/inside", to: "sub/../a b.png")
    try folder.link("public/out", to: "../secret")
    try folder.link("public/etc", to: "/etc")
    try folder.link("public/circle", to: "circle")
    try folder.link("linked", to: "public")
    opener = MappingAssetOpener(
      URLMappings([
        try URLMapping(prefix: "https://cdn.x/a", folder: "public"),
        try URLMapping(prefix: "https://cdn.x/b", folder: folder.path.appending("public")),
        try URLMapping(prefix: "https://cdn.x/c", folder: "linked"),
        try URLMapping(prefix: "https://cdn.x/gone", folder: "gone"),
      ]), workingFolder: folder.path, next: LocalAssetOpener())
  }

  private func failure(_ text: String) async -> AssetError? {
    do throws(AssetError) {
      _ = try await opener.open(AssetLocation(text), OpenRequest())
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: ["a/a%20b.png", "b/a%20b.png?sig=1", "c/a%20b.png", "a/inside", "c/inside"])
  func opensTheLocalCopy(_ path: String) async throws {
    let location = AssetLocation("https://cdn.x/\(path)")
    #expect(!opener.needsNetwork(for: location))
    let asset = try await opener.open(location, OpenRequest(digestLimit: 100))
    #expect(asset.length == 10)
    #expect(asset.delivery == nil)
    let conclusion = await asset.finish()
    #expect(conclusion.sha256 == "1f825aa2f0020ef7cf91dfa30da4668d791c5d4824fc8e41354b89ec05795ab3")
    #expect(conclusion.delivery == nil)
  }

  @Test(arguments: ["out", "etc/passwd", "etc", "../secret", "%2e%2e/secret", "..%2fsecret", "/etc/passwd"])
  func nothingOutsideTheFolderIsOpened(_ path: String) async throws {
    let failure = try #require(await failure("https://cdn.x/a/\(path)"))
    #expect(failure.code == .unreadable)
    #expect(!opener.needsNetwork(for: AssetLocation("https://cdn.x/a/\(path)")))
  }

  @Test func namesTheLocalCopyThatIsMissing() async throws {
    let failure = try #require(await failure("https://cdn.x/a/x/no%1Bne.png?secret"))
    #expect(failure.code == .missing)
    #expect(failure.message == "there is no local copy at public/x/no\\u{1B}ne.png")
    #expect(await self.failure("https://cdn.x/gone/a.png")?.code == .missing)
    #expect(await self.failure("https://cdn.x/a/inside/a.png")?.code == .missing)
  }

  @Test func saysWhatElseIsWrongWithTheLocalCopy() async {
    let folder = await failure("https://cdn.x/a/sub")
    #expect(folder?.code == .notRegularFile)
    #expect(folder?.message.hasPrefix("the local copy public/sub: ") == true)
    #expect(await failure("https://cdn.x/a/circle")?.code == .unreadable)
  }

  @Test func handsOnWhatIsNotMapped() async throws {
    #expect(opener.needsNetwork(for: AssetLocation("https://cdn.x/ab.png")))
    #expect(await failure("https://cdn.x/ab.png")?.code == .offline)
    let path = folder.path.appending("secret")
    #expect(!opener.needsNetwork(for: AssetLocation(path: path)))
    #expect(try await opener.open(AssetLocation(path: path), OpenRequest()).length == 3)
  }
}
