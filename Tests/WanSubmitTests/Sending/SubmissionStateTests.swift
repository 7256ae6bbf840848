import Testing

@testable import WanSubmit

@Suite struct SubmissionStateTests {
  /// Ledgers and scripts hold these names.
  @Test(arguments: [
    (SubmissionState.sending, "sending"), (.submitted, "submitted"), (.alreadySubmitted, "already_submitted"),
    (.refused, "refused"), (.unknown, "unknown"), (.notSent, "not_sent"), (.unrecognized("paused"), "paused"),
  ])
  func namesStay(_ state: SubmissionState, _ name: String) {
    #expect(state.rawValue == name)
    #expect(SubmissionState(rawValue: name) == state)
    #expect("\(state)" == name)
  }

  @Test func anUnknownWordIsNotAKnownState() {
    let states = SubmissionState.ofRows + SubmissionState.ofReports
    #expect(!states.contains(SubmissionState(rawValue: "Submitted")))
    #expect(Set(states.map(\.rawValue)).count == Set(states).count)
  }
}
