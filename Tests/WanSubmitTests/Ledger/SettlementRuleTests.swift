import Testing

@testable import WanSubmit

@Suite struct SettlementRuleTests {
  static let settlements: [LedgerSettlement] = [
    .submitted(taskID: "t"), .refused(status: 402, message: "no credit", requestID: "r"),
    .unknown(reason: "reset", status: nil), .notSent(reason: "stopped"),
  ]

  @Test(arguments: zip(settlements, [LedgerState.submitted, .refused, .unknown, .notSent]))
  func settlesWhatIsUnderWay(settlement: LedgerSettlement, state: LedgerState) throws {
    let row = LedgerRow.sample(1, .sending)
    guard case .write(let settled) = SettlementRule.settle(row, as: settlement, now: 7) else {
      Issue.record("not written")
      return
    }
    #expect(settled.state == state)
    #expect(settled.settledAt == 7)
    #expect(settled.taskID == (state == .submitted ? "t" : nil))
    #expect(settled.status == (state == .refused ? 402 : nil))
    #expect(settled.requestID == (state == .refused ? "r" : nil))
    #expect((settled.message == nil) == (state == .submitted))
    // Once more is once.
    #expect(SettlementRule.settle(settled, as: settlement, now: 8) == .nothing)
  }

  @Test(arguments: settlements)
  func onlyATaskChangesWhatIsUnknown(settlement: LedgerSettlement) {
    var row = LedgerRow.sample(1, .sending).abandoned
    row.settledAt = 5
    let step = SettlementRule.settle(row, as: settlement, now: 9)
    switch settlement {
    case .submitted:
      row.state = .submitted
      row.taskID = "t"
      row.message = nil
      row.settledAt = 9
      #expect(step == .write(row))
    case .unknown: #expect(step == .nothing)
    case .refused, .notSent: #expect(step == .contradiction)
    }
  }

  @Test(arguments: [
    (LedgerState.submitted, LedgerSettlement.submitted(taskID: "other")), (.submitted, .notSent(reason: "")),
    (.refused, .submitted(taskID: "t")), (.notSent, .submitted(taskID: "t")),
    (.submitted, .unknown(reason: "", status: nil)),
  ])
  func whatIsKnownStays(state: LedgerState, settlement: LedgerSettlement) {
    let row = LedgerRow.sample(1, state, taskID: state == .submitted ? "t" : nil)
    #expect(SettlementRule.settle(row, as: settlement, now: 9) == .contradiction)
  }

  @Test(arguments: [LedgerState.sending, .submitted, .refused, .notSent])
  func peopleResolveOnlyWhatIsUnknown(state: LedgerState) {
    #expect(SettlementRule.resolve(.sample(1, state), as: .notSent, now: 9) == nil)
  }
}
