import FixtureKit
import Foundation
import ProviderKit
import Testing

/// A fault, and what `submit` reports about a job that meets it.
struct FaultCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var fault: Fault
  var state: String
  var status: Int32

  init(_ name: String, _ fault: Fault, _ state: String, _ status: Int32) {
    testDescription = name
    self.fault = fault
    self.state = state
    self.status = status
  }

  static let all: [FaultCase] = [
    FaultCase("400", .badRequest(), "refused", 5), FaultCase("401", .unauthorized, "refused", 5),
    FaultCase("402", .paymentRequired, "refused", 5), FaultCase("403", .forbidden, "refused", 5),
    FaultCase("404", .notFound, "refused", 5), FaultCase("408", .requestTimeout, "unknown", 6),
    FaultCase("500", .internalServerError, "unknown", 6),
    FaultCase("503", .serviceUnavailable(retryAfter: "1"), "unknown", 6),
    FaultCase("500 after taking", .takingThen(.internalServerError), "unknown", 6),
    FaultCase("408 after taking", .takingThen(.requestTimeout), "unknown", 6),
    FaultCase("no JSON", .nonJSON, "unknown", 6),
    FaultCase("no JSON after taking", .takingThen(.nonJSON), "unknown", 6),
    FaultCase("empty", .takingThen(.empty), "unknown", 6),
    FaultCase("no task id", .takingThen(.withoutTaskID), "unknown", 6),
    FaultCase("huge", .takingThen(.huge()), "unknown", 6),
    FaultCase("endless", .takingThen(.endless), "unknown", 6),
    FaultCase("reset before reading", .resetBeforeReading, "unknown", 6),
    FaultCase("reset during the request", .resetDuringRequest, "unknown", 6),
    FaultCase("reset after taking", .resetAfterTaking, "unknown", 6),
    FaultCase("reset in the answer", .resetInAnswer, "unknown", 6),
    FaultCase("closed after taking", .closeAfterTaking, "unknown", 6),
    FaultCase("redirect", .redirect(307, to: "/v1/ai/image-to-video/wan-2-7"), "unknown", 6),
    FaultCase("slow", .slowHead(by: .milliseconds(700)), "submitted", 0),
    FaultCase("dripping", .dripping(bytes: 40, every: .milliseconds(20)), "submitted", 0),
  ]
}

struct SubmitFaultTests {
  @Test(arguments: FaultCase.all)
  func everyFaultIsToldAndNothingIsSentTwice(_ given: FaultCase) async throws {
    // Every call after the first is accepted, so that a second send would be seen.
    let plan: @Sendable (PlannedCall) -> Fault? = { $0.kind == .submit && $0.number == 0 ? given.fault : nil }
    try await SubmitTrial.with(.init(plan: plan)) { trial in
      let job = try trial.write(trial.body(), to: "job.json")
      let outcome = try await trial.submit([job])
      #expect(outcome.states == [given.state], "\(outcome.text)\(outcome.errors)")
      #expect(outcome.status == given.status)
      #expect(trial.provider.calls.count == 1)
      if given.state == "unknown" {
        let again = try await trial.submit([job], ["--force"])
        #expect(again.states == ["unknown"])
        #expect(again.status == 6)
        #expect(trial.provider.calls.count == 1)
      }
      if given.state == "submitted" {
        #expect(outcome.results.first?.submission.taskID == trial.provider.accepted.first?.taskID)
      }
    }
  }

  @Test func earlyResetsAreUnknown() async throws {
    for fault in [Fault.resetBeforeReading, .resetDuringRequest] {
      try await SubmitTrial.with(.init(planAtHead: { $0.kind == .submit ? fault : nil })) { trial in
        let outcome = try await trial.submit([trial.write(trial.body(), to: "job.json")])
        #expect(outcome.states == ["unknown"])
        #expect(trial.provider.calls.count == 1)
        #expect(trial.provider.accepted.isEmpty)
      }
    }
  }

  @Test func tooManyRequestsAreWaitedFor() async throws {
    let plan: @Sendable (PlannedCall) -> Fault? = { call in
      call.number < 2 ? .tooManyRequests(retryAfter: call.number == 0 ? "1" : nil) : nil
    }
    try await SubmitTrial.with(.init(plan: plan)) { trial in
      let outcome = try await trial.submit([trial.write(trial.body(), to: "job.json")])
      #expect(outcome.states == ["submitted"])
      #expect(trial.provider.calls.count == 3)
      #expect(trial.provider.accepted.count == 1)
      #expect(try await trial.exported().count == 1)
    }
  }

