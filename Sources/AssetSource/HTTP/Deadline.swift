package import AssetOpening
import NIOCore

/// Limits the time of work, whatever the work waits for.
package enum Deadline {
  /// The result of `work`, or a failure with the code `timedOut` when the time is up. `work` is then cancelled.
  package static func race<Value: Sendable>(
    until deadline: ContinuousClock.Instant,
    _ work: @escaping @Sendable () async throws(AssetError) -> Value
  ) async throws(AssetError) -> Value {
    let start = ContinuousClock.now
    let result = await withTaskGroup(of: Result<Value, AssetError>?.self) { group in
      group.addTask {
        do throws(AssetError) { return .success(try await work()) } catch { return .failure(error) }
      }
      group.addTask {
        try? await Task.sleep(until: deadline, clock: .continuous)
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
    if let result { return try result.get() }
    guard !Task.isCancelled else { throw AssetError(.cancelled, message: "the check was cancelled") }
    throw AssetError(
      .timedOut, message: "the asset did not arrive within \(start.duration(to: deadline).inSeconds)")
  }
}

extension TimeAmount {
  /// The same time, clamped to the range of nanoseconds.
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let whole = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let sum = whole.partialValue.addingReportingOverflow(attoseconds / 1_000_000_000)
    self = .nanoseconds(whole.overflow || sum.overflow ? (seconds < 0 ? .min : .max) : sum.partialValue)
  }
}
