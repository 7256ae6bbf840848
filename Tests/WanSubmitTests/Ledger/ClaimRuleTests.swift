import Testing

@testable import WanSubmit

/// Rows of the ledger, and the decision that a claim must have.
struct ClaimCase: Sendable, CustomTestStringConvertible {
  var name: String
  var same: [LedgerRow] = []
  var rivals: [LedgerRow] = []
  var decision: String
  var row: Int64?
  /// What it comes to with `--force`, if that is something else.
  var forced: String?
  var abandoned: [Int64] = []

  var testDescription: String { name }
}

@Suite struct ClaimRuleTests {
  @Test(arguments: [
    ClaimCase(name: "nothing", decision: "send"),
    ClaimCase(
      name: "refused, not sent", same: [.sample(1, .refused), .sample(2, .notSent)], decision: "send"),
    ClaimCase(
      name: "submitted", same: [.sample(1, .submitted)], decision: "alreadySubmitted", row: 1, forced: "send"),
    ClaimCase(
      name: "submitted, then refused when forced", same: [.sample(1, .submitted), .sample(2, .refused)],
      decision: "alreadySubmitted", row: 1, forced: "send"),
    ClaimCase(
      name: "submitted twice", same: [.sample(1, .submitted), .sample(2, .submitted)],
      decision: "alreadySubmitted", row: 2, forced: "send"),
    ClaimCase(name: "unknown", same: [.sample(1, .unknown)], decision: "unknown", row: 1),
    ClaimCase(
      name: "unknown before submitted", same: [.sample(1, .unknown), .sample(2, .submitted)],
      decision: "unknown", row: 1),
    ClaimCase(
      name: "unknown after submitted", same: [.sample(1, .submitted), .sample(2, .unknown)],
      decision: "unknown", row: 2),
    ClaimCase(name: "under way", same: [.sample(1, .sending)], decision: "inFlight", row: 1),
    ClaimCase(
      name: "under way after submitted", same: [.sample(1, .submitted), .sample(2, .sending)],
      decision: "inFlight", row: 2),
    ClaimCase(
      name: "left by the dead", same: [.sample(1, .sending, owner: "dead")], decision: "unknown", row: 1,
      abandoned: [1]),
    ClaimCase(
      name: "left by the dead after submitted",
      same: [.sample(1, .submitted), .sample(2, .sending, owner: "dead")], decision: "unknown", row: 2,
      abandoned: [2]),
    ClaimCase(
      name: "an unknown state", same: [.sample(1, SubmissionState(rawValue: "paused"))],
      decision: "unknown",
      row: 1),
    ClaimCase(
      name: "rival submitted", rivals: [.sample(1, .submitted, "b")], decision: "conflict", row: 1),
    ClaimCase(name: "rival unknown", rivals: [.sample(1, .unknown, "b")], decision: "conflict", row: 1),
    ClaimCase(name: "rival under way", rivals: [.sample(1, .sending, "b")], decision: "conflict", row: 1),
    ClaimCase(
      name: "rival left by the dead", rivals: [.sample(1, .sending, "b", owner: "dead")],
      decision: "conflict",
      row: 1, abandoned: [1]),
    ClaimCase(
      name: "rivals not taken", rivals: [.sample(1, .refused, "b"), .sample(2, .notSent, "b")],
      decision: "send"),
    ClaimCase(
      name: "submitted beside a rival", same: [.sample(1, .submitted)], rivals: [.sample(2, .submitted, "b")],
      decision: "alreadySubmitted", row: 1, forced: "conflict"),
  ])
  func decides(claim: ClaimCase) {
    for force in [false, true] {
      let judgement = ClaimRule.judge(
        same: claim.same, rivals: claim.rivals, force: force, isAlive: { $0 == "alive" })
      let expected = force ? claim.forced ?? claim.decision : claim.decision
      #expect((judgement.obstacle?.name ?? "send") == expected, "force: \(force)")
      if expected == claim.decision { #expect(judgement.obstacle?.obstacle?.id == claim.row) }
      #expect(judgement.abandoned.map(\.id) == claim.abandoned)
      #expect(judgement.abandoned.allSatisfy { $0.state == .unknown && $0.message != nil })
    }
  }
}
