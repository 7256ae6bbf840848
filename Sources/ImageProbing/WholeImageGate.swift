import Dispatch
import MediaFacts
import MediaReading

/// Lets one decoder at a time hold a whole image, in the whole process, so that their memory does not add up.
enum WholeImageGate {
  /// Images below this many pixels need not wait.
  private static let freePixels: Int64 = 4_000_000
  private static let turn = DispatchSemaphore(value: 1)

  /// Runs `body` alone among large images; waits for that as long as the budget's time lasts.
  static func pass(
    _ image: ImageFacts, _ reader: MeteredReader, _ body: () throws(ProbeStop) -> Void
  ) throws(ProbeStop) {
    guard Int64(image.width).multipliedReportingOverflow(by: Int64(image.height)).partialValue >= freePixels
    else { return try body() }
    while turn.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
      try reader.checkTime()
    }
    defer { turn.signal() }
    try body()
  }
}
