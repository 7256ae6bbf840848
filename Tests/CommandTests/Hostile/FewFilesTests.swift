import FixtureKit
import Foundation
import Testing

/// With a low limit of open files, or none at all, wan-check ends with a documented exit code, and neither crashes nor
/// hangs.
@Suite struct FewFilesTests {
  private static let image = Fixture("accept/image/jpeg-420.jpg").url.path
  private static let movie = Fixture("accept/video/h264-aac-faststart.mp4").url.path

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs wan-check with a limit of `most` open files; after a minute it is killed, which gives exit code 137.
  private func run(_ most: Int, _ arguments: [String]) async throws -> Program.Outcome {
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let script = #"ulimit -n "$1"; program="$0"; shift; exec "$program" "$@""#
    return try await RunningProgram.start(
      shell, ["-c", script, Program.wanCheck.executable.path, "\(most)"] + arguments,
      environment: ["FREEPIK_API_KEY": "test-key", "HOME": folder.url.path, "no_proxy": "*"], in: folder.url
    ).outcome()
  }

  @Test(arguments: [8, 12, 20]) func tooFewIsSaidAtOnce(_ most: Int) async throws {
    try folder.write(#"{"start_image_url": "https://cdn.example.net/a.png"}"#, to: "j.json")
    for arguments in [
      ["--no-config", Self.image], ["--no-config", "https://127.0.0.1:1/a.png"],
      ["submit", "--no-config", "j.json"], ["watch", "046b6c7f-0b8a-43b9-b35d-6489e6daee91"],
    ] {
      let outcome = try await run(most, arguments)
      #expect(outcome.status == 4, "\(arguments) \(outcome.text)")
      #expect(
        outcome.errors.hasPrefix("wan-check: too few files may be open at a time (\(most))"),
        "\(outcome.errors)")
      #expect(outcome.text.isEmpty)
    }
  }

  /// With just enough descriptors, less work runs at the same time.
  @Test(arguments: [64, 100]) func fewAreEnough(_ most: Int) async throws {
    for number in 0..<20 {
      try FileManager.default.copyItem(
        atPath: number % 5 == 0 ? Self.movie : Self.image,
        toPath: folder.url.appending(path: "\(number)").path)
    }
    let names = (0..<20).map(String.init)
    let local = try await run(most, ["--no-config", "--jobs", "64"] + names)
    #expect(local.status == 0, "\(local.text) \(local.errors)")
    let urls = (0..<5).map { "http://127.0.0.1:1/\($0).png" }
    let remote = try await run(
      most, ["--no-config", "--allow-private-hosts", "--jobs", "64"] + urls + names)
    #expect(remote.status == 3, "\(remote.text) \(remote.errors)")
    #expect(remote.text.contains("20 valid, 5 inconclusive"), "\(remote.text)")
  }

  /// The soft limit, which shells set by habit, is not a bound.
  @Test func theSoftLimitIsRaised() async throws {
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    let outcome = try await RunningProgram.start(
      shell,
      ["-c", #"ulimit -S -n 16; exec "$0" --no-config "$1""#, Program.wanCheck.executable.path, Self.image],
      in: folder.url
    ).outcome()
    #expect(outcome.status == 0, "\(outcome.text) \(outcome.errors)")
  }
}
