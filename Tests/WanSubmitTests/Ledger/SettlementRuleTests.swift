import Testing

@testable import WanSubmit

@Suite struct SettlementRuleTests {
  static let settlements: [SendingOutcome] = [
    .submitted(WanTask(id: "t", status: .created)),
    .refused(ProviderError(status: 402, message: "no credit", requestID: "r")),
    .unknown("reset"), .notSent("stopped"),
  ]

  @Test(arguments: zip(settlements, [SubmissionState.submitted, .refused, .unknown, .notSent]))
  func settlesWhatIsUnderWay(settlement: SendingOutcome, state: SubmissionState) throws {
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
  func onlyATaskChangesWhatIsUnknown(settlement: SendingOutcome) {
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
    (SubmissionState.submitted, SendingOutcome.submitted(WanTask(id: "other", status: .created))),
    (.submitted, .notSent("")),
    (.refused, .submitted(WanTask(id: "t", status: .created))),
    (.notSent, .submitted(WanTask(id: "t", status: .created))),
    (.submitted, .unknown("")),
  ])
  func whatIsKnownStays(state: SubmissionState, settlement: SendingOutcome) {
    let row = LedgerRow.sample(1, state, taskID: state == .submitted ? "t" : nil)
    #expect(SettlementRule.settle(row, as: settlement, now: 9) == .contradiction)
  }

  @Test(arguments: [SubmissionState.sending, .submitted, .refused, .notSent])
  func peopleResolveOnlyWhatIsUnknown(state: SubmissionState) {
    #expect(SettlementRule.resolve(.sample(1, state), as: .notSent, now: 9) == nil)
  }
}
