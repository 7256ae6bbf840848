import AssetOpening
import AssetSource
import JudgingKit
import Locations
import Synchronization
import Testing
import WanCheck

/// Opens fake assets, and reports those in `unchanged` as unchanged.
private final class RecheckOpener: AssetOpener {
  let opened = Mutex<[String]>([])
  let asked = Mutex<[String]>([])
  private let assets: Mutex<[String: FakeAsset]>
  private let unchanged: Set<String>

  init(_ assets: [String: FakeAsset], unchanged: Set<String>) {
    self.assets = Mutex(assets)
    self.unchanged = unchanged
  }

  func replace(_ url: String, with asset: FakeAsset) { assets.withLock { $0[url] = asset } }

  func open(_ location: AssetLocation, _ request: OpenRequest) async throws(AssetError) -> OpenedAsset {
    opened.withLock { $0.append(location.text) }
    return try await FakeOpener(assets.withLock { $0 }).open(location, request)
  }

  func isUnchanged(_ location: AssetLocation, entityTag: String, timeLimit: Duration?) async -> Bool {
    asked.withLock { $0.append("\(location.text) \(entityTag)") }
    return unchanged.contains(location.text)
  }
}

struct RecheckTests {
  private static let job = String.body([.startImage, .endImage])

  private static func preflight(_ opener: RecheckOpener, now: @escaping @Sendable () -> Double) -> Preflight {
    Preflight(
      prober: FakeProber(), configuration: Preflight.Configuration(now: now), opener: opener,
      memo: ExaminationMemo())
  }

  private static func validated(_ preflight: Preflight) async throws -> ValidatedJob {
    guard case .submittable(let job, _) = try await preflight.check(.reading(job, file: "job.json")) else {
      throw NotValid()
    }
    return job
  }

  private struct NotValid: Error {}

  @Test func whatEveryServerCallsUnchangedIsNotFetchedAgain() async throws {
    let clock = Mutex(1_795_392_000.0)
    let opener = RecheckOpener(Named.clean, unchanged: [Named.start, Named.end])
    let preflight = Self.preflight(opener) { clock.withLock { $0 } }
    let job = try await Self.validated(preflight)
    clock.withLock { $0 += 700 }
    guard case .unchanged(let again) = try await preflight.recheck(job) else { throw NotUnchanged() }
    #expect(again.assets.map(\.checkedAt) == [1_795_392_700, 1_795_392_700])
    #expect(again.assets.map(\.sha256) == job.assets.map(\.sha256))
    #expect(again.body == job.body)
    #expect(opener.opened.withLock { $0.count } == 2)
    #expect(opener.asked.withLock { Set($0) } == ["\(Named.start) \"e1\"", "\(Named.end) \"e1\""])
  }

  private struct NotUnchanged: Error {}

  @Test func oneThatMayHaveChangedIsEnoughToCheckAgain() async throws {
    let opener = RecheckOpener(Named.clean, unchanged: [Named.start])
    let preflight = Self.preflight(opener) { 1_795_392_000 }
    let job = try await Self.validated(preflight)
    opener.replace(Named.end, with: FakeAsset(.image(200, 150)))
    // The memo remembers the clean image, and must not be asked.
    guard case .checkedAgain(.notSubmittable(let result)) = try await preflight.recheck(job) else {
      throw NotChecked()
    }
    #expect(result.rules.contains("image-dimensions"))
    #expect(opener.opened.withLock { $0.count } == 4)
  }

  private struct NotChecked: Error {}

  @Test func withoutAnEntityTagEverythingIsCheckedAgain() async throws {
    let untagged = FakeAsset(.image()).with { $0.deliver = { $0.etag = nil } }
    let opener = RecheckOpener(
      [Named.start: untagged, Named.end: untagged], unchanged: [Named.start, Named.end])
    let preflight = Self.preflight(opener) { 1_795_392_000 }
    let job = try await Self.validated(preflight)
    guard case .checkedAgain(.submittable) = try await preflight.recheck(job) else { throw NotChecked() }
    #expect(opener.asked.withLock { $0.isEmpty })
    #expect(opener.opened.withLock { $0.count } == 4)
  }

  @Test func whoIsCancelledLearnsNothing() async throws {
    let opener = RecheckOpener(Named.clean, unchanged: [Named.start, Named.end])
    let preflight = Self.preflight(opener) { 1_795_392_000 }
    let job = try await Self.validated(preflight)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await preflight.recheck(job)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
