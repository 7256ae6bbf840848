import AssetOpening
import AssetSource
import FixtureKit
import Foundation
import Locations
import MediaFacts
import ProbeWorkers
import SystemPackage
import Testing

/// Workers start, are replaced and end, and leave nothing behind.
struct LifeTests {
  private let folder: TemporaryFolder
  private let programs: WorkerPrograms
  private let image: [UInt8]

  /// Workers under names of their own, so that other tests' are not counted.
  init() throws {
    folder = try TemporaryFolder()
    for name in Program.workerNames {
      try FileManager.default.createSymbolicLink(
        at: folder.url.appending(path: name),
        withDestinationURL: URL(filePath: BuiltWorkers.folder.appending(name).string))
    }
    programs = WorkerPrograms(folder: FilePath(folder.url.path))
    image = [UInt8](try Data(contentsOf: Fixture("accept/image/jpeg-420.jpg").url))
  }

  private func prober(concurrency: Int = 1, jobsPerWorker: Int = 500) -> ConfinedProber {
    ConfinedProber(
      workers: programs,
      configuration: WorkerConfiguration(concurrency: concurrency, jobsPerWorker: jobsPerWorker))
  }

  private var running: [pid_t] { ProcessList.running(programs.images.string) }

  @Test func aWorkerServesManyAssetsAndIsReplacedInTime() async throws {
    let prober = prober(jobsPerWorker: 3)
    var seen: [pid_t] = []
    for _ in 0..<7 {
      _ = try await prober.probe(ServedBytes(image), ProbeRequest())
      seen += running.filter { !seen.contains($0) }
    }
    // After 3 and 6 jobs there is none, so the third is the one of the seventh.
    #expect(seen.count == 3)
    await prober.shutdown()
    #expect(running == [])
  }

  @Test func nothingRunsBeforeItIsNeededNorAfterTheEnd() async throws {
    let prober = prober(concurrency: 2)
    #expect(running == [])
    _ = try await prober.probe(ServedBytes(image), ProbeRequest())
    #expect(running.count == 1)
    // An image needs no worker for streams.
    #expect(ProcessList.running(programs.streams.string) == [])
    await prober.shutdown()
    #expect(running == [])
    let error = await #expect(throws: ProbeError.self) {
      try await prober.probe(ServedBytes(image), ProbeRequest())
    }
    #expect(error?.code == .cancelled)
  }

  @Test func workersEndWithTheirProber() async throws {
    func probe() async throws {
      _ = try await prober().probe(ServedBytes(image), ProbeRequest())
    }
    try await probe()
    // The last reference may be one of the threads'.
    for _ in 0..<200 where !running.isEmpty { usleep(20_000) }
    #expect(running == [])
  }

  @Test func aWorkerThatWasKilledWhileIdleIsReplaced() async throws {
    let prober = prober()
    _ = try await prober.probe(ServedBytes(image), ProbeRequest())
    let first = running
    #expect(first.count == 1)
    for pid in first { kill(pid, SIGKILL) }
    let facts = try await prober.probe(ServedBytes(image), ProbeRequest())
    #expect(facts.format == .jpeg)
    #expect(running != first)
    await prober.shutdown()
  }

  @Test func cancellingEndsTheWorkerAtOnce() async throws {
    let prober = prober()
    let task = Task { try await prober.probe(SilentSource(), ProbeRequest()) }
    for _ in 0..<500 where running.isEmpty { usleep(20_000) }
    task.cancel()
    let error = await #expect(throws: ProbeError.self) { try await task.value }
    #expect(error?.code == .cancelled)
    let facts = try await prober.probe(ServedBytes(image), ProbeRequest())
    #expect(facts.format == .jpeg)
    await prober.shutdown()
    #expect(running == [])
  }

  @Test func aFailingSourceIsNoCrash() async throws {
    let prober = prober()
    let error = await #expect(throws: ProbeError.self) {
      try await prober.probe(ServedBytes(image, failsAt: 200), ProbeRequest())
    }
    #expect(error?.code == .sourceFailed)
    #expect(error?.underlying == ByteSourceError(.unreadable, message: "the disk says no", errno: 5))
    #expect(running.count == 1)
    await prober.shutdown()
  }

  @Test func aFileThatShrinksIsChanged() async throws {
    let prober = prober()
    let file = try folder.write(Data(image), to: "shrinking.jpg")
    let source = try FileByteSource(FilePath(file.path))
    try FileHandle(forWritingTo: file).truncate(atOffset: UInt64(image.count / 2))
    let error = await #expect(throws: ProbeError.self) { try await prober.probe(source, ProbeRequest()) }
    #expect(error?.underlying?.code == .changed)
    await prober.shutdown()
  }

  struct Stranger: Sendable, CustomTestStringConvertible {
    let program: FilePath
    let words: String
    var testDescription: String { program.string }
  }

  @Test(arguments: [
    Stranger(program: "/nonexistent/worker", words: "No such file or directory"),
    Stranger(program: "/etc/passwd", words: "Permission denied"),
    Stranger(program: "/bin/true", words: "it ended before it answered"),
    Stranger(program: "/bin/cat", words: "it "),
  ])
  func whatIsNoWorkerIsToldApart(_ stranger: Stranger) async throws {
    let prober = ConfinedProber(
      workers: WorkerPrograms(images: stranger.program, streams: stranger.program),
      configuration: WorkerConfiguration(startTime: .seconds(2)))
    let error = await #expect(throws: ProbeError.self) {
      try await prober.probe(ServedBytes(image), ProbeRequest())
    }
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains(stranger.words) == true, "\(error?.message ?? "")")
    await prober.shutdown()
    // Other tests start programs, too, and may need a moment.
    let name = stranger.program.lastComponent?.string ?? ""
    for _ in 0..<500 where !ProcessList.zombies(named: name).isEmpty { usleep(20_000) }
    #expect(ProcessList.zombies(named: name) == [])
  }
}
