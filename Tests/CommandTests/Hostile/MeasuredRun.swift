import FixtureKit
import Foundation
import Testing

/// One run of wan-check, with the peak memory of the command and its workers.
struct MeasuredRun {
  /// The exit code and the output.
  let outcome: Program.Outcome
  /// The highest resident memory of any of its processes, in MB.
  let peak: Double

  private static let script = """
    import resource, subprocess, sys
    status = subprocess.run(sys.argv[2:]).returncode
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    open(sys.argv[1], "w").write(str(peak if sys.platform == "darwin" else peak * 1024))
    sys.exit(status if status >= 0 else 128 - status)
    """

  /// Runs wan-check until it ends; the kernel measures the memory, so that no peak is missed.
  init(_ arguments: [String], in folder: TemporaryFolder) throws {
    let python = try #require(Program(named: "python3"))
    outcome = try python.run(
      ["-c", Self.script, "peak", Program.wanCheck.executable.path] + arguments, in: folder.url)
    let bytes = try String(contentsOf: folder.url.appending(path: "peak"), encoding: .utf8)
    peak = try #require(Double(bytes)) / 1e6
  }
}
