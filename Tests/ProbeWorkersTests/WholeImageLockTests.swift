import FixtureKit
import Foundation
import MediaFacts
import ProbeWorkers
import Synchronization
import Testing

/// Of all workers of a process, one holds a whole image at a time, and those that wait lose nothing by it.
struct WholeImageLockTests {
  private let prober = ConfinedProber(
    workers: BuiltWorkers.misbehaving,
    configuration: WorkerConfiguration(concurrency: 3, grace: .seconds(1)))
  private let good: [UInt8]

  init() throws {
    good = [UInt8](try Data(contentsOf: Fixture("accept/image/jpeg-420.jpg").url))
  }

  private func asset(_ behaviour: String) -> ServedBytes {
    ServedBytes(good + Array("misbehave:\(behaviour)".utf8))
  }

  /// A worker that takes the turn and keeps it until its time is up.
  private func hold(for time: Duration) -> Task<ProbeError.Code?, Never> {
    var request = ProbeRequest()
    request.budget.time = time
    let holding = request
    return Task { await code("hold", holding) }
  }

  /// Why a worker that does so fails; `nil` if it does not.
  private func code(_ behaviour: String, _ request: ProbeRequest = ProbeRequest()) async -> ProbeError.Code? {
    do throws(ProbeError) {
      _ = try await prober.probe(asset(behaviour), request)
      return nil
    } catch {
      return error.code
    }
  }

  @Test func waitingForTheTurnCostsNoTime() async throws {
    let holder = hold(for: .seconds(8))
    usleep(500_000)
    var request = ProbeRequest()
    request.budget.time = .seconds(4)
    for behaviour in ["take", "take"] {
      let facts = try await prober.probe(asset(behaviour), request)
      #expect(facts.format == .jpeg)
      // The junk after the image is reported elsewhere.
      #expect(!facts.defects.contains { $0.kind == .limit })
    }
    #expect(await holder.value == .budgetExceeded)
    await prober.shutdown()
  }

  /// How many probes have ended.
  private final class Tally: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func increase() { count.withLock { $0 += 1 } }
  }

  @Test func whoWaitsForTheTurnCanBeCancelled() async throws {
    let holder = hold(for: .seconds(120))
    let ended = Tally()
    var waiting: Task<ProbeError.Code?, Never>
    var before: Int
    // Until the holder has the turn, others have it.
    repeat {
      before = ended.value
      waiting = Task {
        defer { ended.increase() }
        return await code("take")
      }
      for _ in 0..<40 where ended.value == before { usleep(50_000) }
    } while ended.value > before
    waiting.cancel()
    #expect(await waiting.value == .cancelled)
    // Nor does it keep others from ending.
    holder.cancel()
    #expect(await holder.value == .cancelled)
    #expect(await code("take") == nil)
    await prober.shutdown()
  }
}
