import AssetOpening
import AssetSource
import JudgingKit
import Locations
import MediaFacts
import Synchronization
import Testing
import WanCheck

@Suite(.timeLimit(.minutes(1))) struct ExaminationMemoTests {
  private func preflight(_ opener: GatedOpener, _ memo: ExaminationMemo?) -> Preflight {
    Preflight(
      prober: FakeProber(), configuration: Preflight.Configuration(now: { 1_795_392_000 }), opener: opener,
      memo: memo)
  }

  @Test func aURLInManyJobsIsExaminedOnce() async throws {
    let opener = GatedOpener()
    let preflight = preflight(opener, ExaminationMemo())
    for _ in 0..<3 {
      let result = try await preflight.check(.reading(.body([.startImage]))).result
      #expect(result.submittable)
      #expect(result.assets.first?.delivery?.requests == 1)
    }
    let asEnd = #"{"start_image_url": "\#(Named.end)", "end_image_url": "\#(Named.start)"}"#
    #expect(try await preflight.check(.reading(asEnd)).result.verdict == .valid)
    #expect(opener.opened == [Named.start, Named.end])
  }

  @Test func withoutAMemoEveryCheckLooksAnew() async throws {
    let opener = GatedOpener()
    let preflight = preflight(opener, nil)
    for _ in 0..<3 { _ = try await preflight.check(AssetReference(Named.start)) }
    #expect(opener.opened.count == 3)
  }

  @Test func anotherExpectationIsAnotherExamination() async throws {
    let opener = GatedOpener()
    let preflight = preflight(opener, ExaminationMemo())
    for role in [Role.startImage, .endImage, .audio, nil, .audio, nil] {
      _ = try await preflight.check(AssetReference(Named.start, role: role))
    }
    #expect(opener.opened.count == 3, "an image, audio, and whatever it is")
    _ = try await preflight.check(AssetReference(Named.start + "?v=2"))
    #expect(opener.opened.count == 4)
  }

  @Test func filesAreLookedAtEveryTime() async throws {
    let opener = GatedOpener()
    let preflight = preflight(opener, ExaminationMemo())
    for _ in 0..<2 { _ = try await preflight.check(AssetReference("a.png")) }
    #expect(opener.opened.count == 2)
  }

  @Test func failuresAreRemembered() async throws {
    let opener = GatedOpener([Named.start: .closed(.unreachable, "the server is busy")])
    let preflight = preflight(opener, ExaminationMemo())
    for _ in 0..<2 {
      let result = try await preflight.check(AssetReference(Named.start))
      #expect(result.verdict == .inconclusive)
      #expect(result.rules == ["asset-unreachable"])
    }
    #expect(opener.opened.count == 1)
  }

  @Test func whatWasNotAskedForLongestIsForgotten() async throws {
    let opener = GatedOpener()
    let preflight = preflight(opener, ExaminationMemo(capacity: 2))
    for url in [Named.start, Named.end, Named.start, Named.audio, Named.start, Named.end] {
      _ = try await preflight.check(AssetReference(url))
    }
    #expect(opener.opened == [Named.start, Named.end, Named.audio, Named.end])
  }

  @Test func thoseWhoAskMeanwhileWaitForTheSameExamination() async throws {
    let opener = GatedOpener(isOpen: false)
    let preflight = preflight(opener, ExaminationMemo())
    let results = try await withThrowingTaskGroup(of: CheckResult.self) { group in
      for _ in 0..<20 { group.addTask { try await preflight.check(AssetReference(Named.start)) } }
      try await opener.waitUntilAsked()
      opener.letPass()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.allSatisfy { $0.verdict == .valid })
    #expect(opener.opened.count == 1)
  }

  @Test func whoIsCancelledDoesNotSpoilItForOthers() async throws {
    let opener = GatedOpener(isOpen: false)
    let preflight = preflight(opener, ExaminationMemo())
    let first = Task { try await preflight.check(AssetReference(Named.start)) }
    try await opener.waitUntilAsked()
    let second = Task { try await preflight.check(AssetReference(Named.start)) }
    // The gate is shut, so it can only end by leaving.
    first.cancel()
    await #expect(throws: CancellationError.self) { try await first.value }
    opener.letPass()
    #expect(try await second.value.verdict == .valid)
  }

  @Test func anExaminationThatNobodyWaitsForIsCancelledAndNotKept() async throws {
    let opener = GatedOpener(isOpen: false)
    let preflight = preflight(opener, ExaminationMemo())
    let tasks = (0..<3).map { _ in Task { try await preflight.check(AssetReference(Named.start)) } }
    try await opener.waitUntilAsked()
    for task in tasks { task.cancel() }
    for task in tasks { await #expect(throws: CancellationError.self) { try await task.value } }
    #expect(opener.cancelled > 0)
    opener.letPass()
    #expect(try await preflight.check(AssetReference(Named.start)).verdict == .valid)
  }

  @Test func whoIsCancelledBeforeAskingOpensNothing() async throws {
    let opener = GatedOpener()
    let preflight = preflight(opener, ExaminationMemo())
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await preflight.check(AssetReference(Named.start))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(opener.opened.isEmpty)
  }

  @Test func askersThatComeAndGoAllGetAnAnswer() async throws {
    let opener = GatedOpener()
    let preflight = preflight(opener, ExaminationMemo(capacity: 2))
    let urls = [Named.start, Named.end, Named.audio, Named.video]
    await withTaskGroup(of: Void.self) { group in
      for index in 0..<400 {
        group.addTask {
          let task = Task { try await preflight.check(AssetReference(urls[index % urls.count])) }
          if index % 3 == 0 { task.cancel() }
          switch await task.result {
          case .success(let result): #expect(result.verdict == .valid)
          case .failure(let error): #expect(error is CancellationError && index % 3 == 0)
          }
        }
      }
    }
  }
}

/// Opens fake assets, counts its callers, and blocks them until its gate is open.
private final class GatedOpener: AssetOpener {
  private struct State {
    var opened: [String] = []
    var cancelled = 0
    var isOpen: Bool
  }

  private let assets: FakeOpener
  private let state: Mutex<State>

  init(_ assets: [String: FakeAsset] = [:], isOpen: Bool = true) {
    self.assets = FakeOpener(
      Named.clean.merging(["a.png": FakeAsset(.image())]) { $1 }.merging(assets) { $1 })
    state = Mutex(State(isOpen: isOpen))
  }

  var opened: [String] { state.withLock { $0.opened } }
  var cancelled: Int { state.withLock { $0.cancelled } }

  func letPass() { state.withLock { $0.isOpen = true } }

  func waitUntilAsked() async throws {
    while opened.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
  }

  func open(_ location: AssetLocation, _ request: OpenRequest) async throws(AssetError) -> OpenedAsset {
    state.withLock { $0.opened.append(location.text) }
    while !state.withLock({ $0.isOpen }) {
      do {
        try await Task.sleep(for: .milliseconds(1))
      } catch {
        state.withLock { $0.cancelled += 1 }
        throw AssetError(.cancelled, message: "the check was cancelled")
      }
    }
    return try await assets.open(location, request)
  }
}
