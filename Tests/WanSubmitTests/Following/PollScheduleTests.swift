import Testing

@testable import WanSubmit

/// Outcomes one after the other, and what the schedule makes of each.
struct ScheduleCase: Sendable, CustomTestStringConvertible {
  var name: String
  var outcomes: [PollSchedule.Outcome]
  var steps: [PollSchedule.Step]
  /// When the first outcome is there; later ones come as soon as the schedule says.
  var elapsed = Duration.zero
  var patience = Duration.seconds(900)
  var jitter = 1.0

  var testDescription: String { name }
}

@Suite struct PollScheduleTests {
  private static func ask(_ seconds: Double...) -> [PollSchedule.Step] {
    seconds.map { .ask(after: .milliseconds(Int64($0 * 1000))) }
  }

  @Test(arguments: [
    ScheduleCase(
      name: "pauses grow to a bound", outcomes: Array(repeating: .answered, count: 8),
      steps: ask(2, 3, 4.5, 6.75, 10.125) + [
        .ask(after: .seconds(15)), .ask(after: .seconds(15)), .ask(after: .seconds(15)),
      ]),
    ScheduleCase(
      name: "jitter shortens", outcomes: [.answered, .answered], steps: ask(1.6, 2.4), jitter: 0),
    ScheduleCase(
      name: "jitter out of its range", outcomes: [.answered], steps: ask(1.6), jitter: -7),
    ScheduleCase(
      name: "failures back off, and an answer ends that",
      outcomes: [.answered, .passing(wish: nil), .passing(wish: nil), .passing(wish: nil), .answered],
      steps: ask(2, 6, 12, 24, 3)),
    ScheduleCase(
      name: "backing off has a bound", outcomes: Array(repeating: .passing(wish: nil), count: 7),
      steps: ask(4, 8, 16, 32, 60, 60, 60)),
    ScheduleCase(
      name: "a wish is kept", outcomes: [.passing(wish: .seconds(90)), .answered], steps: ask(90, 2)),
    ScheduleCase(
      name: "a short wish shortens nothing", outcomes: [.passing(wish: .zero)], steps: ask(4)),
    ScheduleCase(
      name: "a wish beyond the end is not waited for", outcomes: [.passing(wish: .seconds(11))],
      steps: [.stop], patience: .seconds(10)),
    ScheduleCase(
      name: "the last question is asked at the end", outcomes: [.answered, .answered, .answered],
      steps: ask(2, 1) + [.stop], patience: .seconds(3)),
    ScheduleCase(name: "no patience", outcomes: [.answered], steps: [.stop], patience: .zero),
    ScheduleCase(
      name: "less than no patience", outcomes: [.answered], steps: [.stop], patience: .seconds(-4)),
    ScheduleCase(
      name: "not there yet", outcomes: [.notFound, .notFound, .notFound, .notFound, .notFound],
      steps: ask(2, 3, 4.5, 6.75) + [.fail]),
    ScheduleCase(name: "not there", outcomes: [.notFound], steps: [.fail], elapsed: .seconds(15)),
    ScheduleCase(name: "refused", outcomes: [.refused], steps: [.fail]),
    ScheduleCase(
      name: "nonsense is not believed at first", outcomes: Array(repeating: .unreadable, count: 4),
      steps: ask(4, 8, 16) + [.fail]),
    ScheduleCase(
      name: "nonsense now and then",
      outcomes: [.unreadable, .unreadable, .unreadable, .answered, .unreadable], steps: ask(4, 8, 16, 2, 6)),
  ])
  func schedule(_ example: ScheduleCase) {
    var options = FollowingOptions()
    options.patience = example.patience
    var schedule = PollSchedule(options)
    var elapsed = example.elapsed
    var steps: [PollSchedule.Step] = []
    for outcome in example.outcomes {
      let step = schedule.next(after: outcome, elapsed: elapsed, jitter: example.jitter)
      steps.append(step)
      if case .ask(let pause) = step { elapsed += pause }
    }
    #expect(steps.map(rounded) == example.steps.map(rounded))
  }

  /// Fractions of a second are not exact in binary.
  private func rounded(_ step: PollSchedule.Step) -> PollSchedule.Step {
    guard case .ask(let pause) = step else { return step }
    return .ask(after: .milliseconds(Int64((pause / .milliseconds(1)).rounded())))
  }

  @Test func optionsThatMakeNoSenseEndAllTheSame() {
    var options = FollowingOptions()
    options.firstPause = .zero
    options.growth = 0
    var schedule = PollSchedule(options)
    #expect(schedule.next(after: .answered, elapsed: .zero, jitter: 1) == .ask(after: .milliseconds(1)))
  }

  @Test(arguments: [
    (
      ClientError(.refused, message: "", error: ProviderError(status: 404, message: "")),
      PollSchedule.Outcome.notFound
    ),
    (ClientError(.refused, message: "", error: ProviderError(status: 401, message: "")), .refused),
    (ClientError(.unreachable, message: ""), .passing(wish: nil)),
    (ClientError(.timedOut, message: ""), .passing(wish: nil)),
    (ClientError(.unreadable, message: ""), .unreadable),
    (ClientError(.cancelled, message: ""), .refused),
    (
      ClientError(
        .unavailable, message: "",
        error: ProviderError(
          status: 429, message: "", rateLimit: RateLimit(remaining: 0, reset: .seconds(7)))),
      .passing(wish: .seconds(7))
    ),
  ])
  func whatAFailureMeans(_ error: ClientError, _ outcome: PollSchedule.Outcome) {
    #expect(PollSchedule.Outcome(error) == outcome)
  }
}
