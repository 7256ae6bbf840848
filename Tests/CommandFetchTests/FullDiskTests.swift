#if os(Linux)
  import FixtureKit
  import Foundation
  import ServerKit
  import Testing

  /// A full file system: existing files stay, unfinished files are removed, and the error states the reason.
  @Suite(.enabled(if: FullDisk.canBeHad, "mounting a small file system takes root, unshare and mount"))
  struct FullDiskTests {
    @Test func aReportThatDoesNotFitIsTakenAway() async throws {
      let asset = Fixture("reject/media-format/text.txt").url.path
      let disk = try FullDisk()
      let outcome = try await disk.run(
        ["--report", "html=full/report.html", "--report", "json=report.json", asset])
      #expect(outcome.status == 4, "\(outcome.text) \(outcome.errors)")
      #expect(outcome.errors.contains("cannot write the report full/report.html: No space left on device"))
      // The other reports and standard output are complete.
      #expect(outcome.text.contains("[media-format]"))
      #expect(outcome.text.hasSuffix("left: fill\n"), "\(outcome.text)")
      let report = try Data(contentsOf: disk.folder.url.appending(path: "report.json"))
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: report) }
    }

    @Test func aCopyThatDoesNotFitProvesNothing() async throws {
      let movie = Content(try Movie.withMoovLast(padding: 3 << 20), type: "video/mp4")
      let picture = try Fixture("accept/image/png-rgb-8.png").content()
      let disk = try FullDisk()
      try await withServer(["/a.mp4": [.ranged(movie)], "/a.png": [.ranged(picture)]]) { server in
        let outcome = try await disk.run(
          ["--allow-private-hosts", server.url("/a.mp4"), server.url("/a.png")],
          environment: ["TMPDIR": "full", "no_proxy": "*"])
        #expect(outcome.status == 3, "\(outcome.text) \(outcome.errors)")
        #expect(outcome.text.contains("the temporary file cannot be written: No space left on device"))
        #expect(outcome.text.contains("1 valid, 1 inconclusive"), "\(outcome.text)")
        #expect(outcome.text.hasSuffix("left: fill\n"), "\(outcome.text)")
      }
    }

    @Test func withoutRoomForALedgerNothingIsSent() async throws {
      let disk = try FullDisk()
      try disk.folder.write(#"{"start_image_url": "https://cdn.example.net/a.png"}"#, to: "j.json")
      let outcome = try await disk.run(
        ["submit", "--api-base", "http://127.0.0.1:1", "--ledger", "full/ledger.sqlite3", "j.json"],
        environment: ["FREEPIK_API_KEY": "test-key"])
      #expect(outcome.status == 4, "\(outcome.text) \(outcome.errors)")
      #expect(outcome.errors.contains("there is no room left to write the ledger"), "\(outcome.errors)")
      #expect(!outcome.text.contains("submitted"))
    }
  }

  /// A full file system, mounted on the folder `full` and visible only to the programs that run in it.
  struct FullDisk {
    let folder: TemporaryFolder

    init() throws {
      folder = try TemporaryFolder()
      try FileManager.default.createDirectory(
        at: folder.url.appending(path: "full"), withIntermediateDirectories: true)
    }

    /// Whether this process may mount file systems.
    static let canBeHad: Bool = {
      guard geteuid() == 0, let unshare = Program(named: "unshare") else { return false }
      let outcome = try? unshare.run(["-m", "sh", "-c", "mount -t tmpfs -o size=64k none /mnt"])
      return outcome?.status == 0
    }()

    /// Runs wan-check in `folder`. Its output ends with a list of what is in `full` afterwards.
    func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Program.Outcome {
      let script = """
        mount -t tmpfs -o size=16k none full || exit 99
        dd if=/dev/zero of=full/fill bs=4k 2>/dev/null
        "$0" "$@"; status=$?; echo left: $(ls -A full); exit $status
        """
      let unshare = Program(executable: URL(filePath: "/usr/bin/unshare"))
      return try await RunningProgram.start(
        unshare, ["-m", "sh", "-c", script, Program.wanCheck.executable.path] + arguments,
        environment: environment, in: folder.url
      ).outcome()
    }
  }
#endif
