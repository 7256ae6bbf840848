import AssetOpening
import AssetSource
import Locations
import MediaFacts
import SystemPackage
import Testing

@Suite struct LocalAssetOpenerTests {
  private let folder: TemporaryFolder
  private let opener = LocalAssetOpener()

  init() throws { folder = try TemporaryFolder() }

  private func code(_ text: String) async -> AssetError.Code? {
    do throws(AssetError) {
      _ = try await opener.open(AssetLocation(text), OpenRequest())
      return nil
    } catch {
      return error.code
    }
  }

  struct Vector: Sendable, CustomTestStringConvertible {
    let name: String
    let content: [UInt8]
    let digest: String
    var testDescription: String { name }
  }

  // FIPS 180-2 examples, and `sha256sum` for what is longer than one buffer.
  @Test(arguments: [
    Vector(
      name: "nothing", content: [],
      digest: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    Vector(
      name: "abc", content: Array("abc".utf8),
      digest: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    Vector(
      name: "a million times a", content: Array(repeating: 0x61, count: 1_000_000),
      digest: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    Vector(
      name: "one byte more than two buffers", content: Array(repeating: 0x61, count: (2 << 20) + 1),
      digest: "16a429a1e5162fcf59e3079724763e9afafcef1e2c7f862571e9267b3d959113"),
  ])
  func digests(_ vector: Vector) async throws {
    let path = try folder.write("a", vector.content)
    let asset = try await opener.open(
      AssetLocation(path.string), OpenRequest(digestLimit: Int64(vector.content.count)))
    #expect(asset.length == Int64(vector.content.count))
    #expect(asset.delivery == nil)
    #expect(await asset.finish() == AssetConclusion(sha256: vector.digest))
  }

  @Test func doesNotDigestBeyondTheLimit() async throws {
    let location = AssetLocation(path: try folder.write("a", 0..<10))
    for limit in [nil, 9, 0, -1] as [Int64?] {
      let asset = try await opener.open(location, OpenRequest(digestLimit: limit))
      #expect(asset.length == 10)
      #expect(await asset.finish() == AssetConclusion())
    }
  }

  @Test func saysThatTheFileChanged() async throws {
    let path = try folder.write("a", 0..<10)
    let asset = try await opener.open(AssetLocation(path: path), OpenRequest(digestLimit: 100))
    try folder.truncate(path, to: 20)
    let grown = await asset.finish()
    #expect(grown.failure?.code == .changed)
    #expect(grown.sha256 == nil)

    let other = try await opener.open(AssetLocation(path: path), OpenRequest(digestLimit: 100))
    try folder.truncate(path, to: 5)
    #expect(await other.finish().failure?.code == .changed)
    let undigested = try await opener.open(AssetLocation(path: path), OpenRequest())
    try folder.truncate(path, to: 6)
    #expect(await undigested.finish().failure?.code == .changed)
  }

  @Test func aReadThatFailedIsNotForgotten() async throws {
    let path = try folder.write("a", 0..<10)
    let asset = try await opener.open(AssetLocation(path: path), OpenRequest())
    asset.source.cancel()
    #expect(await asset.finish().failure?.code == .cancelled)
  }

  @Test(.timeLimit(.minutes(1))) func cancellingTheTaskEndsTheDigest() async throws {
    let path = try folder.write("a")
    // Reading all of it would take too long; the file has holes only.
    try folder.truncate(path, to: 1 << 40)
    let asset = try await opener.open(AssetLocation(path: path), OpenRequest(digestLimit: .max))
    let task = Task { await asset.finish() }
    task.cancel()
    let conclusion = await task.value
    #expect(conclusion.failure?.code == .cancelled)
    #expect(conclusion.sha256 == nil)
  }

  @Test func doesNotFetch() async {
    #expect(await code("https://h.net/a.png") == .offline)
    #expect(await code("https://u:p@h.net/a.png") == .offline)
    #expect(await code("ftp://h.net/a.png") == .badLocation)
    #expect(await code("file:///etc/passwd") == .badLocation)
  }

  @Test func refusesANULThatWouldCutThePathShort() async throws {
    let path = try folder.write("a", 0..<10)
    #expect(await code(path.string) == nil)
    #expect(await code(path.string + "\u{0}.png") == .badLocation)
    #expect(await code("") == .badLocation)
    #expect(await code(folder.path.string) == .notRegularFile)
  }
}
