import FixtureKit
import Foundation
import MediaFacts
import ProbeWorkers
import Testing

/// Of all workers of a process, one holds a whole image at a time, and those that wait lose nothing by it.
struct WholeImageTurnTests {
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
    return Task {
      do throws(ProbeError) {
        _ = try await prober.probe(asset("hold"), holding)
        return nil
      } catch {
        return error.code
      }
    }
  }

  @Test func waitingForTheTurnCostsNoTime() async throws {
    let holder = hold(for: .seconds(3))
    usleep(500_000)
    var request = ProbeRequest()
    request.budget.time = .seconds(1)
    for behaviour in ["take", "take"] {
      let facts = try await prober.probe(asset(behaviour), request)
      #expect(facts.format == .jpeg)
      // The junk behind the image is another matter.
      #expect(!facts.defects.contains { $0.kind == .limit })
    }
    #expect(await holder.value == .budgetExceeded)
    await prober.shutdown()
  }

  @Test func whoWaitsForTheTurnCanBeCancelled() async throws {
    let holder = hold(for: .seconds(20))
    usleep(500_000)
    let waiting = Task { try await prober.probe(asset("take"), ProbeRequest()) }
    usleep(500_000)
    waiting.cancel()
    let error = await #expect(throws: ProbeError.self) { try await waiting.value }
    #expect(error?.code == .cancelled)
    // Nor does it keep others from ending.
    holder.cancel()
    #expect(await holder.value == .cancelled)
    #expect(try await prober.probe(asset("take"), ProbeRequest()).format == .jpeg)
    await prober.shutdown()
  }
}
