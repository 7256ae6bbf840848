import FixtureKit
import Foundation
import GRDB
import SystemPackage
import Testing

@testable import WanSubmit

/// Claims and settlements on a real file.
@Suite struct LedgerClaimTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test func aRowKeepsWhatWasClaimedAndWhatCameOfIt() async throws {
    let ledger = try Ledger(at: folder.path())
    let claim = LedgerClaim.sample(id: "cat-1")
    let number = try #require(try await ledger.claim(claim, force: false, now: 1000).sent)
    #expect(try await ledger.rows().map(\.state) == [.sending])
    try await ledger.settle(number, as: .submitted(WanTask(id: "task-1", status: .created)), now: 1001)
    let row = try #require(try await Ledger.reading(at: folder.path()).row("cat-1"))
    #expect(row.id == number)
    #expect(row.fingerprint == claim.fingerprint)
    #expect(row.account == claim.account)
    #expect(row.apiBase == claim.apiBase)
    #expect(row.input == "jobs.jsonl")
    #expect(row.index == 3)
    #expect(row.mode == "first_frame")
    #expect(row.orderedDuration == 5)
    #expect(row.orderedResolution == "1080P")
    #expect(row.assets == claim.assets)
    #expect(row.state == .submitted)
    #expect(row.taskID == "task-1")
    #expect(row.sentAt == 1000)
    #expect(row.settledAt == 1001)
    #expect(!row.isForced)
    #expect(try await ledger.row(ofTask: "task-1", apiBase: claim.apiBase)?.id == number)
    #expect(try await ledger.row(ofTask: "task-1", apiBase: "https://api.magnific.com") == nil)
    #expect(try await ledger.claim(claim, force: false, now: 1002) == .alreadySubmitted(row))
    let again = try #require(try await ledger.claim(claim, force: true, now: 1003).sent)
    #expect(try await ledger.row(String(again))?.isForced == true)
  }

  @Test func whatIsRefusedGetsANewRow() async throws {
    let ledger = try Ledger.inMemory()
    let first = try #require(try await ledger.claim(.sample(), force: false, now: 1).sent)
    #expect(try await ledger.claim(.sample(), force: true, now: 1).name == "inFlight")
    try await ledger.settle(
      first, as: .refused(ProviderError(status: 402, message: "no credit", requestID: nil)), now: 2)
    let second = try #require(try await ledger.claim(.sample(), force: false, now: 3).sent)
    #expect(second > first)
    #expect(try await ledger.rows().map(\.state) == [.refused, .sending])
  }

  @Test func anIdOfOtherContentIsAConflictWithinTheAccount() async throws {
    let ledger = try Ledger.inMemory()
    let first = try #require(try await ledger.claim(.sample("a", id: "x"), force: false, now: 1).sent)
    try await ledger.settle(first, as: .submitted(WanTask(id: "t", status: .created)), now: 2)
    let rival = try await ledger.claim(.sample("b", id: "x"), force: true, now: 3)
    #expect(rival.name == "conflict")
    #expect(rival.obstacle?.id == first)
    #expect(
      try await ledger.claim(.sample("b", id: "x", account: "e"), force: false, now: 3).sent != nil)
    #expect(try await ledger.claim(.sample("f"), force: false, now: 3).sent != nil)
  }

  @Test func theRequestOfADroppedLedgerIsUnknown() async throws {
    let path = folder.path()
    let number: Int64
    do {
      let lost = try Ledger(at: path)
      number = try #require(try await lost.claim(.sample(id: "x"), force: false, now: 1).sent)
      #expect(try await Ledger(at: path).claim(.sample(id: "x"), force: false, now: 2).name == "inFlight")
      #expect(try await Ledger.reading(at: path).rows().map(\.state) == [.sending])
    }
    // The row is read as unknown before a process writes that.
    let read = try await Ledger.reading(at: path).rows(LedgerFilter(state: .unknown))
    #expect(read.map(\.id) == [number])
    #expect(read.first?.message == LedgerRow.abandonedMessage)
    #expect(try await Ledger.reading(at: path).rows(LedgerFilter(state: .sending)).isEmpty)
    let ledger = try Ledger(at: path)
    #expect(try await ledger.claim(.sample("b", id: "x"), force: false, now: 3).name == "conflict")
    let decision = try await ledger.claim(.sample(id: "x"), force: true, now: 3)
    #expect(decision.name == "unknown")
    #expect(decision.obstacle?.id == number)
    let stored = try await ledger.read { try LedgerStore.row($0, number) }
    #expect(stored?.state == .unknown)
    #expect(stored?.settledAt == 3)
    // The answer came after all.
    try await ledger.settle(number, as: .submitted(WanTask(id: "late", status: .created)), now: 4)
    #expect(try await ledger.row("x")?.taskID == "late")
  }

  @Test(arguments: ["file without a lock", "no file", "a path"])
  func anOwnerLivesAsLongAsItsLock(_ what: String) async throws {
    let ledger = try Ledger(at: folder.path())
    let number = try #require(try await ledger.claim(.sample(), force: false, now: 1).sent)
    let token = what == "a path" ? "../../../../../etc/passwd" : LedgerOwner.newToken()
    if what == "file without a lock" { try folder.write("", to: "ledger.sqlite3-owners/\(token)") }
    try await ledger.write {
      try $0.execute(sql: "UPDATE submission SET owner = ? WHERE id = ?", arguments: [token, number])
    }
    #expect(try await ledger.claim(.sample(), force: false, now: 2).name == "unknown")
  }

  @Test func deadOwnersAreSweptOutAndLiveOnesStay() throws {
    let dead = LedgerOwner.newToken()
    let living = try Ledger(at: folder.path())
    try folder.write("", to: "ledger.sqlite3-owners/\(dead)")
    let another = try Ledger(at: folder.path())
    let names = try FileManager.default.contentsOfDirectory(
      atPath: folder.path("ledger.sqlite3-owners").string)
    let tokens = try [living, another].map { try #require($0.connection.owner?.token) }
    #expect(Set(names) == Set(tokens + ["opening"]))
  }

  @Test func oneOfManyRivalsSends() async throws {
    let path = folder.path()
    let ledgers = [try Ledger(at: path), try Ledger(at: path)]
    let digits: [Character] = Array("0123456789abcdef")
    let decisions = try await withThrowingTaskGroup(of: (Character, ClaimDecision).self) { group in
      for digit in digits {
        for attempt in 0..<6 {
          group.addTask {
            (digit, try await ledgers[attempt % 2].claim(.sample(digit), force: false, now: 1))
          }
        }
      }
      return try await group.reduce(into: [Character: [ClaimDecision]]()) {
        $0[$1.0, default: []].append($1.1)
      }
    }
    for digit in digits {
      let names = try #require(decisions[digit]).map(\.name).sorted()
      #expect(names == Array(repeating: "inFlight", count: 5) + ["send"])
    }
    #expect(try await ledgers[0].rows().count == digits.count)
  }

  @Test func whatCameOfARequestIsWrittenEvenIfTheTaskIsCancelled() async throws {
    let ledger = try Ledger.inMemory()
    let number = try #require(try await ledger.claim(.sample(), force: false, now: 1).sent)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await ledger.settle(number, as: .submitted(WanTask(id: "t", status: .created)), now: 2)
    }
    try await task.value
    #expect(try await ledger.row(String(number))?.taskID == "t")
  }

  @Test func settlingOtherwiseIsAnError() async throws {
    let ledger = try Ledger.inMemory()
    let number = try #require(try await ledger.claim(.sample(), force: false, now: 1).sent)
    try await ledger.settle(number, as: .submitted(WanTask(id: "t", status: .created)), now: 2)
    try await ledger.settle(number, as: .submitted(WanTask(id: "t", status: .created)), now: 3)
    #expect(await code { try await ledger.settle(number, as: .notSent(""), now: 3) } == .settled)
    #expect(await code { try await ledger.settle(99, as: .notSent(""), now: 3) } == .notFound)
    #expect(try await ledger.row(String(number))?.settledAt == 2)
  }

  @Test func webhooksAreAdmittedOnce() async throws {
    let ledger = try Ledger(at: folder.path())
    #expect(try await ledger.admit("msg-1", timestamp: 1_000_000, now: 1_000_010))
    #expect(try await ledger.admit("msg-2", timestamp: 1_000_000, now: 1_000_010))
    #expect(try await !Ledger(at: folder.path()).admit("msg-1", timestamp: 1_000_000, now: 1_000_600))
    #expect(try await !ledger.admit("msg-1", timestamp: 1_000_000, now: 1_086_400))
    #expect(try await ledger.admit("msg-3", timestamp: 1_086_420, now: 1_086_420))
    #expect(try await ledger.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM webhook") } == 1)
  }
}

/// The code of the ledger's error that `body` ends with.
func code(_ body: () async throws -> Void) async -> LedgerError.Code? {
  do {
    try await body()
    return nil
  } catch {
    return (error as? LedgerError)?.code
  }
}
