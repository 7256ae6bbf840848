import FixtureKit
import Foundation
import ProviderKit
import Synchronization
import Testing

/// A seeded random number generator, so that a run can be repeated.
private struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// SplitMix64 (Steele, Lea and Flood 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

struct KillTests {
  private static let jobs = 200
  private static let kills = 300
  /// Every tenth job is invalid.
  private static func isInvalid(_ number: Int) -> Bool { number % 10 == 9 }

  /// Faults of all kinds, chosen by the number of the call.
  private static let plan: @Sendable (PlannedCall) -> Fault? = { call in
    guard call.kind == .submit else { return nil }
    var numbers = SeededNumbers(UInt64(call.number))
    switch Int.random(in: 0..<40, using: &numbers) {
    case 0...3: return .tooManyRequests(retryAfter: "0")
    case 4: return .internalServerError
    case 5: return .takingThen(.internalServerError)
    case 6: return .resetAfterTaking
    case 7: return .resetBeforeReading
    case 8: return .closeAfterTaking
    case 9: return .resetInAnswer
    case 10: return .takingThen(.nonJSON)
    case 11...14: return .slowHead(by: .milliseconds(60))
    default: return nil
    }
  }

  private static func lines(_ trial: SubmitTrial) -> String {
    (0..<jobs).map { number in
      let further = #", "seed": \#(number), "duration": \#(isInvalid(number) ? 99 : 5)"#
      return #"{"id": "job-\#(number)", "job": \#(trial.body(further))}"#
    }.joined(separator: "\n")
  }

  private struct Body: Decodable { var seed: Int }

  private static func seed(_ body: Data) -> Int? { try? JSONDecoder().decode(Body.self, from: body).seed }

  @Test func whatIsKilledAtAnyInstantSendsNoJobTwice() async throws {
    let options = ProviderSimulator.Options(latency: { _ in .milliseconds(8) }, plan: Self.plan)
    try await SubmitTrial.with(options) { trial in
      let file = try trial.write(Self.lines(trial))
      var numbers = SeededNumbers(2026)
      for kill in 0..<Self.kills {
        let seen = trial.provider.calls.count
        let running = try trial.start([file], ["--yes", "--quiet"])
        // Half of the runs are killed at a random time, the others while a request is in flight.
        if kill.isMultiple(of: 2) {
          try await Task.sleep(for: .milliseconds(Int.random(in: 0..<300, using: &numbers)))
        } else {
          await Self.waitForCall(after: seen, trial)
          try await Task.sleep(for: .microseconds(Int.random(in: 0..<25_000, using: &numbers)))
        }
        Foundation.kill(running.identifier, SIGKILL)
        _ = try await running.outcome()
      }
      // The last runs are not killed: they go on until no job is left to send.
      var last = try await trial.submit([file], ["--yes"])
      for _ in 0..<20
      where last.results.contains(where: { $0.submittable && $0.submission.state == "not_sent" }) {
        last = try await trial.submit([file], ["--yes"])
      }
      try await Self.look(at: trial, last)
    }
  }

  private static func waitForCall(after seen: Int, _ trial: SubmitTrial) async {
    // If no job is left to send, no call comes, so the wait has a limit.
    await withTaskGroup(of: Void.self) { group in
      group.addTask { _ = try? await trial.provider.calls { $0.count > seen } }
      group.addTask { try? await Task.sleep(for: .milliseconds(400)) }
      await group.next()
      group.cancelAll()
    }
  }

  private static func look(at trial: SubmitTrial, _ last: SubmitOutcome) async throws {
    let accepted = trial.provider.accepted
    let seeds = accepted.map { seed($0.body) }
    #expect(!seeds.contains(nil))
    #expect(Set(seeds).count == seeds.count, "a job was accepted twice")
    let sent = trial.provider.calls.compactMap { $0.isWhole ? seed($0.body) : nil }
    #expect(!sent.contains(where: isInvalid), "an invalid job was sent")

    let rows = Dictionary(grouping: try await trial.exported()) { $0.jobID ?? "" }
    for job in accepted {
      let ofJob = rows["job-\(seed(job.body) ?? -1)"] ?? []
      #expect(
        ofJob.contains { $0.taskID == job.taskID || $0.state == "unknown" },
        "task \(job.taskID) is in no row: \(ofJob)")
    }
    // The test proves something only if some processes were killed while a request was in flight.
    let unknown = rows.values.joined().count { $0.state == "unknown" }
    #expect(unknown > 0)
    #expect(accepted.count > jobs / 2)
    for (number, result) in last.results.enumerated() {
      let isSettled = ["submitted", "already_submitted", "unknown"].contains(result.submission.state)
      #expect(isSettled != isInvalid(number), "job \(number) is \(result.submission.state)")
    }
  }

  @Test func processesThatShareALedgerSendNothingTwice() async throws {
    let options = ProviderSimulator.Options(latency: { _ in .milliseconds(20) })
    try await SubmitTrial.with(options) { trial in
      let file = try trial.write(trial.lines(40))
      let outcomes = try await withThrowingTaskGroup(of: SubmitOutcome.self) { group in
        for _ in 0..<3 { group.addTask { try await trial.submit([file]) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(trial.provider.accepted.count == 40)
      let states = outcomes.flatMap(\.states)
      #expect(states.count { $0 == "submitted" } == 40)
      #expect(states.count { $0 == "already_submitted" } == 80)
      #expect(outcomes.allSatisfy { $0.status == 0 })
    }
  }

  @Test func anInterruptedRunHearsOfWhatIsUnderWay() async throws {
    let options = ProviderSimulator.Options(latency: { _ in .milliseconds(2000) })
    try await SubmitTrial.with(options) { trial in
      let file = try trial.write(trial.lines(30))
      let running = try trial.start([file], ["--format", "json"])
      try await trial.provider.calls { !$0.isEmpty }
      running.interrupt()
      let outcome = try await running.outcome()
      #expect(outcome.status == 130)
      let accepted = trial.provider.accepted
      #expect((1..<30).contains(accepted.count))
      let rows = try await trial.exported()
      #expect(Set(rows.compactMap(\.taskID)) == Set(accepted.map(\.taskID)))
      #expect(rows.allSatisfy { $0.state != "unknown" })
    }
  }
}
