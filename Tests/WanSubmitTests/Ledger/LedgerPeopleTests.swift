import FixtureKit
import Testing

@testable import WanSubmit

/// What people ask a ledger, and tell it.
@Suite struct LedgerPeopleTests {
  /// A ledger with `count` rows, every third of them unknown, the others submitted.
  private func ledger(_ count: Int) async throws -> Ledger {
    let ledger = try Ledger.inMemory()
    for number in 1...count {
      var claim = LedgerClaim.sample(id: "job-\(number)")
      claim.fingerprint = String(repeating: "0", count: 60) + String(10_000 + number).suffix(4)
      let row = try #require(try await ledger.claim(claim, force: false, now: Double(number)).sent)
      try await ledger.settle(
        row,
        as: number % 3 == 0
          ? .unknown("reset") : .submitted(WanTask(id: "task-\(number)", status: .created)),
        now: Double(number))
    }
    return ledger
  }

  @Test func listsTheNewestLast() async throws {
    // More than are read at once.
    let ledger = try await ledger(600)
    #expect(try await ledger.rows().map(\.id) == Array(1...600))
    #expect(try await ledger.rows(LedgerFilter(limit: 3)).map(\.id) == [598, 599, 600])
    #expect(
      try await ledger.rows(LedgerFilter(state: .unknown)).map(\.id)
        == Array(stride(from: 3, through: 600, by: 3)))
    #expect(try await ledger.rows(LedgerFilter(state: .unknown, limit: 2)).map(\.id) == [597, 600])
    #expect(try await ledger.rows(LedgerFilter(state: .refused)).isEmpty)
    #expect(try await ledger.rows(LedgerFilter(limit: 0)).isEmpty)
    var streamed: [Int64] = []
    try await ledger.forEachRow { streamed.append($0.id) }
    #expect(streamed == Array(1...600))
  }

  @Test func findsTheRowThatIsMeant() async throws {
    let ledger = try await ledger(4)
    #expect(try await ledger.row("3")?.id == 3)
    #expect(try await ledger.row("job-4")?.id == 4)
    let fingerprint = try #require(try await ledger.row("2")?.fingerprint)
    #expect(try await ledger.row(fingerprint)?.id == 2)
    #expect(try await ledger.row(fingerprint.uppercased())?.id == 2)
    for nothing in ["5", "-1", "", "job", "0000000000", "%", "99999999999999999999999"] {
      #expect(try await ledger.row(nothing) == nil)
    }
    #expect(await code { _ = try await ledger.row("000000000000") } == .ambiguous)
    // The same job once more, so that its id means two rows.
    _ = try await ledger.claim(claim(of: "1", ledger), force: true, now: 9)
    #expect(await code { _ = try await ledger.row("job-1") } == .ambiguous)
  }

  private func claim(of reference: String, _ ledger: Ledger) async throws -> LedgerClaim {
    let row = try #require(try await ledger.row(reference))
    var claim = LedgerClaim.sample(id: row.jobID)
    claim.fingerprint = row.fingerprint
    return claim
  }

  @Test func aPersonSettlesWhatIsUnknown() async throws {
    let ledger = try await ledger(6)
    let taken = try await ledger.resolve(3, as: .task("found"), now: 100)
    #expect(taken.state == .submitted)
    #expect(taken.taskID == "found")
    #expect(taken.resolution == "task")
    #expect(taken.resolvedAt == 100)
    #expect(taken.settledAt == 3)
    #expect(taken.message == "reset")
    #expect(try await ledger.row("3") == taken)
    #expect(
      try await ledger.claim(claim(of: "3", ledger), force: false, now: 101) == .alreadySubmitted(taken))
    let free = try await ledger.resolve(6, as: .notSent, now: 100)
    #expect(free.state == .notSent)
    #expect(free.resolution == "not_sent")
    #expect(try await ledger.claim(claim(of: "6", ledger), force: false, now: 101).sent == 7)
  }

  @Test func nobodyResolvesWhatIsKnownOrUnderWay() async throws {
    let ledger = try await ledger(3)
    #expect(await code { _ = try await ledger.resolve(1, as: .notSent, now: 9) } == .notUnknown)
    #expect(await code { _ = try await ledger.resolve(99, as: .notSent, now: 9) } == .notFound)
    #expect(await code { _ = try await ledger.resolve(3, as: .task("task-1"), now: 9) } == .taskTaken)
    let sending = try #require(try await ledger.claim(.sample(), force: false, now: 9).sent)
    #expect(await code { _ = try await ledger.resolve(sending, as: .notSent, now: 9) } == .notUnknown)
    #expect(try await ledger.row("3")?.state == .unknown)
    #expect(try await ledger.row(String(sending))?.state == .sending)
  }

  @Test func aPersonSettlesWhatADeadProcessLeft() async throws {
    let folder = try TemporaryFolder()
    do {
      let lost = try Ledger(at: folder.path())
      #expect(try await lost.claim(.sample(), force: false, now: 1).sent == 1)
      let living = try Ledger.existing(at: folder.path())
      #expect(await code { _ = try await living.resolve(1, as: .notSent, now: 2) } == .notUnknown)
    }
    let resolved = try await Ledger.existing(at: folder.path()).resolve(1, as: .notSent, now: 2)
    #expect(resolved.state == .notSent)
    #expect(resolved.message == LedgerRow.abandonedMessage)
  }
}