  @Test func tooManyRequestsForTooLongIsNotSent() async throws {
    try await SubmitTrial.with(.init(plan: { _ in .tooManyRequests(retryAfter: "60") })) { trial in
      let outcome = try await trial.submit(
        [trial.write(trial.body(), to: "job.json")], ["--submit-timeout", "2"])
      #expect(outcome.states == ["not_sent"])
      #expect(outcome.status == 7)
      #expect(outcome.results.first?.submission.error?.status == 429)
    }
  }

  /// `| head -1` must not turn an unknown or unsent job into success.
  @Test(arguments: [(Fault.internalServerError, 6), (nil, 7)] as [(Fault?, Int32)])
  func whoeverStopsReadingStillGetsTheExitCode(_ fault: Fault?, _ status: Int32) async throws {
    let plan: @Sendable (PlannedCall) -> Fault? = { $0.kind == .submit ? fault : nil }
    try await SubmitTrial.with(.init(plan: plan)) { trial in
      let jobs = try trial.write(trial.lines(12))
      let command = [Program.wanCheck.executable.path, "submit"] + trial.options + [jobs]
      let quoted = command.map { "'\($0)'" }.joined(separator: " ")
      let bash = try #require(Program(named: "bash"))
      let outcome = try await RunningProgram.start(
        bash, ["-c", "\(quoted) | true; exit ${PIPESTATUS[0]}"], environment: trial.environment,
        in: trial.folder.url
      ).outcome()
      #expect(outcome.status == status, "\(outcome.errors)")
    }
  }

  @Test func noConnectionIsNotSent() async throws {
    try await SubmitTrial.with { trial in
      let job = try trial.write(trial.body(), to: "job.json")
      let outcome = try await trial.submit(
        [job], ["--api-base", "http://127.0.0.1:1", "--submit-timeout", "1"])
      #expect(outcome.states == ["not_sent"])
      #expect(outcome.status == 7)
      let again = try await trial.submit([job])
      #expect(again.states == ["submitted"])
    }
  }

  @Test(arguments: [Fault.unauthorized, .paymentRequired, .forbidden])
  func theRestOfABatchIsNotSentAfterAnAnswerForAll(_ fault: Fault) async throws {
    try await SubmitTrial.with(.init(plan: { _ in fault })) { trial in
      let outcome = try await trial.submit([trial.write(trial.lines(12))])
      let refused = outcome.states.prefix { $0 == "refused" }.count
      #expect((1...3).contains(refused))
      #expect(outcome.states.dropFirst(refused).allSatisfy { $0 == "not_sent" })
      #expect(trial.provider.calls.count == refused)
      #expect(outcome.status == 5)
    }
  }

  @Test func whatTheProviderRefusesIsFoundInTheFile() async throws {
    let fault = Fault.badRequest(
      parameters: [("body.duration", "too long"), ("nonsense", "what")], isWrapped: true)
    try await SubmitTrial.with(.init(plan: { _ in fault })) { trial in
      let text =
        "{\n  \"start_image_url\": \"\(trial.provider.url(SubmitTrial.image))\",\n  \"duration\": 15\n}\n"
      let outcome = try await trial.submit([trial.write(text, to: "job.json")])
      let parameters = try #require(outcome.results.first?.submission.error?.parameters)
      #expect(parameters.map(\.pointer) == ["/duration", nil])
      #expect(parameters.map(\.line) == [3, nil])
      #expect(parameters.map(\.column) == [15, nil])
    }
  }

  @Test func aPersonResolvesWhatIsUnknown() async throws {
    try await SubmitTrial.with(.init(plan: { $0.kind == .submit && $0.number < 2 ? .resetAfterTaking : nil }))
    { trial in
      let jobs = try trial.write(trial.lines(2))
      #expect(try await trial.submit([jobs]).states == ["unknown", "unknown"])
      let reconciled = try await trial.run(
        ["ledger", "reconcile", "--api-base", trial.provider.baseURL, "--ledger", trial.ledger])
      #expect(reconciled.status == 0, "\(reconciled.errors)")
      for job in trial.provider.accepted { #expect(reconciled.text.contains(job.taskID)) }
      let rows = try await trial.exported()
      let task = try #require(trial.provider.accepted.first?.taskID)
      let taken = try await trial.run(
        ["ledger", "resolve", "\(rows[0].row)", "--task", task, "--ledger", trial.ledger])
      let free = try await trial.run(
        ["ledger", "resolve", "\(rows[1].row)", "--not-sent", "--ledger", trial.ledger])
      #expect([taken.status, free.status] == [0, 0], "\(taken.errors)\(free.errors)")
      let outcome = try await trial.submit([jobs])
      let states = Dictionary(uniqueKeysWithValues: zip(outcome.results.map { $0.id ?? "" }, outcome.states))
      #expect(states[rows[0].jobID ?? ""] == "already_submitted")
      #expect(states[rows[1].jobID ?? ""] == "submitted")
    }
  }
}
