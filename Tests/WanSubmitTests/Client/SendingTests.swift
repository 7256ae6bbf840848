import JudgingKit
import Synchronization
import Testing
import WanCheck

@testable import WanSubmit

struct SendingTests {
  @Test func theBodyIsSentAsItWasParsed() async throws {
    let provider = ScriptedProvider()
    let client = try WanClient.scripted(provider)
    let text = #"{"seed": 5.0, "start_image_url": "\#(Named.start)", "prompt": "a \u00e9 b"}"#
    let submission = await client.send(try await Proved.job(text))
    #expect(submission.state == .submitted)
    #expect(submission.taskID == "task-1")
    let request = try #require(provider.requests.first)
    #expect(request.method == .post)
    #expect(request.path == "/v1/ai/image-to-video/wan-2-7")
    #expect(request.body == #"{"seed":5.0,"start_image_url":"\#(Named.start)","prompt":"a é b"}"#)
  }

  @Test func aJobIsSentOnce() async throws {
    let provider = ScriptedProvider()
    let ledger = try Ledger.inMemory()
    let job = try await Proved.job(seed: 1)
    let first = await (try WanClient.scripted(provider, ledger: ledger)).send(job)
    let second = await (try WanClient.scripted(provider, ledger: ledger)).send(job)
    #expect(first.state == .submitted)
    #expect(second.state == .alreadySubmitted)
    #expect(second.taskID == first.taskID)
    #expect(second.fingerprint == first.fingerprint)
    #expect(provider.requests.count == 1)
  }

  @Test func onlyForceSendsAgain() async throws {
    let provider = ScriptedProvider()
    let client = try WanClient.scripted(provider)
    let job = try await Proved.job(seed: 1)
    _ = await client.send(job)
    let again = await client.send(job, force: true)
    #expect(again.state == .submitted)
    #expect(again.taskID == "task-2")
    #expect(provider.requests.count == 2)
  }

  @Test func forceDoesNotSendOneJobOfABatchTwice() async throws {
    let provider = ScriptedProvider()
    let client = try WanClient.scripted(provider)
    let job = try await Proved.job(seed: 1)
    _ = await client.send(job)
    var states: [SubmissionState] = []
    await SubmissionBatch(client, force: true).send([job, job, job]) { states.append($1.state) }
    #expect(states.filter { $0 == .submitted }.count == 1)
    #expect(states.filter { $0 == .alreadySubmitted }.count == 2)
    #expect(provider.requests.count == 2)
  }

