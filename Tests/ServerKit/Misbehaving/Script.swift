import NIOCore

/// What is done on a connection to give one answer, step by step.
struct Script: Sendable, Equatable {
  /// One step.
  enum Step: Sendable, Equatable {
    case pause(Duration)
    /// Bytes of the head or of the framing.
    case send(ByteBuffer)
    /// Bytes of the body, as fast as told.
    case body(ByteBuffer, Pace)
    /// These steps again and again, until the connection is gone.
    case forever([Step])
    /// The request counts as answered; the client has not got all of the answer yet.
    case answered
    case end(Fault.Event)
  }

  /// The steps in their order.
  var steps: [Step]
  /// The status that is sent, also if the head breaks.
  var status: Int

  /// Whether the connection is over after it.
  var isLast: Bool { if case .end = steps.last { true } else { false } }
}

extension Script {
  /// `steps` with `answered` before the last byte, or before an end that comes without one; a stall is never answered.
  ///
  /// A client that has the last byte may send its next request at once. Were the first one still counted, a client that
  /// keeps to a limit would seem to break it.
  static func marked(_ steps: [Step]) -> [Step] {
    var result = steps
    for (index, step) in steps.enumerated().reversed() {
      switch step {
      case .forever, .end(.stall): return steps
      case .pause, .answered, .end: continue
      case .send(let bytes):
        let (most, last) = split(bytes)
        result.replaceSubrange(index...index, with: [.send(most), .answered, .send(last)])
      case .body(let bytes, let pace):
        let (most, last) = split(bytes)
        result.replaceSubrange(index...index, with: [.body(most, pace), .answered, .body(last, pace)])
      }
      return result
    }
    return [.answered] + steps
  }

  private static func split(_ bytes: ByteBuffer) -> (most: ByteBuffer, last: ByteBuffer) {
    var last = bytes
    let most = last.readSlice(length: max(0, last.readableBytes - 1)) ?? ByteBuffer()
    return (most, last)
  }

  /// These steps up to the place where `count` bytes of the body are sent, then `event`.
  static func breaking(_ steps: [Step], after count: Int, _ event: Fault.Event) -> [Step] {
    var left = count
    return prefix(steps, left: &left) + [.end(event)]
  }

  private static func prefix(_ steps: [Step], left: inout Int) -> [Step] {
    var result: [Step] = []
    for step in steps {
      switch step {
      case .body(let bytes, let pace):
        // Not even the size of the next chunk follows the last byte that is wanted.
        let part = bytes.getSlice(at: bytes.readerIndex, length: min(max(0, left), bytes.readableBytes))
        if let part, part.readableBytes > 0 { result.append(.body(part, pace)) }
        left -= bytes.readableBytes
        if left <= 0 { return result }
      case .forever(let inner) where inner.contains(where: { if case .body = $0 { true } else { false } }):
        while left > 0 { result += prefix(inner, left: &left) }
        return result
      case .pause, .send, .forever, .answered, .end: result.append(step)
      }
    }
    return result
  }
}

extension Connection {
  /// Does what `script` says.
  ///
  /// - Parameters:
  ///   - sent: receives the count of bytes of the body that the system has taken.
  ///   - answered: is told when only the last byte is left to send.
  func perform(_ steps: [Script.Step], sent: (Int) -> Void, answered: () -> Void) async throws {
    for step in steps {
      switch step {
      case .pause(let duration): try await Task.sleep(for: duration)
      case .send(let bytes): try await send(bytes)
      case .body(let bytes, let pace): try await send(bytes, pace: pace, sent: sent)
      case .forever(let inner): while true { try await perform(inner, sent: sent, answered: answered) }
      case .answered: answered()
      case .end(.stall): await untilClosed()
      case .end(.close): await close()
      case .end(.cut): await cut()
      case .end(.reset): await reset()
      }
    }
  }

  private func send(_ bytes: ByteBuffer, pace: Pace, sent: (Int) -> Void) async throws {
    guard case .drip(let drop, let pause) = pace else { return try await send(bytes, sent: sent) }
    var rest = bytes
    while let next = rest.readSlice(length: min(max(1, drop), rest.readableBytes)), next.readableBytes > 0 {
      try await send(next, sent: sent)
      try await Task.sleep(for: pause)
    }
  }
}
