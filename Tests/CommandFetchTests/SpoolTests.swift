import FixtureKit
import Foundation
import ServerKit
import Testing

/// The temporary copy of a download. However the run ends, no file is left.
@Suite(.timeLimit(.minutes(3))) struct SpoolTests {
  private static let patience = Duration.seconds(40)

  @Test func anInterruptionEndsADrippingBody() async throws {
    let folder = try TemporaryFolder()
    let content = try Fixture("accept/image/bmp-24.bmp").content()
    try await withServer(["/a.bmp": [.ranged(content).dripping(1, every: .milliseconds(50))]]) { server in
      let running = try RemoteRun.start([server.url("/a.bmp")], environment: ["TMPDIR": folder.url.path])
      try await server.activity { $0.requests.first?.bodyBytesSent ?? 0 > 3 }
      running.interrupt()
      let outcome = try await running.outcome(patience: Self.patience)
      #expect(outcome.status == 130, "\(outcome.errors)")
      #expect(try Self.files(folder).isEmpty)
      try await server.activity { $0.openConnections == 0 }
    }
  }

  @Test func anInterruptionLeavesNoSpool() async throws {
    let folder = try TemporaryFolder()
    let movie = Content(try Movie.withMoovLast(padding: 30 << 20))
    let stalls = Answer.ranged(movie).breaking(.stall, .inBody(after: 20 << 20))
    try await withServer(["/a.mp4": [stalls]]) { server in
      let running = try RemoteRun.start([server.url("/a.mp4")], environment: ["TMPDIR": folder.url.path])
      try await server.activity { $0.requests.first?.bodyBytesSent ?? 0 >= 20 << 20 }
      #if os(Linux)
        // The download is written a moment after it was sent. The spool file has a descriptor but no name.
        while !Self.spools(of: running.identifier, in: folder) {
          try await Task.sleep(for: .milliseconds(20))
        }
      #endif
      #expect(try Self.files(folder).isEmpty)
      running.interrupt()
      let outcome = try await running.outcome(patience: Self.patience)
      #expect(outcome.status == 130, "\(outcome.errors)")
      #expect(try Self.files(folder).isEmpty)
    }
  }

  @Test func aFolderThatCannotBeWrittenProvesNothing() async throws {
    let folder = try TemporaryFolder()
    let movie = Content(try Movie.withMoovLast(padding: 3 << 20), type: "video/mp4")
    let picture = try Fixture("accept/image/png-rgb-8.png").content()
    let missing = folder.url.appending(path: "missing").path
    try await withServer(["/a.mp4": [.ranged(movie)], "/a.png": [.ranged(picture)]]) { server in
      let run = try await RemoteRun(
        ["/a.mp4", "/a.png"].map { server.url($0) }, environment: ["TMPDIR": missing])
      #expect(run.outcome.status == 3, "\(run.printed)")
      #expect(run["/a.mp4"]?.verdict == "inconclusive")
      #expect(run["/a.mp4"]?.rules == ["file-unreadable"], "\(run.printed)")
      #expect(run["/a.png"]?.verdict == "valid", "\(run.printed)")
    }
  }

  private static func files(_ folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
  }

  #if os(Linux)
    /// Whether a process holds a removed file of `folder` open.
    private static func spools(of process: Int32, in folder: TemporaryFolder) -> Bool {
      let descriptors = "/proc/\(process)/fd"
      let names = (try? FileManager.default.contentsOfDirectory(atPath: descriptors)) ?? []
      return names.contains { name in
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(descriptors)/\(name)")
        guard target?.hasPrefix(folder.url.path) == true, target?.hasSuffix("(deleted)") == true else {
          return false
        }
        // Other users of the machine may not read the file.
        var status = stat()
        #expect(stat("\(descriptors)/\(name)", &status) == 0 && status.st_mode & 0o777 == 0o600)
        return true
      }
    }
  #endif
}
