import AssetOpening
import AssetSource
import Dispatch
import Locations
import MediaFacts
import Synchronization
import WanCheck

/// The rules, on facts of hostile bytes: no number that a file states may trap in a rule.
enum Judging {
  /// Judges `facts` as those of an asset with `bytes`.
  static func check(_ facts: MediaFacts, _ bytes: [UInt8]) throws(BrokenPromise) {
    let preflight = Preflight(prober: Measured(facts: facts), opener: InMemory(bytes: bytes))
    let result = waiting { try await preflight.check(AssetReference("https://media.test/asset")) }
    guard let result else { throw BrokenPromise("judging was cancelled") }
    for finding in result.findings {
      try demand(finding.message.isFitToShow, "a message that cannot be shown: \(finding.message)")
    }
    let broken: Set<Defect.Kind> = [.truncated, .corrupt, .limit, .undecodable]
    let isBroken = facts.defects.contains { broken.contains($0.kind) }
    try demand(!isBroken || result.verdict != .valid, "valid, with \(facts.defects)")
    let isMeasured = facts.image != nil || facts.audio != nil || facts.video != nil
    try demand(isMeasured || result.verdict != .valid, "valid, and nothing was measured")
  }

  /// Judges a job whose assets cannot be opened.
  static func check(_ job: Job) throws(BrokenPromise) {
    let preflight = Preflight(prober: Measured(facts: MediaFacts()), opener: InMemory(bytes: nil))
    guard let outcome = waiting({ try await preflight.check(job) }) else {
      throw BrokenPromise("judging was cancelled")
    }
    if case .submittable = outcome { throw BrokenPromise("submittable, and no asset was read") }
    for finding in outcome.result.findings {
      try demand(finding.message.isFitToShow, "a message that cannot be shown: \(finding.message)")
    }
    if !job.problems.isEmpty {
      try demand(outcome.result.verdict != .valid, "valid, with \(job.problems)")
    }
  }

  /// The result of `work`, for a caller that is not a task; `nil` if it throws.
  private static func waiting<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) -> Value?
  {
    let done = DispatchSemaphore(value: 0)
    let value = Mutex<Value?>(nil)
    let keeping = Kept(value)
    Task {
      let answer = try? await work()
      keeping.value.withLock { $0 = answer }
      done.signal()
    }
    done.wait()
    return keeping.value.withLock { $0 }
  }
}

/// A value on its way out of a task.
private final class Kept<Value: Sendable>: Sendable {
  let value: Mutex<Value?>

  init(_ value: consuming Mutex<Value?>) { self.value = value }
}

/// A prober that knows the answer.
private struct Measured: Prober {
  let facts: MediaFacts

  func probe(_ source: any ByteSource, _ request: ProbeRequest) async throws(ProbeError) -> MediaFacts {
    facts
  }
}

/// An opener of bytes in memory, or of nothing.
private struct InMemory: AssetOpener {
  let bytes: [UInt8]?

  func open(_ location: AssetLocation, _ request: OpenRequest) async throws(AssetError) -> OpenedAsset {
    guard let bytes else { throw AssetError(.missing, message: "there is no such file") }
    return OpenedAsset(source: CountedBytes(bytes[...])) {
      AssetConclusion(sha256: String(repeating: "0", count: 64), arrived: Int64(bytes.count))
    }
  }
}
