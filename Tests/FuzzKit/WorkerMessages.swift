import MediaFacts
import ProbeChannel
import ProbeWorkers

/// What a worker process says, which may have been taken over by the file that it read.
enum WorkerMessages {
  static let targets = [
    FuzzTarget("worker", longest: 16 << 10) { bytes throws(BrokenPromise) in try check(bytes) }
  ]

  /// One frame, whose length may say what it likes.
  private static func check(_ bytes: [UInt8]) throws(BrokenPromise) -> Bool {
    guard bytes.count >= Frame.headerSize,
      let header = try? Frame.header(Array(bytes.prefix(Frame.headerSize)))
    else { return false }
    try demand((0...Frame.longestPayload).contains(header.length), "a payload of \(header.length) bytes")
    let frame = Frame(header.kind, Array(bytes.dropFirst(Frame.headerSize)))
    if let order = try? ReadRequest(frame.payload) {
      try demand((0...ReadRequest.most).contains(order.count), "a read of \(order.count) bytes")
      try demand(order.payload == frame.payload, "a read that is another one")
    }
    if let picture = try? Preview(frame.payload) {
      try demand(
        (1...Preview.longestSide).contains(picture.width)
          && (1...Preview.longestSide).contains(picture.height),
        "a picture of \(picture.width)x\(picture.height)")
    }
    _ = try? frame.message(HandshakeReply.self, of: .handshakeReply)
    guard let answer = try? frame.message(WorkerResponse.self, of: .response), answer.isPlausible else {
      return header.kind != .response
    }
    if case .facts(let facts) = answer { try Judging.check(facts, bytes) }
    return true
  }
}
