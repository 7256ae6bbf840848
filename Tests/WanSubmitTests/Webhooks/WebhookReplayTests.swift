import Testing
import WanSubmit

struct WebhookReplayTests {
  private struct Broken: WebhookReplayGuard {
    struct Failure: Error {}
    func admit(_ id: String, timestamp: Int64, now: Double) throws -> Bool { throw Failure() }
  }

  private let webhook = CapturedWebhook()
  private let time = Double(CapturedWebhook.time)
  private let verifier = WebhookVerifier(secrets: [CapturedWebhook.secret].compactMap { WebhookSecret($0) })

  private func code(
    _ webhook: CapturedWebhook, at now: Double, signature: String? = nil, _ replays: any WebhookReplayGuard
  ) async throws -> WebhookProblem.Code? {
    let headers = webhook.headers(signature: signature)
    return try await verifier.verify(headers, body: webhook.body, now: now, replays: replays).problem?.code
  }

  @Test func theSameWebhookIsAcceptedOnce() async throws {
    let replays = InMemoryReplayGuard()
    #expect(try await code(webhook, at: time, replays) == nil)
    #expect(try await code(webhook, at: time, replays) == .replayed)
    #expect(try await code(webhook, at: time + 300, replays) == .replayed)
    #expect(try await code(webhook, at: time + 301, replays) == .tooOld)
    #expect(try await code(webhook.with { $0.id = "another" }, at: time, replays) == nil)
  }

  @Test func sentAgainWithANewTimeItIsStillTheSame() async throws {
    let replays = InMemoryReplayGuard()
    #expect(try await code(webhook, at: time, replays) == nil)
    let again = webhook.with { $0.timestamp = "1700000200" }
    #expect(try await code(again, at: time + 200, replays) == .replayed)
    // It would otherwise be forgotten with the first one, while the second is still accepted.
    #expect(try await code(again, at: time + 450, replays) == .replayed)
  }

  @Test func aForgeryTakesNoPlace() async throws {
    let replays = InMemoryReplayGuard()
    #expect(
      try await code(webhook, at: time, signature: webhook.signature("another"), replays) == .wrongSignature)
    #expect(await replays.count == 0)
    #expect(try await code(webhook, at: time, replays) == nil)
  }

  @Test func whatCannotBeRememberedIsNotAccepted() async {
    await #expect(throws: Broken.Failure.self) { try await code(webhook, at: time, Broken()) }
  }

  @Test func ofManyAtOnceOneIsFirst() async throws {
    let replays = InMemoryReplayGuard()
    let admitted = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<100 { group.addTask { await replays.admit("a", timestamp: 0, now: 0) } }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(admitted == 1)
  }

  @Test func memoryIsBounded() async {
    let replays = InMemoryReplayGuard(capacity: 16)
    for number in 0..<100 {
      #expect(await replays.admit("\(number)", timestamp: Int64(number), now: 100))
    }
    #expect(await replays.count <= 16)
    #expect(await !replays.admit("99", timestamp: 99, now: 100))
    #expect(await replays.admit("0", timestamp: 0, now: 100))
  }

  @Test func whatTheWindowHasPassedMakesRoomFirst() async {
    let replays = InMemoryReplayGuard(window: .seconds(10), capacity: 2)
    #expect(await replays.admit("old", timestamp: 0, now: 0))
    #expect(await replays.admit("young", timestamp: 20, now: 20))
    #expect(await replays.admit("new", timestamp: 21, now: 21))
    #expect(await !replays.admit("young", timestamp: 20, now: 21))
    #expect(await replays.count == 2)
  }
}
