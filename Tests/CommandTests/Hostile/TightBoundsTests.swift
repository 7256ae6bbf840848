import FixtureKit
import Foundation
import Testing

/// With a low limit of memory or stack, wan-check ends with a documented exit code, and neither crashes nor hangs.
@Suite struct TightBoundsTests {
  private static let image = Fixture("accept/image/jpeg-420.jpg").url.path
  private static let movie = Fixture("accept/video/h264-aac-faststart.mp4").url.path

  private func run(_ bound: String, _ arguments: [String]) async throws -> Program.Outcome {
    let shell = Program(executable: URL(filePath: "/bin/sh"))
    return try await RunningProgram.start(
      shell, ["-c", "ulimit \(bound); exec \"$0\" \"$@\"", Program.wanCheck.executable.path] + arguments
    ).outcome()
  }

  #if os(Linux)
    @Test(arguments: ["-v 300000", "-v 700000", "-s 64", "-s 256"])
    func tooLittleIsSaidAtOnce(_ bound: String) async throws {
      let outcome = try await run(bound, ["--no-config", Self.image, Self.movie])
      #expect(outcome.status == 4, "\(outcome.text) \(outcome.errors)")
      let option = bound.prefix(2)
      #expect(outcome.errors.contains("`ulimit \(option)` must be at least "), "\(outcome.errors)")
      #expect(outcome.text.isEmpty)
    }

    @Test func whatIsSaidIsEnough() async throws {
      let refused = try await run("-v 300000", ["--no-config", Self.image])
      let memory = try #require(refused.errors.firstMatch(of: /at least ([0-9]+)/)?.1)
      for bound in ["-v \(memory)", "-s 512"] {
        let outcome = try await run(
          bound,
          ["--no-config", "--jobs", "16"]
            + Array(repeating: [Self.image, Self.movie], count: 8).flatMap(\.self))
        #expect(outcome.status == 0, "\(outcome.text) \(outcome.errors)")
      }
    }
  #endif

  /// A time limit that ends before the first read is not an error of the file.
  @Test(arguments: ["0.0000001", "0.0001", "0.001", "0.003"]) func timeIsNoFault(_ seconds: String) throws {
    let files = [Self.image, Self.movie, Fixture("accept/audio/edge-2s.wav").url.path]
    let roles = [nil, "start_image", "audio", "video"]
    for (file, role) in files.flatMap({ file in roles.map { (file, $0) } }) {
      let options = role.map { ["--role", $0] } ?? []
      let outcome = try Program.wanCheck.run(
        ["--no-config", "--format", "jsonl", "--timeout", seconds] + options + [file])
      let line = try #require(outcome.text.split(separator: "\n").dropFirst().first)
      let result = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let rules = Reports.rules(of: result)
      // If the format was found in time, the file may be invalid for the requested role.
      if outcome.status == 1 {
        let facts = (result["assets"] as? [[String: Any]])?.first?["facts"] as? [String: Any]
        #expect(role != nil && facts?["format"] is String, "\(rules)")
      } else {
        #expect([0, 3].contains(outcome.status), "\(file) \(rules)")
      }
    }
  }
}
