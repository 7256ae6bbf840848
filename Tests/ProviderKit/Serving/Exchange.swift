import NIOCore
import ServerKit

/// Why no more is said on a connection: a fault, or a client that went away.
struct ConnectionEnded: Error {}

/// Sends answers, right or wrong, on one connection.
struct Exchange: Sendable {
  let connection: Connection
  /// Fields of every answer, unless the answer has one of that name.
  var fields: [ProviderCall.Field] = []

  /// The most that is written at a time.
  private static let piece = 64 << 10

  /// Sends what a client gets that meets `fault`.
  ///
  /// - Throws: `ConnectionEnded` where no further request is to follow.
  func perform(_ fault: Fault?, usual: Wire.Answer?) async throws {
    if let delay = fault?.delay, delay > .zero { try await Task.sleep(for: delay) }
    switch fault?.effect {
    case nil: return try await send(FaultyAnswer(body: .usual), usual)
    case .answer(let faulty): return try await send(faulty, usual)
    case .reset(let point):
      if point == .inAnswer { try await sendHalf(usual) }
      await connection.reset()
    case .close: await connection.close()
    case .hang: await connection.untilClosed()
    }
    throw ConnectionEnded()
  }

  private func send(_ faulty: FaultyAnswer, _ usual: Wire.Answer?) async throws {
    switch faulty.body {
    case .usual: try await send(usual?.status ?? faulty.status, faulty, usual?.body ?? "")
    case .text(let text): try await send(faulty.status, faulty, text)
    case .long(let bytes):
      try await send(
        faulty.status, faulty, Self.opening, padding: bytes,
        "\"," + (usual?.body.dropFirst() ?? "\"data\":null}"))
    case .endless: try await sendWithoutEnd(faulty)
    }
  }

  private static let opening = #"{"padding":""#

  /// Sends `before`, so many bytes of padding, and `after`.
  private func send(
    _ status: Int, _ faulty: FaultyAnswer, _ before: String, padding: Int = 0, _ after: String = ""
  ) async throws {
    try await sendHead(status, head(faulty, length: before.utf8.count + padding + after.utf8.count))
    try await send(ByteBuffer(string: before), faulty.drip)
    var left = padding
    while left > 0 {
      let count = min(left, Self.piece)
      try await send(ByteBuffer(repeating: UInt8(ascii: "x"), count: count), faulty.drip)
      left -= count
    }
    try await send(ByteBuffer(string: after), faulty.drip)
  }

  private func send(_ bytes: ByteBuffer, _ drip: FaultyAnswer.Drip?) async throws {
    guard let drip else { return try await connection.send(bytes) }
    var bytes = bytes
    while let piece = bytes.readSlice(length: min(drip.bytes, bytes.readableBytes)), piece.readableBytes > 0 {
      try await Task.sleep(for: drip.pause)
      try await connection.send(piece)
    }
  }

  /// Sends the beginning of an object in chunks, for as long as the client reads.
  private func sendWithoutEnd(_ faulty: FaultyAnswer) async throws {
    try await sendHead(faulty.status, head(faulty) + [.init("Transfer-Encoding", "chunked")])
    var text = Self.opening
    while true {
      try await send(
        ByteBuffer(string: "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"), faulty.drip)
      text = String(repeating: "x", count: Self.piece)
    }
  }

  /// Sends the usual answer with only half its body.
  private func sendHalf(_ usual: Wire.Answer?) async throws {
    let body = usual?.body ?? ""
    try await sendHead(
      usual?.status ?? 200, head(FaultyAnswer(body: .usual), length: body.utf8.count))
    try await connection.send(ByteBuffer(bytes: body.utf8.prefix(body.utf8.count / 2)))
  }

  func sendHead(_ status: Int, _ fields: [ProviderCall.Field]) async throws {
    let lines = ["HTTP/1.1 \(status) Status"] + fields.map { "\($0.name): \($0.value)" }
    try await connection.send(ByteBuffer(string: lines.joined(separator: "\r\n") + "\r\n\r\n"))
  }

  private func head(_ faulty: FaultyAnswer, length: Int? = nil) -> [ProviderCall.Field] {
    var head = faulty.fields
    func complete(_ field: ProviderCall.Field) {
      let name = field.name.lowercased()
      if !head.contains(where: { $0.name.lowercased() == name }) { head.append(field) }
    }
    if let type = faulty.type { complete(.init("Content-Type", type)) }
    for field in fields { complete(field) }
    if let length { complete(.init("Content-Length", "\(length)")) }
    return head
  }
}
