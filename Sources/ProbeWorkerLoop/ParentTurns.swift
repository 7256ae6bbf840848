import MediaFacts
import MediaReading
import ProbeChannel

/// The turns that the parent gives to all of its workers.
struct ParentTurns: WholeImageTurns {
  private let channel: Channel

  init(_ channel: Channel) { self.channel = channel }

  func take() throws(ProbeStop) {
    do throws(ChannelFailure) {
      try channel.send(Frame(.turn))
      guard try channel.receive().kind == .turn else { throw .nonsense }
    } catch {
      throw .source(ByteSourceError(.cancelled, message: "nobody waits for this worker any more"))
    }
  }

  /// Nothing: the turn ends with the answer.
  func giveBack() {}
}
