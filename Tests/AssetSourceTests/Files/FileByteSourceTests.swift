import AssetOpening
import AssetSource
import MediaFacts
import SystemPackage
import Testing

@Suite struct FileByteSourceTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ source: FileByteSource, at offset: Int64, _ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let read = try bytes.withUnsafeMutableBytes { try source.read(at: offset, into: $0) }
    return Array(bytes[..<read])
  }

  private func openError(_ path: FilePath) -> AssetError? {
    do throws(AssetError) {
      _ = try FileByteSource(path)
      return nil
    } catch {
      return error
    }
  }

  private func readError(_ source: FileByteSource, at offset: Int64 = 0) -> ByteSourceError? {
    do {
      _ = try read(source, at: offset, 4)
      return nil
    } catch {
      return error as? ByteSourceError
    }
  }

  @Test func readsByPosition() throws {
    let source = try FileByteSource(folder.write("a", 0..<10))
    #expect(source.length == 10)
    #expect(try read(source, at: 0, 3) == [0, 1, 2])
    #expect(try read(source, at: 8, 8) == [8, 9])
    #expect(try read(source, at: 10, 1) == [])
    #expect(try read(source, at: .max, 1) == [])
    #expect(try read(source, at: 0, 0) == [])
    let descriptor = try #require(source.fileDescriptor)
    #expect(try FileDescriptor(rawValue: descriptor).stat().size == 10)
    #expect(throws: Errno.badFileDescriptor) { try FileDescriptor(rawValue: descriptor).writeAll([1]) }
  }

  @Test func readsAnEmptyFile() throws {
    let source = try FileByteSource(folder.write("a"))
    #expect(source.length == 0)
    #expect(try read(source, at: 0, 1) == [])
  }

  @Test func keepsTheFirstFailure() throws {
    let source = try FileByteSource(folder.write("a", 0..<10))
    let first = try #require(readError(source, at: -1))
    #expect(first.code == .unreadable)
    source.cancel()
    #expect(readError(source) == first)
  }

  @Test func cancelsForGood() throws {
    let source = try FileByteSource(folder.write("a", 0..<10))
    source.cancel()
    #expect(readError(source)?.code == .cancelled)
    #expect(readError(source, at: 10)?.code == .cancelled)
    #expect(throws: AssetError.self) { try source.checkUnchanged() }
  }

  @Test func closesWithItsLastOwner() throws {
    let path = try folder.write("a", 0..<10)
    var source: FileByteSource? = try FileByteSource(path)
    let stamp = try #require(source?.stamp)
    let number = try #require(source?.fileDescriptor)
    source = nil
    // Another test may have been given the number meanwhile, but not for this file.
    let now = try? FileDescriptor(rawValue: number).stat()
    #expect(now.map { FileStamp($0) } != stamp)
  }

  @Test func noticesThatTheFileShrank() throws {
    let path = try folder.write("a", repeatElement(7, count: 100))
    let source = try FileByteSource(path)
    try folder.truncate(path, to: 10)
    #expect(try read(source, at: 0, 100).count == 10)
    #expect(readError(source, at: 10)?.code == .changed)
    #expect(readError(source, at: 0)?.code == .changed)
  }

  @Test func noticesThatTheFileGrew() throws {
    let path = try folder.write("a", 0..<10)
    let source = try FileByteSource(path)
    try source.checkUnchanged()
    try folder.truncate(path, to: 20)
    #expect(try read(source, at: 10, 10) == [])
    #expect(throws: AssetError(.changed, message: "the file changed while it was checked")) {
      try source.checkUnchanged()
    }
  }

  @Test func noticesThatTheFileWasReplaced() throws {
    let path = try folder.write("a", 0..<10)
    let source = try FileByteSource(path)
    try folder.removeFile(path)
    try folder.write("a", 0..<10)
    #expect(throws: AssetError.self) { try source.checkUnchanged() }
  }

  @Test func opensThroughALink() throws {
    try folder.write("a", 0..<10)
    #expect(try FileByteSource(folder.link("b", to: "a")).length == 10)
  }

  @Test func opensNamesThatAreNotUTF8() throws {
    let name = try #require(FilePath.Component(platformString: [CChar(bitPattern: 0xFF), 0]))
    let path = folder.path.appending(name)
    do {
      try folder.write(path, 0..<10)
    } catch Errno.illegalByteSequence {
      // Some file systems hold UTF-8 names only; then there is nothing to open.
      return
    }
    #expect(try FileByteSource(path).length == 10)
  }

  @Test func saysWhatIsNoFile() throws {
    #expect(openError(folder.path)?.message == "this is a folder, not a file")
    #expect(openError("/dev/null")?.message == "this is a device, not a file")
    #expect(openError(try folder.makeSocket("socket"))?.message == "this is a socket, not a file")
    // No process writes to the pipe, so opening it for reading would wait for ever.
    let pipe = openError(try folder.makePipe("pipe"))
    #expect(pipe?.message == "this is a pipe, not a file")
    #expect(pipe?.code == .notRegularFile)
  }

  #if os(Linux)
    /// A length of 0 does not prove that a file is empty.
    @Test func saysWhatStatesNoLength() {
      #expect(openError("/proc/cpuinfo")?.code == .notRegularFile)
      #expect(openError("/proc/self/mem")?.errno == Errno.ioError.rawValue)
    }
  #endif

  @Test func saysWhatIsNotThere() throws {
    try folder.write("a")
    #expect(openError(folder.path.appending("missing"))?.code == .missing)
    #expect(openError(folder.path.appending("a").appending("b"))?.code == .missing)
    #expect(openError(try folder.link("dangling", to: "missing"))?.code == .missing)
    #expect(openError(FilePath(""))?.code == .badLocation)
    #expect(openError(folder.path.appending(String(repeating: "n", count: 300)))?.code == .badLocation)
    let circle = openError(try folder.link("circle", to: "circle"))
    #expect(circle?.code == .unreadable)
    #expect(circle?.errno == Errno.tooManySymbolicLinkLevels.rawValue)
  }

  @Test(.enabled(if: !TemporaryFolder.isPrivileged, "permissions mean nothing to root"))
  func saysWhatMayNotBeRead() throws {
    let path = try folder.write("a")
    try folder.setPermissions(path, 0)
    #expect(openError(path)?.code == .unreadable)
    #expect(openError(path)?.errno == Errno.permissionDenied.rawValue)
  }
}
