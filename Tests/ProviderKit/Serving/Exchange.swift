import HTTPTypes
import HummingbirdCore
import NIOCore

/// Why no more is said on a connection: a fault, or a client that went away.
struct ConnectionEnded: Error {}

/// Sends answers, right or wrong, on one connection.
struct Exchange: Sendable {
  let channel: any Channel
  /// Fields of every answer, unless the answer has one of that name.
  let fields: [ProviderCall.Field]

  /// The most that is written at a time.
  private static let piece = 64 << 10

  /// What a client gets that meets `fault`.
  ///
  /// - Throws: `ConnectionEnded` where no answer is to follow.
  func perform(_ fault: Fault?, usual: Wire.Answer?) async throws -> Response {
    if let delay = fault?.delay, delay > .zero { try await Task.sleep(for: delay) }
    switch fault?.effect {
    case nil: return response(usual)
    case .answer(let faulty): return response(faulty, usual: usual)
    case .reset(.inAnswer): return responseThatBreaks(usual)
    case .reset:
      await OpenConnections.reset(channel)
      throw ConnectionEnded()
    case .close:
      try await channel.close()
      throw ConnectionEnded()
    case .hang:
      try? await channel.closeFuture.get()
      throw ConnectionEnded()
    }
  }

  private func response(_ usual: Wire.Answer?) -> Response {
    response(FaultyAnswer(body: .usual), usual: usual)
  }

  private func response(_ faulty: FaultyAnswer, usual: Wire.Answer?) -> Response {
    switch faulty.body {
    case .usual: sent(usual?.status ?? faulty.status, faulty, usual?.body ?? "")
    case .text(let text): sent(faulty.status, faulty, text)
    case .long(let bytes):
      sent(
        faulty.status, faulty, Self.opening, padding: bytes,
        "\"," + (usual?.body.dropFirst() ?? "\"data\":null}"))
    case .endless: sent(faulty.status, faulty, Self.opening, padding: nil, "")
    }
  }

  private static let opening = #"{"padding":""#

  /// A response whose body is a text.
  private func sent(_ status: Int, _ faulty: FaultyAnswer, _ text: String) -> Response {
    let bytes = ByteBuffer(string: text)
    guard let drip = faulty.drip else {
      return Response(status: .init(code: status), headers: head(faulty), body: .init(byteBuffer: bytes))
    }
    let body = ResponseBody(contentLength: bytes.readableBytes) { writer in
      var bytes = bytes
      while let piece = bytes.readSlice(length: min(drip.bytes, bytes.readableBytes)), piece.readableBytes > 0
      {
        try await Task.sleep(for: drip.pause)
        try await writer.write(piece)
      }
      try await writer.finish(nil)
    }
    return Response(status: .init(code: status), headers: head(faulty), body: body)
  }

  /// A response whose body has `padding` bytes in its middle, or never ends.
  private func sent(
    _ status: Int, _ faulty: FaultyAnswer, _ before: String, padding: Int?, _ after: String
  ) -> Response {
    let length = padding.map { before.utf8.count + $0 + after.utf8.count }
    let body = ResponseBody(contentLength: length) { writer in
      let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: Self.piece)
      try await writer.write(ByteBuffer(string: before))
      var left = padding ?? .max
      while left > 0 {
        if let drip = faulty.drip { try await Task.sleep(for: drip.pause) }
        let count = min(left, faulty.drip?.bytes ?? Self.piece, Self.piece)
        try await writer.write(piece.getSlice(at: piece.readerIndex, length: count) ?? piece)
        if padding != nil { left -= count }
      }
      try await writer.write(ByteBuffer(string: after))
      try await writer.finish(nil)
    }
    return Response(status: .init(code: status), headers: head(faulty), body: body)
  }

  /// The usual answer, of whose body only half comes before the connection is reset.
  private func responseThatBreaks(_ usual: Wire.Answer?) -> Response {
    let bytes = ByteBuffer(string: usual?.body ?? "")
    let body = ResponseBody(contentLength: bytes.readableBytes) { writer in
      if let half = bytes.getSlice(at: bytes.readerIndex, length: bytes.readableBytes / 2) {
        try await writer.write(half)
      }
      await OpenConnections.reset(channel)
      throw ConnectionEnded()
    }
    return Response(
      status: .init(code: usual?.status ?? 200), headers: head(FaultyAnswer(body: .usual)), body: body)
  }

  private func head(_ faulty: FaultyAnswer) -> HTTPFields {
    var head = HTTPFields(faulty.fields)
    if let type = faulty.type { head[.contentType] = head[.contentType] ?? type }
    for field in HTTPFields(fields) where !head.contains(field.name) { head.append(field) }
    return head
  }
}

extension HTTPFields {
  /// The fields whose names can stand in a head.
  init(_ fields: [ProviderCall.Field]) {
    self.init()
    for field in fields {
      if let name = HTTPField.Name(field.name) { append(HTTPField(name: name, value: field.value)) }
    }
  }
}
