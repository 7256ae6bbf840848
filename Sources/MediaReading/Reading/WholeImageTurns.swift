import Dispatch

/// Lets one decoder at a time hold a whole image, so that their memory does not add up.
package protocol WholeImageTurns: Sendable {
  /// Waits until the caller may hold one; throws if it never will.
  func take() throws(ProbeStop)
  /// Says that the caller holds none any more.
  func giveBack()
}

/// The turns of all that probe in this process.
package struct ProcessTurns: WholeImageTurns {
  private static let turn = DispatchSemaphore(value: 1)

  /// The only turns that there are.
  package init() {}

  /// Waits for those that came before, whose time is bounded.
  package func take() throws(ProbeStop) { Self.turn.wait() }

  package func giveBack() { Self.turn.signal() }
}
