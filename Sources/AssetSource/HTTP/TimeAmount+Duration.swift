import NIOCore

extension TimeAmount {
  /// The same time; what is longer than nanoseconds can count is as long as they can.
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let whole = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let sum = whole.partialValue.addingReportingOverflow(attoseconds / 1_000_000_000)
    self = .nanoseconds(whole.overflow || sum.overflow ? (seconds < 0 ? .min : .max) : sum.partialValue)
  }
}
