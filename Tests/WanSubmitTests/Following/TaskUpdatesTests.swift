import Testing

@testable import WanSubmit

/// What the provider answers, and what following it shows.
struct FollowingCase: Sendable, CustomTestStringConvertible {
  var name: String
  var answers: [Result<WanTask, ClientError>]
  var statuses: [String]
  var kind: TaskEnding.Kind
  var code: ClientError.Code?
  var patience = Duration.seconds(900)
  /// Questions, where their number matters.
  var questions: Int?

  var testDescription: String { name }
}

@Suite struct TaskUpdatesTests {
  @Test(arguments: [
    FollowingCase(
      name: "each change once", answers: [.created, .created, .inProgress, .inProgress, .completed],
      statuses: ["CREATED", "IN_PROGRESS", "COMPLETED"], kind: .completed, questions: 5),
    FollowingCase(
      name: "ended before it is followed", answers: [.completed], statuses: ["COMPLETED"], kind: .completed,
      questions: 1),
    FollowingCase(
      name: "failed", answers: [.inProgress, .status("FAILED")], statuses: ["IN_PROGRESS", "FAILED"],
      kind: .failed, questions: 2),
    FollowingCase(
      name: "completed with nothing", answers: [.status("COMPLETED")], statuses: ["COMPLETED"],
      kind: .completedWithNothing),
    FollowingCase(
      name: "an unknown status is followed on",
      answers: [.status("QUEUED"), .status("MODERATED"), .completed],
      statuses: ["QUEUED", "MODERATED", "COMPLETED"], kind: .completed),
    FollowingCase(
      name: "the time is up", answers: [.created, .inProgress], statuses: ["CREATED", "IN_PROGRESS"],
      kind: .pending, patience: .seconds(60)),
    FollowingCase(
      name: "no time at all", answers: [.created], statuses: ["CREATED"], kind: .pending, patience: .zero,
      questions: 1),
    FollowingCase(
      name: "it ends in the last moment", answers: [.created, .created, .completed],
      statuses: ["CREATED", "COMPLETED"], kind: .completed, patience: .seconds(3), questions: 3),
    FollowingCase(
      name: "failures that pass",
      answers: [
        .unreachable, .created, .answer(.unavailable, 503),
        .answer(.unavailable, 429, retryAfter: .seconds(80)),
        .completed,
      ], statuses: ["CREATED", "COMPLETED"], kind: .completed),
    FollowingCase(
      name: "seen, then never again", answers: [.inProgress, .unreachable], statuses: ["IN_PROGRESS"],
      kind: .pending, patience: .seconds(100)),
    FollowingCase(
      name: "never seen", answers: [.unreachable], statuses: [], kind: .unreachable, code: .unreachable,
      patience: .seconds(100)),
    FollowingCase(
      name: "asked to wait longer than there is time",
      answers: [.answer(.unavailable, 429, retryAfter: .seconds(3600))],
      statuses: [], kind: .unreachable, code: .unavailable, questions: 1),
    FollowingCase(
      name: "not visible at once", answers: [.answer(.refused, 404), .answer(.refused, 404), .completed],
      statuses: ["COMPLETED"], kind: .completed, questions: 3),
    FollowingCase(
      name: "no such task", answers: [.answer(.refused, 404)], statuses: [], kind: .refused, code: .refused),
    FollowingCase(
      name: "a wrong key", answers: [.answer(.refused, 401)], statuses: [], kind: .refused, code: .refused,
      questions: 1),
    FollowingCase(
      name: "a wrong key, later", answers: [.created, .answer(.refused, 403)], statuses: ["CREATED"],
      kind: .refused, code: .refused, questions: 2),
    FollowingCase(
      name: "nonsense for ever", answers: [.failure(ClientError(.unreadable, message: "no JSON"))],
      statuses: [], kind: .unreachable, code: .unreadable, questions: 4),
  ])
  func following(_ example: FollowingCase) async {
    let scripted = Scripted(example.answers)
    var statuses: [String] = []
    let ending = await scripted.updates(example.patience).ending { statuses.append($0.status.rawValue) }
    #expect(statuses == example.statuses)
    #expect(ending.kind == example.kind)
    #expect(ending.error?.code == example.code)
    if let questions = example.questions { #expect(scripted.asked.count == questions) }
    #expect((scripted.asked.last ?? .zero) <= example.patience)
  }

  @Test func itIsASequenceThatEndsOnce() async throws {
    var iterator = Scripted([.created, .completed, .created]).updates().makeAsyncIterator()
    #expect(try await iterator.next()?.status == .created)
    #expect(try await iterator.next()?.status == .completed)
    #expect(try await iterator.next() == nil)
    #expect(try await iterator.next() == nil)
  }

  @Test func afterAFailureThereIsNoMore() async throws {
    let scripted = Scripted([.answer(.refused, 401), .created])
    var iterator = scripted.updates().makeAsyncIterator()
    await #expect(throws: ClientError.self) { _ = try await iterator.next() }
    #expect(try await iterator.next() == nil)
    #expect(scripted.asked.count == 1)
  }

  @Test func nothingIsAskedBeforeAnElementIsWaitedFor() async throws {
    let scripted = Scripted([.completed])
    let updates = scripted.updates()
    #expect(scripted.asked.isEmpty)
    for try await task in updates { #expect(task.id == "task-1") }
    #expect(scripted.asked == [.zero])
  }

  @Test func eachIterationAsksAnew() async {
    let scripted = Scripted([.created, .completed])
    let updates = scripted.updates()
    #expect(await updates.ending().kind == .completed)
    #expect(await updates.ending().kind == .completed)
    #expect(scripted.asked.count == 3)
  }

  @Test func theTimeThatQuestionsTakeCounts() async {
    let scripted = Scripted([.inProgress], latency: .seconds(30))
    #expect(await scripted.updates(.seconds(60)).ending().kind == .pending)
    #expect(scripted.asked == [.zero, .seconds(32)])
  }

  @Test func cancellingEndsTheWait() async {
    let asked = AsyncStream<Void>.makeStream()
    let pacing = Pacing {
      .zero
    } sleep: { _ in
      asked.continuation.yield()
      try await Task.sleep(for: .seconds(3600))
    } jitter: {
      0
    }
    let updates = TaskUpdates(of: "task-1", from: Scripted([.created]), pacing: pacing)
    let following = Task { await updates.ending() }
    for await _ in asked.stream { break }
    following.cancel()
    let ending = await following.value
    #expect(ending.error?.code == .cancelled)
    #expect(ending.task?.status == .created)
  }

  @Test func theRealClockGoesOn() async throws {
    let before = Pacing.real.now()
    try await Pacing.real.sleep(.milliseconds(1))
    #expect(Pacing.real.now() > before)
    #expect((0...1).contains(Pacing.real.jitter()))
  }
}
