import JudgingKit
import Synchronization
import Testing
import WanCheck

@testable import WanSubmit

struct FreshnessTests {
  /// Looks again at jobs, and remembers how often.
  private final class Rechecker: JobRechecking {
    private let looks = Mutex(0)
    private let outcome: @Sendable (ValidatedJob) async throws -> RecheckOutcome

    init(_ outcome: @escaping @Sendable (ValidatedJob) async throws -> RecheckOutcome) {
      self.outcome = outcome
    }

    var count: Int { looks.withLock { $0 } }

    func recheck(_ job: ValidatedJob) async throws(CancellationError) -> RecheckOutcome {
      looks.withLock { $0 += 1 }
      do { return try await outcome(job) } catch { throw CancellationError() }
    }
  }

  @Test(arguments: [0.0, 1, 599, 600])
  func aYoungCheckCounts(_ age: Double) async throws {
    let provider = ScriptedProvider()
    let client = try WanClient.scripted(provider, now: { Proved.time + age })
    #expect(await client.send(try await Proved.job(seed: 1)).state == .submitted)
  }

  @Test(arguments: [600.5, 3600, -1, -100_000])
  func anOldCheckDoesNotAndNeitherDoesOneFromTheFuture(_ age: Double) async throws {
    let provider = ScriptedProvider()
    let client = try WanClient.scripted(provider, now: { Proved.time + age })
    let submission = await client.send(try await Proved.job(seed: 1))
    #expect(submission.state == .notSent)
    #expect(provider.requests.isEmpty)
  }

  @Test func whatIsUnchangedIsSent() async throws {
    let provider = ScriptedProvider()
    let rechecker = Rechecker { .unchanged($0) }
    let client = try WanClient.scripted(provider, recheck: rechecker, now: { Proved.time + 700 })
    #expect(await client.send(try await Proved.job(seed: 1)).state == .submitted)
    #expect(rechecker.count == 1)
  }

  @Test func whatChangedAndIsValidIsAnotherJob() async throws {
    let provider = ScriptedProvider()
    let text = #"{"start_image_url": "\#(Named.start)"}"#
    let changed = Checking([
      Named.start: FakeAsset(.image()).with { $0.sha256 = String(repeating: "cd", count: 32) }
    ])
    let rechecker = Rechecker { _ in .checkedAgain(try await changed.outcome(text)) }
    let ledger = try Ledger.inMemory()
    let job = try await Proved.job(text)
    let first = await (try WanClient.scripted(provider, ledger: ledger)).send(job)
    let client = try WanClient.scripted(
      provider, ledger: ledger, recheck: rechecker, now: { Proved.time + 700 })
    let second = await client.send(job)
    #expect(second.state == .submitted)
    #expect(second.fingerprint != first.fingerprint)
  }

  @Test func whatGrewOldBetweenTwoTriesIsLookedAtAgain() async throws {
    let clock = SettableClock(Proved.time)
    let provider = ScriptedProvider([.answer(429, "", [("Retry-After", "0")])]) { _ in clock.now += 700 }
    let small = Checking([Named.start: FakeAsset(.image(200, 150))])
    let rechecker = Rechecker { _ in
      .checkedAgain(try await small.outcome(#"{"start_image_url": "\#(Named.start)"}"#))
    }
    let client = try WanClient.scripted(provider, recheck: rechecker, now: { clock.now })
    let submission = await client.send(try await Proved.job(seed: 1))
    #expect(submission.state == .notSent)
    #expect(submission.message?.contains("image-dimensions") == true)
    #expect(provider.requests.count == 1)
  }

  @Test func whatChangedAndIsInvalidIsNotSent() async throws {
    let provider = ScriptedProvider()
    let small = Checking([Named.start: FakeAsset(.image(200, 150))])
    let rechecker = Rechecker { _ in
      .checkedAgain(try await small.outcome(#"{"start_image_url": "\#(Named.start)"}"#))
    }
    let client = try WanClient.scripted(provider, recheck: rechecker, now: { Proved.time + 700 })
    let submission = await client.send(try await Proved.job(seed: 1))
    #expect(submission.state == .notSent)
    #expect(submission.message?.contains("image-dimensions") == true)
    #expect(provider.requests.isEmpty)
  }
}
