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
      case .pause, .send, .forever, .end: result.append(step)
      }
    }
    return result
  }
}

extension Connection {
  /// Does what `script` says.
  ///
  /// - Parameter sent: is told of all bytes of the body that the system has taken.
  func perform(_ steps: [Script.Step], sent: (Int) -> Void) async throws {
    for step in steps {
      switch step {
      case .pause(let duration): try await Task.sleep(for: duration)
      case .send(let bytes): try await send(bytes)
      case .body(let bytes, let pace): try await send(bytes, pace: pace, sent: sent)
      case .forever(let inner): while true { try await perform(inner, sent: sent) }
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
