#if os(Linux)
  import FixtureKit
  import Foundation
  import Testing

  /// Signals to the command and to its workers during the work.
  @Suite struct SignalTests {
    private let folder: TemporaryFolder
    private let program: Program
    /// The name of the worker in the list of processes.
    private let worker: String

    /// A wan-check in a folder of its own, with workers that do what a test file tells them.
    init() throws {
      folder = try TemporaryFolder()
      program = try Program.wanCheck(in: folder.url, workersAre: "misbehaving-probe-worker")
      worker = program.sibling("wan-check-probe-images").path
      let image = try Data(contentsOf: Fixture("accept/image/jpeg-420.jpg").url)
      try folder.write(image, to: "work/good.jpg")
      try folder.write(image + Data("misbehave:loop".utf8), to: "work/loop.jpg")
      try folder.write("", to: "tmp/.keep")
    }

    private var work: URL { folder.url.appending(path: "work") }

    private func start(_ arguments: [String]) throws -> RunningProgram {
      try RunningProgram.start(
        program, ["--no-config"] + arguments,
        environment: ["TMPDIR": folder.url.appending(path: "tmp").path, "GITHUB_STEP_SUMMARY": ""], in: work)
    }

    private var workers: [Int32] { ProcessList.running(worker) }

    /// Waits until a worker is in its loop, that is, until it has used more CPU time than starting takes.
    ///
    /// The wait blocks its thread on purpose: a suspended task could resume only after the worker's time limit.
    private func workerAtWork() throws -> Int32 {
      for _ in 0..<3000 {
        for pid in workers where ProcessList.ticks(of: pid) > 60 { return pid }
        usleep(20_000)
      }
      throw NoWorker()
    }

    private struct NoWorker: Error {}

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func whoeverEndsItLeavesNothing(signal: Int32) async throws {
      try folder.write("before", to: "work/old.json")
      let before = try FileManager.default.contentsOfDirectory(atPath: work.path).sorted()
      let running = try start([
        "--timeout", "300", "--report", "json=old.json", "--report", "html=new.html", "good.jpg", "loop.jpg",
      ])
      _ = try workerAtWork()
      kill(running.identifier, signal)
      let outcome = try await running.outcome()
      #expect(outcome.status == 130, "\(outcome.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: work.path).sorted() == before)
      #expect(try String(contentsOf: work.appending(path: "old.json"), encoding: .utf8) == "before")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.url.appending(path: "tmp").path) == [
          ".keep"
        ])
      for _ in 0..<1500 where !workers.isEmpty { usleep(20_000) }
      #expect(workers == [])
    }

    /// The system sends this signal when memory runs out.
    @Test func aWorkerThatIsKilledCostsItsOwnAssetAlone() async throws {
      let running = try start([
        "--timeout", "300", "--jobs", "1", "--format", "jsonl", "loop.jpg", "good.jpg",
      ])
      kill(try workerAtWork(), SIGKILL)
      let outcome = try await running.outcome()
      #expect(outcome.status == 3, "\(outcome.errors)")
      let results = outcome.text.split(separator: "\n").dropFirst()
      #expect(results.count == 3, "\(outcome.text)")
      #expect(results.first?.contains("its worker process was killed") == true, "\(outcome.text)")
      #expect(results.first?.contains(#""probe-crashed""#) == true)
      #expect(results.dropFirst().first?.contains(#""verdict":"valid""#) == true)
      #expect(workers == [])
    }

    /// The memory of a worker may not be in a core file.
    @Test func noCoreIsLeft() async throws {
      let shell = Program(executable: URL(filePath: "/bin/sh"))
      let running = try RunningProgram.start(
        shell,
        [
          "-c", #"ulimit -c unlimited 2>/dev/null; exec "$0" --no-config --timeout 300 loop.jpg"#,
          program.executable.path,
        ], in: work)
      let pid = try workerAtWork()
      for process in [pid, running.identifier] {
        let limits = try String(contentsOfFile: "/proc/\(process)/limits", encoding: .utf8)
        let core = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") })
        #expect(core.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"], "\(core)")
      }
      running.interrupt()
      #expect(try await running.outcome().status == 130)
    }
  }
#endif