  @Test func aSignatureThatAServerRepeatsIsNotShown() async throws {
    let link = "https://cdn.example.net/start.png?X-Signature=0123456789abcdef&e=1"
    let words =
      "cannot get cdn.example.net/start.png?X-Signature=0123456789abcdef&e=1, signature 0123456789abcdef"
    let provider = ScriptedProvider([.answer(400, #"{"message": "\#(words)"}"#)])
    let ledger = try Ledger.inMemory()
    let client = try WanClient.scripted(provider, ledger: ledger)
    let checking = Checking([link: FakeAsset(.image())])
    let submission = await client.send(try await Proved.job(#"{"start_image_url": "\#(link)"}"#, checking))
    #expect(submission.state == .refused)
    #expect(submission.error?.message == "cannot get cdn.example.net/start.png?…, signature …")
    #expect(try await ledger.rows().first?.message?.contains("0123456789abcdef") == false)
  }

  @Test func manyCallersOfOneJobSendItOnce() async throws {
    let provider = ScriptedProvider { _ in try? await Task.sleep(for: .milliseconds(50)) }
    let client = try WanClient.scripted(provider)
    let job = try await Proved.job(seed: 1)
    let states = await withTaskGroup(of: SubmissionState.self) { group in
      for _ in 0..<20 { group.addTask { await client.send(job).state } }
      return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    #expect(states == [.submitted: 1, .alreadySubmitted: 19])
    #expect(provider.requests.count == 1)
  }

  @Test func noMoreAreSentAtATimeThanConfigured() async throws {
    let running = Mutex((now: 0, most: 0))
    let provider = ScriptedProvider { _ in
      running.withLock { state in
        state.now += 1
        state.most = max(state.most, state.now)
      }
      try? await Task.sleep(for: .milliseconds(20))
      running.withLock { $0.now -= 1 }
    }
    let client = try WanClient.scripted(provider)
    let jobs = try await withThrowingTaskGroup(of: ValidatedJob.self) { group in
      for seed in 0..<12 { group.addTask { try await Proved.job(seed: seed) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    await withTaskGroup(of: Void.self) { group in
      for job in jobs { group.addTask { _ = await client.send(job) } }
    }
    #expect(provider.requests.count == 12)
    #expect((1...3).contains(running.withLock { $0.most }))
  }

  /// Answers after which a job may have been taken, or was.
  @Test(
    arguments: [
      .lost("reset"), .answer(500), .answer(503, "", [("Retry-After", "1")]), .answer(408), .answer(200, ""),
      .answer(200, "<html>"), .answer(200, #"{"data": {}}"#), .answer(302, "", [("Location", "/elsewhere")]),
    ] as [Exchange])
  func whatMayHaveBeenTakenIsNeverSentAgain(_ exchange: Exchange) async throws {
    let provider = ScriptedProvider([exchange])
    let client = try WanClient.scripted(provider)
    let job = try await Proved.job(seed: 1)
    #expect(await client.send(job).state == .unknown)
    #expect(await client.send(job).state == .unknown)
    #expect(await client.send(job, force: true).state == .unknown)
    #expect(provider.requests.count == 1)
  }

  @Test func whatCertainlyWasNotTakenIsSentAgain() async throws {
    let provider = ScriptedProvider([.notEstablished("refused"), .answer(429, "", [("Retry-After", "0")])])
    let client = try WanClient.scripted(provider)
    let submission = await client.send(try await Proved.job(seed: 1))
    #expect(submission.state == .submitted)
    #expect(provider.requests.count == 3)
  }

  @Test func whileItWaitsTheLedgerDoesNotSaySending() async throws {
    let ledger = try Ledger.inMemory()
    let provider = ScriptedProvider([.answer(429, "", [("Retry-After", "600")])])
    let client = try WanClient.scripted(provider, ledger: ledger)
    let submission = await client.send(try await Proved.job(seed: 1))
    #expect(submission.state == .notSent)
    #expect(submission.error?.status == 429)
    #expect(try await ledger.rows(LedgerFilter()).map(\.state) == [.notSent])
  }

  @Test func aRefusedJobMayBeMendedAndSent() async throws {
    let body = #"{"message": "Validation error", "invalid_params": [{"name": "body.seed", "reason": "odd"}]}"#
    let provider = ScriptedProvider([.answer(400, body)])
    let client = try WanClient.scripted(provider)
    let refused = await client.send(try await Proved.job(seed: 1, id: "shot"))
    #expect(refused.state == .refused)
    let parameter = try #require(refused.error?.invalidParameters.first)
    #expect(parameter.pointer == "/seed")
    #expect(parameter.place == Place(file: "job.json", line: 1, column: 84))
    // The same id with another content is fine, since nothing was taken under it.
    #expect(await client.send(try await Proved.job(seed: 2, id: "shot")).state == .submitted)
  }

  @Test func anIdBelongsToOneJob() async throws {
    let provider = ScriptedProvider()
    let client = try WanClient.scripted(provider)
    #expect(await client.send(try await Proved.job(seed: 1, id: "shot")).state == .submitted)
    let conflict = await client.send(try await Proved.job(seed: 2, id: "shot"))
    #expect(conflict.state == .refused)
    #expect(conflict.message?.contains("shot") == true)
    #expect(await client.send(try await Proved.job(seed: 2, id: "shot"), force: true).state == .refused)
    #expect(await client.send(try await Proved.job(seed: 1, id: "other")).state == .submitted)
    #expect(provider.requests.count == 2)
  }

  @Test func theLedgerIsWrittenBeforeTheRequestLeaves() async throws {
    let ledger = try Ledger.inMemory()
    let states = Mutex<[String]>([])
    let provider = ScriptedProvider { _ in
      let rows = (try? await ledger.rows(LedgerFilter())) ?? []
      states.withLock { $0 = rows.map(\.state.rawValue) }
    }
    let client = try WanClient.scripted(provider, ledger: ledger)
    _ = await client.send(try await Proved.job(seed: 1))
    #expect(states.withLock { $0 } == ["sending"])
  }

  @Test func aCancelledCallSendsNothingNew() async throws {
    let provider = ScriptedProvider()
    let client = try WanClient.scripted(provider)
    let job = try await Proved.job(seed: 1)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await client.send(job)
    }
    #expect(await task.value.state == .notSent)
    #expect(provider.requests.isEmpty)
  }

  @Test func anAnswerThatIsOnItsWayIsWaitedForWhateverIsCancelled() async throws {
    let (started, begin) = AsyncStream<Void>.makeStream()
    let provider = ScriptedProvider { _ in
      begin.yield()
      try? await Task.sleep(for: .milliseconds(100))
    }
    let client = try WanClient.scripted(provider)
    let job = try await Proved.job(seed: 1)
    let task = Task { await client.send(job) }
    for await _ in started { break }
    task.cancel()
    #expect(await task.value.state == .submitted)
  }

  @Test func contractsSubmitReturnsATaskOrThrows() async throws {
    let provider = ScriptedProvider([.accepting("t-1"), .answer(500)])
    let client = try WanClient.scripted(provider)
    #expect(try await client.submit(try await Proved.job(seed: 1)).id == "t-1")
    #expect(try await client.submit(try await Proved.job(seed: 1)).id == "t-1")
    let error = await #expect(throws: SubmissionError.self) {
      try await client.submit(try await Proved.job(seed: 2))
    }
    #expect(error?.submission.state == .unknown)
  }
}
