import FixtureKit
import Foundation
import Testing

/// With a low limit of threads and processes, wan-check ends with a documented exit code, and neither crashes nor
/// hangs.
///
/// The tests run one at a time, since the system counts the processes of all runs of a user together.
@Suite(.serialized) struct FewThreadsTests {
  private static let files = [
    Fixture("accept/image/jpeg-420.jpg").url.path, Fixture("accept/video/h264-aac-faststart.mp4").url.path,
  ]

  #if os(Linux)
    /// The limit does not apply to root, so a test as root runs wan-check as another user.
    private func run(_ most: Int, _ arguments: [String]) async throws -> Program.Outcome {
      let shell = Program(executable: URL(filePath: "/bin/sh"))
      let drop = getuid() == 0 ? "setpriv --reuid=64999 --regid=64999 --clear-groups " : ""
      return try await RunningProgram.start(
        shell,
        ["-c", "exec \(drop)prlimit --nproc=\(most) \"$0\" \"$@\"", Program.wanCheck.executable.path]
          + arguments,
        environment: ["HOME": "/nonexistent"]
      ).outcome()
    }

    @Test(arguments: [0, 1, 3, 8, 12, 16, 20, 24, 32, 48, 64, 128])
    func itIsEnoughOrSaid(_ most: Int) async throws {
      let outcome = try await run(most, ["--no-config", "--jobs", "16"] + Self.files + Self.files)
      if outcome.status == 4 {
        #expect(outcome.errors.contains("too few threads and processes may run"), "\(outcome.errors)")
        #expect(outcome.text.isEmpty)
      } else {
        #expect(outcome.status == 0, "\(most): \(outcome.text) \(outcome.errors)")
      }
    }

    @Test func noneAtAllIsSaid() async throws {
      let outcome = try await run(0, ["rules"])
      #expect(outcome.status == 4)
      #expect(outcome.errors.contains("`ulimit -u`"))
    }
  #endif
}
