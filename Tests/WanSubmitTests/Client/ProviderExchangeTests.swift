import JudgingKit
import ProviderKit
import Testing
import WanCheck

@testable import WanSubmit

/// The client and a provider that speak HTTP with one another.
struct ProviderExchangeTests {
  private static func client(
    _ base: String, _ change: (inout ProviderConfiguration) -> Void = { _ in }
  ) throws -> WanClient {
    var configuration = ProviderConfiguration(
      key: try #require(APIKey("test-key")), base: try #require(ProviderBase(base)))
    configuration.sendingLimit = .seconds(120)
    change(&configuration)
    return WanClient(configuration, ledger: try .inMemory(), recheck: Unchanged(), environment: [:])
  }

  /// Assets in memory do not change.
  private struct Unchanged: JobRechecking {
    func recheck(_ job: ValidatedJob) async throws(CancellationError) -> RecheckOutcome { .unchanged(job) }
  }

  @Test func aRequestIsWhatTheAPIPageShows() async throws {
    try await withProvider { provider in
      let job = try await Proved.job(#"{"start_image_url": "\#(Named.start)", "prompt": "ä"}"#)
      let task = try await Self.client(provider.baseURL).submit(job)
      let call = try #require(provider.calls.first)
      #expect(call.method == "POST")
      #expect(call.path == "/v1/ai/image-to-video/wan-2-7")
      #expect(call["Content-Type"] == "application/json")
      #expect(call["x-freepik-api-key"] == "test-key")
      #expect(String(decoding: call.body, as: UTF8.self) == job.body)
      #expect(call["Cookie"] == nil && call["Authorization"] == nil)
      #expect(provider.accepted.first?.taskID == task.id)
    }
  }

  @Test func anotherBrandIsConfiguration() async throws {
    try await withProvider(.init(keyHeader: "x-magnific-api-key")) { provider in
      let client = try Self.client(provider.baseURL + "/") { $0.keyHeader = "x-magnific-api-key" }
      let submission = await client.send(try await Proved.job(seed: 1))
      #expect(submission.state == .submitted)
    }
  }

  @Test func aTaskIsFollowedToItsResults() async throws {
    try await withProvider(.init(pollsUntilDone: 2, generatesObjects: true)) { provider in
      let client = try Self.client(provider.baseURL)
      let task = try await client.submit(try await Proved.job(seed: 1))
      var options = FollowingOptions()
      options.firstPause = .milliseconds(10)
      options.longestPause = .milliseconds(20)
      var statuses: [TaskStatus] = []
      for try await update in client.wait(for: task.id, options) { statuses.append(update.status) }
      #expect(statuses.last == .completed)
      #expect(statuses.first != .completed)
      #expect(try await client.results(of: task.id).count == 1)
      #expect(try await client.tasks().map(\.id) == [task.id])
    }
  }

  @Test func resultsOfWhatMadeNoneAreAnError() async throws {
    try await withProvider { provider in
      provider.setTaskStatus("failed", "FAILED")
      provider.setTaskStatus("empty", "COMPLETED", generated: [])
      let client = try Self.client(provider.baseURL)
      for id in ["failed", "empty", "unknown", "../other", ""] {
        let error = await #expect(throws: ClientError.self) { try await client.results(of: id) }
        #expect(error?.code == .refused, "\(id)")
      }
      #expect(provider.calls.allSatisfy { !$0.path.contains("/../") && !$0.path.hasSuffix("/..") })
    }
  }

  @Test(arguments: [
    (Fault.unauthorized, ClientError.Code.refused), (.notFound, .refused), (.tooManyRequests(), .unavailable),
    (.internalServerError, .unavailable), (.nonJSON, .unreadable), (.withoutTaskID, .unreadable),
    (.endless, .unreachable), (.resetInAnswer, .unreachable), (.redirect(302, to: "/elsewhere"), .refused),
  ])
  func whatGoesWrongIsToldApart(_ fault: Fault, _ code: ClientError.Code) async throws {
    try await withProvider(.init(plan: { _ in fault })) { provider in
      provider.setTaskStatus("task-1", "CREATED")
      let client = try Self.client(provider.baseURL)
      let error = await #expect(throws: ClientError.self) { try await client.task(id: "task-1") }
      #expect(error?.code == code)
      #expect(provider.calls.count == 1)
    }
  }

  @Test func anAnswerThatDoesNotComeIsUnknown() async throws {
    try await withProvider(.init(plan: { _ in .takingThen(.hang) })) { provider in
      let client = try Self.client(provider.baseURL) {
        $0.answerLimit = .milliseconds(200)
        $0.connectLimit = .milliseconds(800)
      }
      let submission = await client.send(try await Proved.job(seed: 1))
      #expect(submission.state == .unknown)
      #expect(provider.accepted.count == 1)
    }
  }

  @Test func aBatchIsSentInOrderAndStopsWhereItMust() async throws {
    let plan: @Sendable (PlannedCall) -> Fault? = { $0.number == 2 ? .paymentRequired : nil }
    try await withProvider(.init(plan: plan)) { provider in
      let client = try Self.client(provider.baseURL) { $0.concurrency = 1 }
      var jobs: [ValidatedJob] = []
      for seed in 0..<6 { jobs.append(try await Proved.job(seed: seed)) }
      var states: [Int: SubmissionState] = [:]
      await SubmissionBatch(client).send(jobs) { states[$0] = $1.state }
      #expect(
        (0..<6).map { states[$0] } == [.submitted, .submitted, .refused, .notSent, .notSent, .notSent])
      #expect(provider.calls.count == 3)
    }
  }

  @Test func usedUpWindowsAreWaitedForByAll() async throws {
    let headers: @Sendable (PlannedCall) -> [(String, String)] = { call in
      ProviderSimulator.Options.rateLimit(
        limit: 2, remaining: call.number.isMultiple(of: 2) ? 1 : 0, reset: 1)
    }
    try await withProvider(.init(headers: headers)) { provider in
      let client = try Self.client(provider.baseURL) { $0.concurrency = 1 }
      for seed in 0..<3 {
        #expect(await client.send(try await Proved.job(seed: seed)).state == .submitted)
      }
      #expect(client.pace.pause == .zero)
      #expect(provider.accepted.count == 3)
    }
  }
}
