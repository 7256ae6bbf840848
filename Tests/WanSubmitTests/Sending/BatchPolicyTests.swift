import Testing

@testable import WanSubmit

struct BatchPolicyTests {
  private static func sent(_ state: SubmissionState, _ status: Int? = nil) -> Submission {
    var submission = Submission(state, error: status.map { ProviderError(status: $0, message: "no") })
    submission.wasSent = true
    return submission
  }

  @Test(arguments: [401, 402, 403, 301, 307])
  func answersThatWouldBeTheSameForAllStopTheBatch(_ status: Int) {
    var policy = BatchPolicy(most: nil)
    #expect(policy.decision(running: 0) == .send)
    policy.note(Self.sent(status < 400 ? .unknown : .refused, status))
    guard case .hold(let why) = policy.decision(running: 0) else {
      Issue.record("it goes on")
      return
    }
    #expect(why.contains("\(status)"))
  }

  @Test(arguments: [400, 404, 422, 500, 503])
  func answersAboutOneJobDoNot(_ status: Int) {
    var policy = BatchPolicy(most: nil)
    policy.note(Self.sent(status < 500 ? .refused : .unknown, status))
    #expect(policy.decision(running: 0) == .send)
  }

  @Test func aRowOfUnknownOutcomesStopsTheBatch() {
    var policy = BatchPolicy(most: nil)
    for _ in 1..<BatchPolicy.mostUnknown { policy.note(Self.sent(.unknown)) }
    policy.note(Self.sent(.submitted))
    for _ in 1..<BatchPolicy.mostUnknown {
      policy.note(Self.sent(.unknown))
      #expect(policy.decision(running: 0) == .send)
    }
    policy.note(Self.sent(.unknown))
    #expect(policy.decision(running: 0) != .send)
  }

  @Test(arguments: [nil, 429])
  func whereOneJobFoundNoEarInAllItsTimeTheOthersDoNotWait(_ status: Int?) {
    var policy = BatchPolicy(most: nil)
    policy.note(Submission(.notSent))
    #expect(policy.decision(running: 0) == .send)
    policy.note(Self.sent(.notSent, status))
    #expect(policy.decision(running: 0) != .send)
  }

  @Test func whatWasUnknownBeforeIsNoSignOfTrouble() {
    var policy = BatchPolicy(most: nil)
    for _ in 0..<20 { policy.note(Submission(.unknown)) }
    #expect(policy.decision(running: 0) == .send)
  }

  @Test func noMoreThanWantedAreSent() {
    var policy = BatchPolicy(most: 2)
    #expect(policy.decision(running: 1) == .send)
    #expect(policy.decision(running: 2) == .wait)
    policy.note(Submission(.alreadySubmitted))
    #expect(policy.decision(running: 1) == .send)
    policy.note(Self.sent(.submitted))
    #expect(policy.decision(running: 1) == .wait)
    // What did not leave has used nothing up.
    policy.note(Submission(.notSent))
    #expect(policy.decision(running: 0) == .send)
    policy.note(Self.sent(.unknown))
    guard case .hold = policy.decision(running: 0) else {
      Issue.record("a third would be sent")
      return
    }
  }

  @Test func aLedgerThatCannotBeWrittenStopsTheBatch() {
    var policy = BatchPolicy(most: nil)
    var submission = Self.sent(.submitted)
    submission.ledgerFailure = "disk full"
    policy.note(submission)
    #expect(policy.decision(running: 0) == .hold("the ledger cannot be written: disk full"))
  }
}
