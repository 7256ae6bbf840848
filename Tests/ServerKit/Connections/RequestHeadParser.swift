package import NIOCore

/// Finds the heads of requests in what a client sends.
package struct RequestHeadParser {
  /// Why bytes are not a request's head.
  package enum Failure: Error { case malformed, tooLong }

  /// The longest head in bytes.
  static let longest = 64 << 10

  /// What came after the last head that was taken.
  private(set) var rest = ByteBuffer()

  /// Adds what has arrived.
  mutating func append(_ bytes: ByteBuffer) { rest.writeImmutableBuffer(bytes) }

  /// Takes the next whole head, or `nil` where more must come first.
  mutating func next() throws(Failure) -> RequestHead? {
    let view = rest.readableBytesView
    guard let length = Self.lengthOfHead(in: view) else {
      if view.count >= Self.longest { throw .tooLong }
      return nil
    }
    guard length <= Self.longest else { throw .tooLong }
    let lines = String(decoding: view.prefix(length), as: UTF8.self)
      .split(separator: "\r\n", omittingEmptySubsequences: true)
    rest.moveReaderIndex(forwardBy: length)
    rest.discardReadBytes()
    return try Self.head(lines)
  }

  /// The bytes up to and with the empty line.
  private static func lengthOfHead(in view: ByteBufferView) -> Int? {
    let end: [UInt8] = [13, 10, 13, 10]
    var matched = 0
    for (offset, byte) in view.enumerated() {
      matched = byte == end[matched] ? matched + 1 : (byte == end[0] ? 1 : 0)
      if matched == end.count { return offset + 1 }
    }
    return nil
  }

  private static func head(_ lines: [Substring]) throws(Failure) -> RequestHead {
    guard let first = lines.first else { throw .malformed }
    let parts = first.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }), parts[2].hasPrefix("HTTP/1.") else {
      throw .malformed
    }
    var fields: [HeaderField] = []
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { throw .malformed }
      fields.append(
        HeaderField(String(line[..<colon]), trimmed(line[line.index(after: colon)...])))
    }
    return RequestHead(
      method: String(parts[0]), target: String(parts[1]), version: String(parts[2]), fields: fields)
  }

  /// Takes `count` bytes of what came after the last head; `nil` where more must come first.
  mutating func take(_ count: Int) -> ByteBuffer? { rest.readSlice(length: count) }

  private static func trimmed(_ text: Substring) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let tail = text.drop(while: isBlank)
    guard let last = tail.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(tail[...last])
  }
}

/// Reads the requests of one connection with their bodies.
package struct RequestReader {
  private var parser = RequestHeadParser()
  private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator

  /// The requests that come on `connection`.
  package init(_ connection: Connection) { inbound = connection.inbound.makeAsyncIterator() }

  /// The next head; `nil` at the end.
  package mutating func head() async throws -> RequestHead? {
    while true {
      if let head = try parser.next() { return head }
      guard try await receive() else { return nil }
    }
  }

  /// The body that `head` announces with `Content-Length`; `nil` where the connection ends before the body does.
  package mutating func body(of head: RequestHead) async throws -> ByteBuffer? {
    let length = max(0, head["Content-Length"].flatMap { Int($0) } ?? 0)
    while true {
      if let body = parser.take(length) { return body }
      guard try await receive() else { return nil }
    }
  }

  /// Returns as soon as a byte comes after the last head.
  package mutating func waitForBody() async throws {
    while parser.rest.readableBytes == 0, try await receive() {}
  }

  private mutating func receive() async throws -> Bool {
    guard let bytes = try await inbound.next(isolation: #isolation) else { return false }
    parser.append(bytes)
    return true
  }
}
