import AssetOpening
import AssetSource
import FixtureKit
import Foundation
import Locations
import MediaFacts
import SystemPackage
import Testing

@testable import WanSubmit

/// Where files go, and how they get their names.
@Suite struct FolderTests {
  private struct NoBytes: AssetOpener {
    var error: AssetError

    func open(_ location: AssetLocation, _ request: OpenRequest) async throws(AssetError) -> OpenedAsset {
      throw error
    }
  }

  /// A source that never ends, whose opener proves nothing.
  private final class Zeros: ByteSource {
    let length: Int64? = nil
    func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
      for index in buffer.indices { buffer[index] = 0 }
      return buffer.count
    }
    func cancel() {}
  }

  private struct Endless: AssetOpener {
    func open(_ location: AssetLocation, _ request: OpenRequest) async throws(AssetError) -> OpenedAsset {
      OpenedAsset(source: Zeros()) { AssetConclusion() }
    }
  }

  private func prepare(_ path: FilePath) async -> DownloadError? {
    let downloader = ResultDownloader(
      into: path, opener: NoBytes(error: AssetError(.offline, message: "")))
    do throws(DownloadError) {
      try await downloader.prepare()
      return nil
    } catch {
      return error
    }
  }

  @Test func aFolderIsMadeWithThoseAboveIt() async throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder.url.path).appending("a").appending("b")
    #expect(await prepare(path) == nil)
    #expect(try path.stat().type == .directory)
    #expect(await prepare(path) == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: path.string) == [])
  }

  @Test func aFileIsNoFolder() async throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "file")
    let path = FilePath(folder.url.path).appending("file")
    let error = await prepare(path)
    #expect(error?.code == .badFolder)
    #expect(error?.message == "\(path) exists, and is not a folder")
    #expect(await prepare(path.appending("below"))?.code == .badFolder)
  }

  @Test func aLinkToNowhereIsNoFolder() async throws {
    let folder = try TemporaryFolder()
    let link = folder.url.appending(path: "link").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "nowhere")
    #expect(await prepare(FilePath(link))?.code == .badFolder)
  }

  @Test func noFolderIsMadeWhereNoneCanBe() async {
    let error = await prepare("/proc/wan-check/out")
    #expect(error?.code == .badFolder)
    #expect(error?.errno != nil)
  }

  @Test func theWorkingFolderHasAnEmptyPath() {
    #expect(ResultFolder("").path == ".")
  }

  @Test(arguments: [PartialFile.Placement.link, .reservation])
  func aNameIsGivenOnce(_ placement: PartialFile.Placement) throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder.url.path)
    let (first, second) = (try PartialFile(in: path), try PartialFile(in: path))
    try Array("first".utf8).withUnsafeBytes { try first.write($0) }
    try first.complete()
    #expect(try first.place(at: path.appending("a"), by: placement))
    #expect(try !second.place(at: path.appending("a"), by: placement))
    first.discard()
    second.discard()
    first.discard()
    #expect(try FileManager.default.contentsOfDirectory(atPath: path.string) == ["a"])
    #expect(try String(contentsOf: folder.url.appending(path: "a"), encoding: .utf8) == "first")
  }

  @Test func nobodyElseMayReadWhatIsNotWhole() throws {
    let folder = try TemporaryFolder()
    let file = try PartialFile(in: FilePath(folder.url.path))
    let name = try #require(FileManager.default.contentsOfDirectory(atPath: folder.url.path).first)
    #expect(name.hasPrefix("."))
    let path = FilePath(folder.url.path).appending(name)
    #expect(try path.stat().permissions == .ownerReadWrite)
    file.discard()
  }

  @Test func whatCannotBePlacedIsAnError() throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder.url.path)
    let file = try PartialFile(in: path)
    for placement in [PartialFile.Placement.link, .reservation] {
      #expect(throws: DownloadError.self) {
        try file.place(at: path.appending("missing").appending("a"), by: placement)
      }
    }
    file.discard()
    #expect(throws: DownloadError.self) { try file.place(at: path.appending("b"), by: .reservation) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path.string) == [])
    #expect(throws: DownloadError.self) { try PartialFile(in: path.appending("missing")) }
  }

  @Test func anOpenerWithoutADiskSaysSo() async throws {
    let downloading = try Downloading()
    let full = AssetError(
      .unreadable, message: "the temporary file cannot be written: No space left on device",
      errno: Errno.noSpace.rawValue)
    let downloader = ResultDownloader(into: downloading.path, opener: NoBytes(error: full))
    let failure = await downloader.outcome("https://cdn.example.net/a.mp4").failure
    #expect(failure?.code == .diskFull)
    #expect(failure?.isWorthAnotherTry == true)
  }

  @Test func theBoundHoldsWhateverTheOpenerDoes() async throws {
    let downloading = try Downloading().with { $0.options.sizeLimit = 1 << 20 }
    let downloader = ResultDownloader(
      into: downloading.path, opener: Endless(), options: downloading.options)
    let failure = await downloader.outcome("https://cdn.example.net/a.mp4").failure
    #expect(failure?.code == .tooLarge)
    #expect(downloading.names == [])
  }

  /// Whether this process may mount a disk that is small enough; most may not.
  private static let mountsDisks: Bool = {
    guard let folder = try? TemporaryFolder() else { return false }
    guard (try? mount(folder)) == true else { return false }
    return (try? unmount(folder)) == true
  }()

  private static func mount(_ folder: TemporaryFolder) throws -> Bool {
    let arguments = ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.url.path]
    return try Program(named: "mount")?.run(arguments).status == 0
  }

  private static func unmount(_ folder: TemporaryFolder) throws -> Bool {
    try Program(named: "umount")?.run([folder.url.path]).status == 0
  }

  @Test(.enabled(if: mountsDisks)) func aFullDiskLeavesNothing() async throws {
    let downloading = try Downloading()
    #expect(try Self.mount(downloading.folder))
    defer { _ = try? Self.unmount(downloading.folder) }
    let downloader = ResultDownloader(into: downloading.path, opener: Endless())
    let failure = await downloader.outcome("https://cdn.example.net/a.mp4").failure
    #expect(failure?.code == .diskFull)
    #expect(failure?.message == "the file cannot be written: No space left on device")
    #expect(downloading.names == [])
  }
}
