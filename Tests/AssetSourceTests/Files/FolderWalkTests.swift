import AssetOpening
import AssetSource
import SystemPackage
import Testing

@Suite struct FolderWalkTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What a walk comes upon, relative to the folder; failures as `path: code`.
  private func found(_ walk: FolderWalk) -> [String] {
    walk.map { item in
      switch item {
      case .file(let path): relative(path)
      case .unreadable(let path, let error): "\(relative(path)): \(error.code.rawValue)"
      }
    }
  }

  private func relative(_ path: FilePath) -> String {
    String(path.string.dropFirst(folder.path.string.count).drop { $0 == "/" })
  }

  @Test func yieldsFilesInTheByteOrderOfTheirPaths() throws {
    for name in ["a", "b", "b/c", "Z", "empty"] { try folder.makeFolder(name) }
    let names = ["a.png", "a/z", "a/é", "a0", "b/c/d", "b/c.d", "Z/x", "é", "~"]
    for name in names.reversed() { try folder.write(name) }
    // LC_ALL=C sort
    #expect(
      found(FolderWalk(folder.path)) == ["Z/x", "a.png", "a/z", "a/é", "a0", "b/c.d", "b/c/d", "~", "é"])
  }

  @Test func passesOverWhatIsHiddenALinkOrNoFile() throws {
    try folder.makeFolder(".hidden")
    try folder.write(".hidden/a")
    try folder.write(".a")
    try folder.makeFolder("real")
    try folder.write("real/a")
    try folder.link("link-to-folder", to: "real")
    try folder.link("link-to-file", to: "real/a")
    try folder.link("real/up", to: "..")
    _ = try folder.makePipe("pipe")
    _ = try folder.makeSocket("socket")
    #expect(found(FolderWalk(folder.path)) == ["real/a"])
  }

  @Test func theFolderItselfMayBeALink() throws {
    try folder.makeFolder("real")
    try folder.write("real/a")
    let link = try folder.link("link", to: "real")
    #expect(found(FolderWalk(link)) == ["link/a"])
  }

  @Test func stopsAtItsDepthAndGoesOn() throws {
    for name in ["a", "a/b", "a/b/c", "a/d"] { try folder.makeFolder(name) }
    for name in ["a/1", "a/b/2", "a/b/c/3", "a/d/4", "e"] { try folder.write(name) }
    #expect(
      found(FolderWalk(folder.path, maximumDepth: 2)) == ["a/1", "a/b/2", "a/b/c: too-deep", "a/d/4", "e"])
    #expect(found(FolderWalk(folder.path, maximumDepth: 0)) == ["a: too-deep", "e"])
  }

  @Test func givesUpOnAFolderWithTooManyEntries() throws {
    try folder.makeFolder("many")
    for name in ["many/1", "many/2", "many/3", "many/.4", "other"] { try folder.write(name) }
    #expect(found(FolderWalk(folder.path, maximumEntries: 3)) == ["many/1", "many/2", "many/3", "other"])
    #expect(found(FolderWalk(folder.path, maximumEntries: 2)) == ["many: too-many-entries", "other"])
  }

  @Test func saysWhatIsNoFolder() throws {
    #expect(found(FolderWalk(folder.path.appending("missing"))) == ["missing: missing"])
    #expect(found(FolderWalk(try folder.write("a"))) == ["a: missing"])
    #expect(found(FolderWalk(try folder.makePipe("pipe"))) == ["pipe: missing"])
  }

  @Test(.enabled(if: !TemporaryFolder.isPrivileged, "permissions mean nothing to root"))
  func reportsFoldersThatMayNotBeRead() throws {
    let closed = try folder.makeFolder("closed")
    try folder.write("closed/a")
    try folder.write("z")
    try folder.setPermissions(closed, 0)
    #expect(found(FolderWalk(folder.path)) == ["closed: unreadable", "z"])
    try folder.setPermissions(closed, 0o700)
  }

  @Test func keepsNamesThatAreNotUTF8() throws {
    let name = try #require(FilePath.Component(platformString: [CChar(bitPattern: 0xFF), 0]))
    do {
      try folder.write(folder.path.appending(name))
    } catch Errno.illegalByteSequence {
      return
    }
    #expect(Array(FolderWalk(folder.path)) == [.file(folder.path.appending(name))])
  }
}
