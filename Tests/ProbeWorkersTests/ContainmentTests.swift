import AssetOpening
import AssetSource
import FixtureKit
import Foundation
import MediaFacts
import ProbeWorkers
import SystemPackage
import Testing

/// What a worker does that was taken over costs the asset that did it, and no other.
struct ContainmentTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let behaviour: String
    let code: ProbeError.Code
    let words: String

    init(_ behaviour: String, _ code: ProbeError.Code, _ words: String) {
      self.behaviour = behaviour
      self.code = code
      self.words = words
    }

    var testDescription: String { behaviour }
  }

  static let cases = [
    Case("crash", .crashed, "accessed invalid memory"), Case("trap", .crashed, "aborted"),
    Case("abort", .crashed, "aborted"), Case("exit", .crashed, "ended with status 0"),
    Case("loop", .budgetExceeded, "longer than 2.0 seconds"),
    Case("sleep", .budgetExceeded, "longer than 2.0 seconds"),
    Case("babble", .crashed, "broke the protocol"), Case("flood", .crashed, "broke the protocol"),
    Case("lie", .crashed, "broke the protocol"), Case("overread", .crashed, "broke the protocol"),
    Case("hangUp", .crashed, "worker process"),
    Case("hold", .budgetExceeded, "longer than 2.0 seconds"),
    Case("greed", .crashed, "broke the protocol"),
  ]

  #if os(Linux)
    static let forbidden =
      ["open", "write", "connect", "fork", "program", "execute", "signal"]
      .map { Case($0, .crashed, "that workers may not make") } + [
        Case("allocate", .crashed, "memory ran out")
      ]
  #else
    static let forbidden: [Case] = []
  #endif

  @Test(arguments: cases + forbidden)
  func misbehaviourCostsItsOwnAssetAlone(_ attack: Case) async throws {
    let prober = ConfinedProber(
      workers: BuiltWorkers.misbehaving,
      configuration: WorkerConfiguration(concurrency: 2, grace: .seconds(1)))
    let good = [UInt8](try Data(contentsOf: Fixture("accept/image/jpeg-420.jpg").url))
    var request = ProbeRequest(depth: .full)
    if attack.code == .budgetExceeded { request.budget.time = .seconds(2) }
    let attacked = request
    try await withThrowingTaskGroup { group in
      group.addTask {
        let error = await #expect(throws: ProbeError.self) {
          try await prober.probe(ServedBytes(good + Array("misbehave:\(attack.behaviour)".utf8)), attacked)
        }
        #expect(error?.code == attack.code)
        #expect(error?.message.contains(attack.words) == true, "\(error?.message ?? "")")
      }
      for _ in 0..<6 {
        group.addTask {
          let facts = try await prober.probe(ServedBytes(good), ProbeRequest(depth: .full))
          #expect(facts.evidence.contains(.rows))
        }
      }
      try await group.waitForAll()
    }
    let after = try await prober.probe(ServedBytes(good), ProbeRequest(depth: .full))
    #expect(after.evidence.contains(.rows))
    await prober.shutdown()
    #expect(!FileManager.default.fileExists(atPath: "/tmp/wan-check-was-here"))
  }

  @Test func processorTimeIsBoundedForEachJob() async throws {
    let prober = ConfinedProber(
      workers: BuiltWorkers.misbehaving, configuration: WorkerConfiguration(concurrency: 1))
    let good = [UInt8](try Data(contentsOf: Fixture("accept/image/jpeg-420.jpg").url))
    var request = ProbeRequest(depth: .full)
    request.budget.processorTime = .seconds(1)
    _ = try await prober.probe(ServedBytes(good), request)
    let attacked = request
    #if os(Linux)
      let error = await #expect(throws: ProbeError.self) {
        try await prober.probe(ServedBytes(good + Array("misbehave:loop".utf8)), attacked)
      }
      #expect(error?.code == .budgetExceeded)
      #expect(error?.message == "the probe used more than 1.0 seconds of processor time")
    #endif
    _ = try await prober.probe(ServedBytes(good), request)
    await prober.shutdown()
  }
}
