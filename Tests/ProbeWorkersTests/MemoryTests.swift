import FixtureKit
import Foundation
import MediaFacts
import ProbeWorkers
import Testing

#if os(Linux)
  /// A library that gets no memory may report the bytes as corrupt; that must not be in the answer.
  struct MemoryTests {
    /// Assets that need some megabytes more than a worker has anyway, and what makes them.
    static let assets: [(name: String, command: [String])] = [
      ("alpha.webp", ["convert", "-size", "900x900", "plasma:red-#00f8", "-alpha", "on"]),
      ("lossless.webp", ["convert", "-size", "900x900", "plasma:", "-define", "webp:lossless=true"]),
      ("progressive.jpg", ["convert", "-size", "1500x1500", "gradient:", "-interlace", "JPEG"]),
      ("h264.mp4", ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=s=1920x1080:d=0.2"]),
    ]

    /// From nothing to what is plenty, in steps that grow.
    private static let rooms: [Int64] = (0..<28).map { Int64(64 << 10) * Int64(pow(1.4, Double($0))) }

    @Test(arguments: assets)
    func memoryThatRunsOutIsNoDamage(_ name: String, _ command: [String]) async throws {
      let folder = try TemporaryFolder()
      let file = folder.url.appending(path: name)
      let made = try #require(Program(named: command[0])).run(command.dropFirst() + [file.path])
      try #require(made.status == 0, "\(made.errors)")
      let bytes = [UInt8](try Data(contentsOf: file))
      let prober = ConfinedProber(
        workers: BuiltWorkers.programs,
        // What a worker keeps of one job, the next one has.
        configuration: WorkerConfiguration(concurrency: 1, jobsPerWorker: 1))
      var request = ProbeRequest(depth: .full)
      let whole = try await prober.probe(ServedBytes(bytes), request)
      #expect(whole.defects == [])
      var outcomes: Set<String> = []
      for room in Self.rooms {
        request.budget.workerMemory = room
        do throws(ProbeError) {
          let facts = try await prober.probe(ServedBytes(bytes), request)
          outcomes.insert(facts.defects.isEmpty ? "measured" : "stopped")
          if facts.defects.isEmpty { #expect(facts == whole, "\(room) bytes") }
          #expect(facts.defects.allSatisfy { $0.kind == .limit }, "\(room) bytes: \(facts.defects)")
        } catch {
          outcomes.insert("stopped")
          #expect([.budgetExceeded, .crashed].contains(error.code), "\(room) bytes: \(error)")
        }
      }
      // Else the steps above are no longer around what it takes.
      #expect(outcomes == ["measured", "stopped"])
      await prober.shutdown()
    }
  }
#endif
