import Testing

@testable import WanSubmit

/// One answer, or none, and what is done about it at once.
struct SendingCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var event: SendingMachine.Event
  var expected: Expected

  enum Expected: Sendable, Equatable {
    case again, accepted(String), refused(Int), unknown
  }

  static func answer(_ status: Int, _ body: String = "{}", _ expected: Expected) -> SendingCase {
    let answer = ProviderAnswer(status: status, body: Array(body.utf8))
    let reading = AnswerReading(answer, now: 0, secrets: [])
    return SendingCase(testDescription: "\(status) \(body)", event: .answered(reading), expected: expected)
  }

  static let all: [SendingCase] =
    [
      SendingCase(testDescription: "no connection", event: .notEstablished("refused"), expected: .again),
      SendingCase(testDescription: "lost", event: .lost("reset"), expected: .unknown),
      .answer(200, #"{"data": {"task_id": "t1", "status": "CREATED", "generated": []}}"#, .accepted("t1")),
      .answer(201, #"{"data": {"task_id": "t1"}}"#, .accepted("t1")),
      .answer(202, #"{"task_id": "t1", "status": "QUEUED"}"#, .accepted("t1")),
      .answer(200, #"{"data": {"status": "CREATED"}}"#, .unknown),
      .answer(200, #"{"data": {"task_id": ""}}"#, .unknown),
      .answer(200, #"{"data": {"task_id": 12}}"#, .accepted("12")),
      .answer(200, #"{"data": {"task_id": "a/../b?c"}}"#, .accepted("a/../b?c")),
      .answer(200, #"{"data": {"task_id": 1.5}}"#, .unknown),
      .answer(200, #"{"data": {"task_id": {}}}"#, .unknown),
      .answer(200, #"{"data": []}"#, .unknown),
      .answer(200, "", .unknown),
      .answer(200, "<html>", .unknown),
      .answer(200, #"{"data": {"task_id": "t1""#, .unknown),
      .answer(204, "", .unknown),
      .answer(429, .again),
    ]
    + [300, 301, 302, 303, 307, 308, 304, 399].map { .answer($0, .unknown) }
    + [408, 500, 501, 502, 503, 504, 520, 599].map { .answer($0, .unknown) }
    // What names a task may have been taken, whatever the status; an empty name is none.
    + [400, 401, 402, 403, 404, 422, 429].flatMap { status in
      [
        .answer(status, #"{"data": {"task_id": "t1"}}"#, .unknown),
        .answer(status, #"{"message": "x", "problem": {"details": [{"task_id": 7}]}}"#, .unknown),
        .answer(status, #"<pre>task_id=t1</pre>"#, .unknown),
        .answer(
          status, #"{"message": "x", "task_id": null, "data": {"task_id": ""}}"#,
          status == 429 ? .again : .refused(status)),
      ]
    }
    + [SendingCase.answer(409, .unknown)]
    + [400, 401, 402, 403, 404, 405, 410, 413, 415, 422, 451].map { .answer($0, .refused($0)) }
    + [100, 199, 600, 999, 0].map { .answer($0, .unknown) }

  private static func answer(_ status: Int, _ expected: Expected) -> SendingCase {
    answer(status, "{}", expected)
  }
}

struct SendingMachineTests {
  @Test(arguments: SendingCase.all)
  func onlyWhatCertainlyWasNotTakenIsSentAgain(_ given: SendingCase) {
    var machine = SendingMachine(limit: .seconds(60))
    let action = machine.next(after: given.event, elapsed: .zero, jitter: 0.5)
    let found: SendingCase.Expected =
      switch action {
      case .sendAgain: .again
      case .end(.submitted(let task)): .accepted(task.id)
      case .end(.refused(let error)): .refused(error.status)
      case .end(.unknown): .unknown
      case .end(.notSent): .again
      }
    #expect(found == given.expected)
  }

  @Test func pausesGrowUntilTheDeadline() throws {
    var machine = SendingMachine(limit: .seconds(60))
    var elapsed = Duration.zero
    var pauses: [Duration] = []
    var ending: SendingOutcome?
    while ending == nil, pauses.count < 1000 {
      switch machine.next(after: .notEstablished("refused"), elapsed: elapsed, jitter: 1) {
      case .sendAgain(let pause, _):
        pauses.append(pause)
        elapsed += pause
      case .end(let end): ending = end
      }
    }
    #expect(pauses == [0.5, 1, 2, 4, 8, 15, 15].map { .seconds($0) })
    #expect(ending == .notSent("no connection: refused", nil))
  }

  @Test func jitterShortensAPauseByHalfAtMost() {
    for (jitter, pause) in [(-1.0, 0.25), (0, 0.25), (0.5, 0.375), (1, 0.5), (7, 0.5)] {
      var machine = SendingMachine(limit: .seconds(60))
      let action = machine.next(after: .notEstablished("x"), elapsed: .zero, jitter: jitter)
      #expect(action == .sendAgain(after: .seconds(pause), why: "no connection: x"))
    }
  }

  @Test(
    arguments: [
      (["Retry-After": "7"], 7.0), (["x-ratelimit-reset": "9", "x-ratelimit-remaining": "0"], 9),
      (["x-ratelimit-reset": "9", "x-ratelimit-remaining": "4"], 0.5), ([:], 0.5),
      (["Retry-After": "7", "x-ratelimit-reset": "30", "x-ratelimit-remaining": "0"], 7),
      (["Retry-After": "nonsense"], 0.5), (["Retry-After": "-3"], 0.5), (["Retry-After": "0"], 0.5),
    ] as [([String: String], Double)])
  func theProvidersWishIsKept(_ fields: [String: String], _ pause: Double) {
    var answer = ProviderAnswer(status: 429)
    answer.fields = fields.map { ($0.key, $0.value) }
    var machine = SendingMachine(limit: .seconds(60))
    let action = machine.next(
      after: .answered(AnswerReading(answer, now: 0, secrets: [])), elapsed: .zero, jitter: 1)
    #expect(action == .sendAgain(after: .seconds(pause), why: "too many requests (429)"))
  }

  @Test func aWishBeyondTheDeadlineIsNotWaitedFor() {
    var answer = ProviderAnswer(status: 429)
    answer.fields = [("Retry-After", "61")]
    var machine = SendingMachine(limit: .seconds(60))
    let action = machine.next(
      after: .answered(AnswerReading(answer, now: 0, secrets: [])), elapsed: .zero, jitter: 1)
    guard case .end(.notSent(_, let error)) = action else {
      Issue.record("\(action)")
      return
    }
    #expect(error?.rateLimit.retryAfter == .seconds(61))
  }
}
