import MediaFacts
import MediaReading
import ProbeChannel
import Synchronization

/// The turn that the parent gives to one of its workers at a time; it lasts until the answer.
final class ParentTurns: WholeImageTurns {
  private let channel: Channel
  private let isTaken = Mutex(false)

  init(_ channel: Channel) { self.channel = channel }

  func take() throws(ProbeStop) {
    // An animation has many pictures.
    if isTaken.withLock({ $0 }) { return }
    do throws(ChannelFailure) {
      try channel.send(Frame(.turn))
      guard try channel.receive().kind == .turn else { throw .nonsense }
      isTaken.withLock { $0 = true }
    } catch {
      throw .source(ByteSourceError(.cancelled, message: "nobody waits for this worker any more"))
    }
  }

  /// Nothing: it lasts.
  func giveBack() {}
}
