import JobDocuments
import Testing

@testable import WanSubmit

@Suite struct ReconciliationTests {
  private let account = String(repeating: "c", count: 64)

  @Test func setsWhatNobodyKnowsBesideWhatIsUnknown() {
    let tasks = [
      WanTask(id: "late", status: .completed, otherFields: ["created_at": .string("2026-11-25T10:00:02Z")]),
      WanTask(id: "known", status: .completed), WanTask(id: "timeless", status: .created),
      WanTask(id: "early", status: .failed, otherFields: ["created_at": .integer(1_700_000_000)]),
      WanTask(id: "early", status: .failed),
    ]
    var elsewhere = LedgerRow.sample(9, .unknown)
    elsewhere.apiBase = "https://api.magnific.com"
    let rows: [LedgerRow] = [
      .sample(1, .submitted, taskID: "known"), .sample(2, .submitted, taskID: "old"),
      .sample(3, .unknown, sentAt: 50), .sample(4, .unknown, sentAt: 40), .sample(5, .sending),
      .sample(6, .refused), .sample(7, .unknown, account: "e"), elsewhere,
    ]
    let found = Reconciliation(
      tasks: tasks, rows: rows, apiBase: "https://api.freepik.com", account: account)
    #expect(found.strayTasks.map(\.task.id) == ["early", "late", "timeless"])
    #expect(found.unknownRows.map(\.id) == [4, 3])
    #expect(found.matched == 1)
    #expect(found.unlisted == 1)
    #expect(found.underWay == 1)
    #expect(found.unknownElsewhere == 2)
  }

  @Test(
    arguments: [
      (["created_at": .string("2026-11-25T10:00:00Z")], 1_795_600_800),
      (["createdAt": .string("2026-11-25T10:00:00.500Z")], 1_795_600_800.5),
      (["created_at": .string("2026-11-25T12:00:00+02:00")], 1_795_600_800),
      (["created": .integer(1_795_600_800)], 1_795_600_800),
      (["created_at": .integer(1_795_600_800_250)], 1_795_600_800.25),
      (["created_at": .string("yesterday")], nil), (["created_at": .null], nil), ([:], nil),
    ] as [([String: DocumentValue], Double?)])
  func readsTimesAsTheyCome(fields: [String: DocumentValue], time: Double?) {
    let task = WanTask(id: "t", status: .created, otherFields: fields)
    #expect(Reconciliation.creation(of: task) == time)
  }
}
