import Dispatch
import ProbeChannel

/// The turn to hold a whole image, which one worker of this process has at a time, so that the memory of many does not
/// add up.
struct WholeImageTurn: ~Copyable {
  private static let turn = DispatchSemaphore(value: 1)

  /// Only who waited for it has it, and gives it back in the end.
  private init() {}

  /// Waits for the turn on behalf of `worker`, as long as that is there and `isWanted`.
  static func waited(
    for worker: WorkerProcess, while isWanted: () -> Bool
  ) throws(ChannelFailure) -> WholeImageTurn {
    while turn.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
      guard isWanted() else { throw .closed }
      // It waits, too, and so has nothing to say.
      guard !worker.channel.hasNews else {
        _ = try worker.channel.receive(by: .now.advanced(by: .seconds(1)))
        throw .nonsense
      }
    }
    return WholeImageTurn()
  }

  deinit { Self.turn.signal() }
}
