import MediaFacts
import ProbeChannel
import Testing

/// What travels between a process and its workers, and what is refused of it.
struct FrameTests {
  @Test func headersSayKindAndLength() throws {
    let frame = Frame(.bytes, [1, 2, 3])
    #expect(frame.encoded == [5, 3, 0, 0, 0, 1, 2, 3])
    let header = try Frame.header(Array(frame.encoded.prefix(5)))
    #expect(header.kind == .bytes)
    #expect(header.length == 3)
  }

  @Test(
    arguments: [
      [], [5, 0, 0, 0], [0, 0, 0, 0, 0], [10, 0, 0, 0, 0], [255, 0, 0, 0, 0], [5, 1, 0, 64, 0],
      [8, 255, 255, 255, 255], [5, 0, 0, 0, 0, 0],
    ] as [[UInt8]])
  func otherHeadersAreNonsense(bytes: [UInt8]) {
    #expect(throws: ChannelFailure.protocolViolation) { try Frame.header(bytes) }
  }

  @Test func readsTravelAsTheyAre() throws {
    let order = ReadRequest(offset: 1 << 40, count: 4096)
    #expect(try ReadRequest(order.payload) == order)
    #expect(ReadRequest(offset: 0, count: 1 << 30).count == ReadRequest.most)
    #expect(throws: ChannelFailure.protocolViolation) { try ReadRequest([1, 2, 3]) }
    #expect(throws: ChannelFailure.protocolViolation) { try ReadRequest([UInt8](repeating: 0xFF, count: 12)) }
  }

  @Test func picturesHaveASize() throws {
    let picture = Preview(width: 144, height: 2, jpeg: [0xFF, 0xD8])
    #expect(try Preview(picture.payload) == picture)
    for payload in [[], [1, 0, 1, 0], [0, 0, 1, 0, 9], [145, 0, 1, 0, 9]] as [[UInt8]] {
      #expect(throws: ChannelFailure.protocolViolation) { try Preview(payload) }
    }
  }

  @Test func messagesAreOfTheirKind() throws {
    let frame = try Frame(.handshake, message: Handshake(isConfined: true))
    #expect(try frame.message(Handshake.self, of: .handshake) == Handshake(isConfined: true))
    #expect(throws: ChannelFailure.protocolViolation) {
      try frame.message(Handshake.self, of: .handshakeReply)
    }
    #expect(throws: ChannelFailure.protocolViolation) {
      try frame.message(WorkerRequest.self, of: .handshake)
    }
  }

  @Test func theEndIsSeenAndTimeRunsOut() throws {
    let (channel, socket) = try Channel.pair()
    let other = Channel(takingOwnershipOf: socket)
    #expect(throws: ChannelFailure.timedOut) {
      try channel.receive(by: .now.advanced(by: .milliseconds(20)))
    }
    try other.send(Frame(.bytes, [7]))
    #expect(channel.isReadable)
    #expect(try channel.receive() == Frame(.bytes, [7]))
    other.hangUp()
    #expect(throws: ChannelFailure.closed) { try channel.receive() }
    #expect(throws: ChannelFailure.closed) { try channel.send(Frame(.bytes, [7])) }
  }

  @Test func whoeverDoesNotListenIsNotWaitedForLong() throws {
    let (channel, socket) = try Channel.pair()
    let other = Channel(takingOwnershipOf: socket)
    let frame = Frame(.bytes, [UInt8](repeating: 0, count: Frame.longestPayload))
    #expect(throws: ChannelFailure.timedOut) {
      try channel.send(frame, by: .now.advanced(by: .milliseconds(20)))
    }
    withExtendedLifetime(other) {}
  }
}
