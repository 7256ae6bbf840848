import Dispatch
import ProbeChannel

/// The turn to hold a whole image, which one worker of this process has at a time, so that the memory of many does not
/// add up.
struct WholeImageTurn: ~Copyable {
  private static let turn = DispatchSemaphore(value: 1)

  /// Waits for the turn on behalf of `worker`, as long as that is there and `isWanted`.
  init(for worker: WorkerProcess, while isWanted: () -> Bool) throws(ChannelFailure) {
    while Self.turn.wait(timeout: .now() + .milliseconds(20)) == .timedOut {
      guard isWanted() else { throw .closed }
      // It waits, too, and so has nothing to say.
      guard !worker.channel.hasNews else {
        _ = try worker.channel.receive(by: .now.advanced(by: .seconds(1)))
        throw .nonsense
      }
    }
  }

  deinit { Self.turn.signal() }
}
